// links: -lm
// FSIN, FCOS, FSINCOS, FPTAN, FPATAN, FYL2X, FYL2XP1, F2XM1, FSCALE, FXTRACT, FPREM, FPREM1.
// The transcendental ones are allowed an error in the last place, so they are printed to 16
// digits; the exact ones are digested.

#include "check.h"

#include <math.h>

#define ALL_ST "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)"

static uint64_t digest_extended(uint64_t digest, long double value) { return digest_bytes(digest, &value, 10); }

#define UNARY(name, text)                                                                     \
  static long double name(long double x) {                                                    \
    long double r;                                                                            \
    asm volatile("fninit\n\tfldt %1\n\t" text "\n\tfstpt %0\n\tfninit" : "=m"(r) : "m"(x) : ALL_ST); \
    return r;                                                                                 \
  }
#define BINARY(name, text)                                                                    \
  static long double name(long double y, long double x) {                                     \
    long double r;                                                                            \
    asm volatile("fninit\n\tfldt %1\n\tfldt %2\n\t" text "\n\tfstpt %0\n\tfninit" : "=m"(r) : "m"(y), "m"(x) : ALL_ST); \
    return r;                                                                                 \
  }

UNARY(x87_sin, "fsin")
UNARY(x87_cos, "fcos")
UNARY(x87_sin_of_pair, "fsincos\n\tfstp %%st(0)")
UNARY(x87_tan, "fptan\n\tfstp %%st(0)")
UNARY(x87_exp2m1, "f2xm1")
UNARY(x87_significand, "fxtract")
UNARY(x87_exponent, "fxtract\n\tfstp %%st(0)")
BINARY(x87_atan2, "fpatan")
BINARY(x87_ylog2x, "fyl2x")
BINARY(x87_ylog2xp1, "fyl2xp1")
BINARY(x87_scale, "fscale")

static uint64_t remainders(uint64_t digest, long double x, long double y) {
  long double r1, r2;
  uint16_t s1, s2;
  asm volatile("fninit\n\tfldt %3\n\tfldt %2\n\tfprem\n\tfnstsw %1\n\tfstpt %0\n\tfninit" : "=m"(r1), "=m"(s1) : "m"(x), "m"(y) : ALL_ST);
  asm volatile("fninit\n\tfldt %3\n\tfldt %2\n\tfprem1\n\tfnstsw %1\n\tfstpt %0\n\tfninit" : "=m"(r2), "=m"(s2) : "m"(x), "m"(y) : ALL_ST);
  digest = digest_extended(digest_extended(digest, r1), r2);
  return digest_u64(digest, (s1 & 0x4700) | (uint64_t)(s2 & 0x4700) << 16);
}

int main(void) {
  static const long double values[] = {0.1L, 0.5L, 0.785L, 1.0L, 1.3L, 2.0L, 3.0L, 10.0L, 100.25L, -0.3L, -2.5L};
  for (size_t i = 0; i < COUNT(values); i++) {
    long double v = values[i];
    printf("%6Lg: %.16Lg %.16Lg %.16Lg %.16Lg %.16Lg %.16Lg\n", v, x87_sin(v), x87_cos(v), x87_sin_of_pair(v), x87_tan(v),
           x87_atan2(v, 1.5L), x87_atan2(-v, -2.0L));
    if (v > 0) printf("        %.16Lg\n", x87_ylog2x(2.5L, v));
    if (fabsl(v) <= 1) printf("        %.16Lg\n", x87_exp2m1(v));
    if (fabsl(v) < 0.29L) printf("        %.16Lg\n", x87_ylog2xp1(2.5L, v));
  }
  printf("%.16Lg %.16Lg %.16Lg %.16Lg\n", sinl(1.1L), expl(1.1L), logl(1.1L), powl(1.1L, 2.2L));
  uint64_t digest = DIGEST_SEED, random = 12;
  for (int i = 0; i < 2000; i++) {
    long double x = (long double)(int64_t)random_u64(&random) / 1024, y = (long double)(int32_t)random_u64(&random) / 3 + 0.5L;
    digest = digest_extended(digest, x87_scale((long double)(i % 200 - 100) + 0.5L, x));
    digest = digest_extended(digest, x87_significand(x));
    digest = digest_extended(digest, x87_exponent(x));
    digest = remainders(digest, x, y);
  }
  report("exact functions", digest);
  printf("%Lg %Lg %Lg\n", x87_scale(-20000, 1), x87_scale(20000, 1), x87_exponent(0));
  return 0;
}
