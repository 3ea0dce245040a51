// Unmasked floating-point exceptions of SSE, AVX, FMA and the x87: signal code, trap number, where, and what MXCSR or
// the x87 status word say in the handler; the destination is unchanged. Several exceptions at once show which counts.
// variants: O2 pie

#define _GNU_SOURCE
#include "check.h"

#include <setjmp.h>
#include <signal.h>
#include <ucontext.h>
#include <xmmintrin.h>


static sigjmp_buf back;

static const char *name_of(int code) {
  static const char *const names[] = {"?",         "FPE_INTDIV", "FPE_INTOVF", "FPE_FLTDIV", "FPE_FLTOVF",
                                      "FPE_FLTUND", "FPE_FLTRES", "FPE_FLTINV", "FPE_FLTSUB"};
  return code > 0 && code < (int)COUNT(names) ? names[code] : "another";
}

static void on_exception(int number, siginfo_t *info, void *context) {
  const ucontext_t *user = context;
  const char *rip = (const char *)user->uc_mcontext.gregs[REG_RIP];
  const struct _libc_fpstate *state = user->uc_mcontext.fpregs;
  printf("%d %s trap %lld", number, name_of(info->si_code), user->uc_mcontext.gregs[REG_TRAPNO]);
  if (user->uc_mcontext.gregs[REG_TRAPNO] == 19) printf(" mxcsr %04x", state->mxcsr);
  else printf(" status %04x control %04x tags %02x", state->swd, state->cwd, state->ftw & 0xff);
  printf(" at it %d\n", info->si_addr == (void *)rip);
  siglongjmp(back, 1);
}

// One lane each of dividend and divisor: singles, so that four exceptions fit into one instruction.
static const float values[][2] = {{1, 3},          {0, 0},           {1, 0},        {1e38f, 1e-10f}, {1e-38f, 1e10f},
                                  {1e-40f, 3},     {4, 2},           {-1, 0},       {1e-40f, 0x1p-126f}, {6, 1e-44f},
                                  {__builtin_inff(), __builtin_inff()}, {3e38f, 0.3f}};

static void sse(void) {
  static uint64_t random = 5;
  for (volatile int round = 0; round < 200; round++) {
    float a[4] __attribute__((aligned(16))), b[4] __attribute__((aligned(16)));
    for (int lane = 0; lane < 4; lane++) {
      const uint64_t choice = random_u64(&random) >> 20;
      const float *pair = values[choice & 1 ? 6 : (choice >> 8) % COUNT(values)];
      a[lane] = pair[0];
      b[lane] = pair[1];
    }
    static uint32_t control;
    control = (uint32_t)(0x1f80 & (random_u64(&random) >> 24)) | (uint32_t)(random_u64(&random) >> 30 & 0x6000);
    if (round & 16) control |= 0x8000;
    if (round & 32) control |= 0x40;
    static int kind;
    kind = round % 4;
    printf("sse %d %04x ", kind, control);
    if (sigsetjmp(back, 1) == 0) {
      __m128 left = _mm_load_ps(a), right = _mm_load_ps(b);
      _mm_setcsr(control);
      if (kind == 0) asm volatile("divps %1, %0" : "+x"(left) : "x"(right));
      else if (kind == 1) asm volatile("mulps %1, %0" : "+x"(left) : "x"(right));
      else if (kind == 2) asm volatile("divss %1, %0" : "+x"(left) : "x"(right));
      else asm volatile("cvtps2pd %1, %0\n\tsqrtpd %0, %0" : "+x"(left) : "x"(right));
      const unsigned flags = _mm_getcsr();
      _mm_setcsr(0x1f80);
      uint32_t bits[4];
      memcpy(bits, &left, 16);
      printf("goes on %04x %08x %08x %08x %08x\n", flags, bits[0], bits[1], bits[2], bits[3]);
    }
    _mm_setcsr(0x1f80);
  }
}

#define X87(what, control, text, ...)                                                                     \
  do {                                                                                                    \
    unsigned short word = control;                                                                        \
    printf("%s %04x: ", what, word);                                                                      \
    asm volatile("fninit\n\tfldcw %0" ::"m"(word));                                                       \
    if (sigsetjmp(back, 1) == 0) {                                                                        \
      asm volatile(text "\n\tfwait" ::__VA_ARGS__ : "memory");                                            \
      unsigned short status;                                                                              \
      asm volatile("fnstsw %0" : "=am"(status));                                                          \
      printf("goes on, status %04x\n", status);                                                           \
    }                                                                                                     \
    asm volatile("fninit");                                                                               \
  } while (0)

static void x87(void) {
  static const double huge = 1e308, tiny = 1e-308, three = 3, zero = 0, minus = -1;
  static const uint64_t denormal = 5, signalling = 0x7ff0000000000001;
  static float single;
  static short integer;
  static unsigned char packed[10] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  for (volatile int bit = 0; bit <= 6; bit++) {
    // One exception unmasked; at last all.
    const unsigned short control = bit == 6 ? 0x340 : (unsigned short)(0x37f & ~(1 << bit));
    X87("zero by zero", control, "fldz\n\tfldz\n\tfdivp", "m"(zero));
    X87("divide by zero", control, "fld1\n\tfdivl %0", "m"(zero));
    X87("inexact", control, "fld1\n\tfdivl %0", "m"(three));
    X87("overflow", control, "fldl %0\n\tfsts %1", "m"(huge), "m"(single));
    X87("underflow", control, "fldl %0\n\tfsts %1", "m"(tiny), "m"(single));
    X87("denormal", control, "fldl %0", "m"(denormal));
    X87("signalling", control, "fldl %0", "m"(signalling));
    X87("square root", control, "fldl %0\n\tfsqrt", "m"(minus));
    X87("too large", control, "fldl %0\n\tfistps %1", "m"(huge), "m"(integer));
    X87("empty stack", control, "fadd %%st(1), %%st", "m"(zero));
    X87("store of nothing", control, "fstps %0", "m"(single));
    X87("full stack", control, "fld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1\n\tfld1", "m"(zero));
    X87("log of minus", control, "fld1\n\tfldl %0\n\tfyl2x", "m"(minus));
    X87("bcd of huge", control, "fldl %0\n\tfbstp %1", "m"(huge), "m"(packed));
    X87("compare", control, "fldl %0\n\tfld1\n\tfucomi %%st(1)\n\tfcomi %%st(1)", "m"(signalling));
    X87("exact", control, "fld1\n\tfld1\n\tfaddp", "m"(zero));
  }
}

int main(void) {
  struct sigaction action = {.sa_sigaction = on_exception, .sa_flags = SA_SIGINFO};
  sigaction(SIGFPE, &action, NULL);
  sse();
  x87();
  return 0;
}
