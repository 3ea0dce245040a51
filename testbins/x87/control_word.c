// The x87 control word: precision control, rounding control, sticky status flags, condition
// codes of FCOM, FUCOM, FTST, FXAM, the FCOMI family, the stack top and the tag word.

#include "check.h"

static void set_control(uint16_t value) { asm volatile("fldcw %0" ::"m"(value)); }

static uint16_t status(void) {
  uint16_t value;
  asm volatile("fnstsw %0" : "=a"(value));
  return value;
}

static const uint16_t controls[] = {0x37f, 0x27f, 0x07f, 0x77f, 0xb7f, 0xf7f, 0x67f, 0xe7f};

static const struct { uint64_t mantissa; uint16_t exponent; } patterns[] = {
    {0, 0}, {0, 0x8000}, {1ull << 63, 0x3fff}, {1ull << 63, 0xbfff}, {0xaaaaaaaaaaaaaaab, 0x3ffd}, {~0ull, 0x7ffe},
    {1ull << 63, 0x7fff}, {1ull << 63, 0xffff}, {0xc000000000000000, 0x7fff}, {0xc000000000001234, 0xffff},
    {0xa000000000000001, 0x7fff}, {1, 0}, {1ull << 63, 1}, {0x8000000000000001, 0x403e}, {0xc000000000000000, 0x3ffe},
    {0xfffffffffffff800, 0x43fe}, {0xffffff0000000000, 0x407e}, {0x8000000000000400, 0x3fff}};

static long double value_at(size_t i) {
  long double v = 0;
  memcpy(&v, &patterns[i].mantissa, 8);
  memcpy((char *)&v + 8, &patterns[i].exponent, 2);
  return v;
}

#define OPERATION(text, label)                                                                \
  for (size_t c = 0; c < COUNT(controls); c++) {                                              \
    uint64_t digest = DIGEST_SEED;                                                            \
    for (size_t i = 0; i < COUNT(patterns); i++)                                              \
      for (size_t j = 0; j < COUNT(patterns); j++) {                                          \
        long double a = value_at(i), b = value_at(j), r = 0;                                  \
        uint16_t sw, control = controls[c];                                                   \
        asm volatile("fninit\n\tfldcw %[control]\n\tfldt %[b]\n\tfldt %[a]\n\tfnclex\n\t" text \
                     "\n\tfnstsw %[sw]\n\tfstpt %[r]\n\tfninit"                               \
                     : [r] "=m"(r), [sw] "=m"(sw)                                             \
                     : [a] "m"(a), [b] "m"(b), [control] "m"(control)                         \
                     : "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)");  \
        digest = digest_bytes(digest, &r, 10);                                                \
        digest = digest_u64(digest, sw & 0x3a3f);  /* C1 and stack fault left out */          \
      }                                                                                       \
    char text_label[48];                                                                      \
    snprintf(text_label, sizeof text_label, "%03x %s", controls[c], label);                   \
    report(text_label, digest);                                                               \
  }

// Comparisons: the condition codes C0, C2, C3 and the invalid flag.
#define COMPARISON(text, label, mask)                                                         \
  do {                                                                                        \
    uint64_t digest = DIGEST_SEED;                                                            \
    for (size_t i = 0; i < COUNT(patterns); i++)                                              \
      for (size_t j = 0; j < COUNT(patterns); j++) {                                          \
        long double a = value_at(i), b = value_at(j);                                         \
        uint16_t sw;                                                                          \
        asm volatile("fninit\n\tfldt %[b]\n\tfldt %[a]\n\tfnclex\n\t" text "\n\tfnstsw %[sw]\n\tfninit" \
                     : [sw] "=m"(sw)                                                          \
                     : [a] "m"(a), [b] "m"(b)                                                 \
                     : "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)");  \
        digest = digest_u64(digest, sw & (mask));                                             \
      }                                                                                       \
    report(label, digest);                                                                    \
  } while (0)

#define FLAG_COMPARISON(text)                                                                 \
  do {                                                                                        \
    uint64_t digest = DIGEST_SEED;                                                            \
    for (size_t i = 0; i < COUNT(patterns); i++)                                              \
      for (size_t j = 0; j < COUNT(patterns); j++) {                                          \
        long double a = value_at(i), b = value_at(j);                                         \
        uint8_t zero, parity, carry;                                                          \
        uint16_t sw;                                                                          \
        asm volatile("fninit\n\tfldt %[b]\n\tfldt %[a]\n\tfnclex\n\t" text                    \
                     "\n\tsetz %[z]\n\tsetp %[p]\n\tsetc %[c]\n\tfnstsw %[sw]\n\tfninit"      \
                     : [z] "=&q"(zero), [p] "=&q"(parity), [c] "=&q"(carry), [sw] "=m"(sw)    \
                     : [a] "m"(a), [b] "m"(b)                                                 \
                     : "cc", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)"); \
        digest = digest_u64(digest, zero | parity << 1 | carry << 2 | (uint64_t)(sw & 0x3f) << 8); \
      }                                                                                       \
    report(text, digest);                                                                     \
  } while (0)

int main(void) {
  OPERATION("fadd %%st(1), %%st", "fadd")
  OPERATION("fsub %%st(1), %%st", "fsub")
  OPERATION("fsubr %%st(1), %%st", "fsubr")
  OPERATION("fmul %%st(1), %%st", "fmul")
  OPERATION("fdiv %%st(1), %%st", "fdiv")
  OPERATION("fdivr %%st(1), %%st", "fdivr")
  OPERATION("fsqrt", "fsqrt")
  OPERATION("frndint", "frndint")
  OPERATION("fchs", "fchs")
  OPERATION("fabs", "fabs")
  enum { CODES = 0x4500 | 0x3f, ALL_CODES = 0x4700 | 0x3f };
  COMPARISON("fcom %%st(1)", "fcom", CODES);
  COMPARISON("fucom %%st(1)", "fucom", CODES);
  COMPARISON("fcompp", "fcompp", CODES | 0x3800);
  COMPARISON("ftst", "ftst", CODES);
  COMPARISON("fxam", "fxam", ALL_CODES);
  FLAG_COMPARISON("fcomi %%st(1), %%st");
  FLAG_COMPARISON("fucomi %%st(1), %%st");
  FLAG_COMPARISON("fcomip %%st(1), %%st");
  set_control(0x37f);
  printf("status after all %04x\n", status());
  return 0;
}
