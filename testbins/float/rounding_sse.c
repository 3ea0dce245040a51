// MXCSR: all four rounding modes, the sticky exception flags of each kind of operation, flush
// to zero and denormals-are-zero, LDMXCSR and STMXCSR, what FXSAVE keeps.

#include "check.h"

static uint32_t get_mxcsr(void) {
  uint32_t value;
  asm volatile("stmxcsr %0" : "=m"(value));
  return value;
}

static void set_mxcsr(uint32_t value) { asm volatile("ldmxcsr %0" ::"m"(value)); }

enum { MASKS = 0x1f80, FLUSH = 0x8000, DAZ = 0x0040 };

static double operate(int kind, double a, double b) {
  double r = a;
  switch (kind) {
    case 0: asm volatile("addsd %1, %0" : "+x"(r) : "x"(b)); break;
    case 1: asm volatile("subsd %1, %0" : "+x"(r) : "x"(b)); break;
    case 2: asm volatile("mulsd %1, %0" : "+x"(r) : "x"(b)); break;
    case 3: asm volatile("divsd %1, %0" : "+x"(r) : "x"(b)); break;
    case 4: asm volatile("sqrtsd %1, %0" : "=x"(r) : "x"(b)); break;
    case 5: asm volatile("maxsd %1, %0" : "+x"(r) : "x"(b)); break;
    case 6: asm volatile("minsd %1, %0" : "+x"(r) : "x"(b)); break;
    case 7: asm volatile("comisd %1, %0" ::"x"(r), "x"(b) : "cc"); break;
    case 8: asm volatile("ucomisd %1, %0" ::"x"(r), "x"(b) : "cc"); break;
    case 9: {
      float f;
      asm volatile("cvtsd2ss %1, %0" : "=x"(f) : "x"(b));
      asm volatile("cvtss2sd %1, %0" : "=x"(r) : "x"(f));
      break;
    }
    case 10: {
      int64_t i;
      asm volatile("cvtsd2siq %1, %0" : "=r"(i) : "x"(b));
      r = (double)(i >> 20);
      break;
    }
    case 11: {
      int32_t i;
      asm volatile("cvttsd2si %1, %0" : "=r"(i) : "x"(b));
      r = (double)i;
      break;
    }
    case 12: asm volatile("cmpltsd %1, %0" : "+x"(r) : "x"(b)); break;
    case 13: asm volatile("cmpeqsd %1, %0" : "+x"(r) : "x"(b)); break;
    default: asm volatile("cvtsi2sdq %1, %0" : "=x"(r) : "r"((int64_t)b)); break;
  }
  return r;
}

static const char *const names[] = {"add", "sub", "mul", "div", "sqrt", "max", "min", "comi", "ucomi",
                                    "to float", "to int64", "truncate", "cmplt", "cmpeq"};

int main(void) {
  static const uint64_t bits[] = {0, 0x8000000000000000, 1, 0x000fffffffffffff, 0x0010000000000000, 0x3ff0000000000000,
                                  0x3fd5555555555555, 0x4059000000000000, 0xc00c000000000000, 0x7fe0000000000000,
                                  0x7fefffffffffffff, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000007,
                                  0x7ff0000000000003, 0x3810000000000001, 0x3690000000000000, 0x47f0000000000000,
                                  0x41dfffffffe00000, 0x43dfffffffffffff, 0xbff0000000000000};
  static const uint32_t controls[] = {MASKS, MASKS | 0x2000, MASKS | 0x4000, MASKS | 0x6000,
                                      MASKS | FLUSH, MASKS | DAZ, MASKS | FLUSH | DAZ | 0x6000};
  for (size_t c = 0; c < COUNT(controls); c++)
    for (int kind = 0; kind < 14; kind++) {
      uint64_t digest = DIGEST_SEED;
      for (size_t i = 0; i < COUNT(bits); i++)
        for (size_t j = 0; j < COUNT(bits); j++) {
          double a, b;
          memcpy(&a, &bits[i], 8);
          memcpy(&b, &bits[j], 8);
          set_mxcsr(controls[c]);
          double r = operate(kind, a, b);
          uint32_t after = get_mxcsr();
          set_mxcsr(MASKS);
          digest = digest_u64(digest_double(digest, r), after);
        }
      char label[40];
      snprintf(label, sizeof label, "mxcsr %04x %s", controls[c], names[kind]);
      report(label, digest);
    }
  // Flags are sticky: a later exact operation does not clear them.
  set_mxcsr(MASKS);
  operate(3, 1, 3);
  operate(0, 1, 1);
  printf("after inexact, then exact: %04x\n", get_mxcsr());
  operate(3, 1, 0);
  printf("and a division by zero: %04x\n", get_mxcsr());
  set_mxcsr(MASKS);
  return 0;
}
