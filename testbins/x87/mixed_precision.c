// flags: -mfpmath=387 -fexcess-precision=fast -mno-red-zone
// Whole programs compiled for the x87: double and float arithmetic passes through 80-bit
// registers, with spills, comparisons and integer conversions as compilers emit them.

#include "check.h"

static double polynomial(double x) {
  static const double c[] = {1.5, -2.25, 3.125, -4.0625, 5.5, -6.75, 7.875, 0.1};
  double r = 0;
  for (size_t i = 0; i < COUNT(c); i++) r = r * x + c[i];
  return r;
}

static float average(const float *v, int n) {
  float sum = 0;
  for (int i = 0; i < n; i++) sum += v[i];
  return sum / (float)n;
}

static double newton(double v) {
  double x = v > 1 ? v : 1;
  for (int i = 0; i < 60; i++) x = 0.5 * (x + v / x);
  return x;
}

int main(void) {
  uint64_t digest = DIGEST_SEED, random = 21;
  for (int i = 0; i < 2000; i++) {
    volatile double d = (double)(int64_t)random_u64(&random) / 0x1p60;
    double r[] = {polynomial(d), newton(d * d), (double)(int)(d * 1000), (double)(unsigned)(d * d * 1000), (double)(int64_t)(d * 1e9)};
    digest = digest_bytes(digest, r, sizeof r);
    digest = digest_u64(digest, (uint64_t)(d < 0.5) | (uint64_t)(d >= -0.5) << 1 | (uint64_t)(d == 0) << 2);
  }
  report("doubles", digest);
  float v[64];
  for (int i = 0; i < 64; i++) v[i] = (float)(random_u64(&random) >> 40) / 3;
  printf("%.9g\n", (double)average(v, 64));
  volatile double x = 0.1, y = 0.2;
  printf("%.17g %.17g\n", (double)(x + y), newton(2));
  return 0;
}
