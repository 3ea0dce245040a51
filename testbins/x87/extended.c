// links: -lm
// long double: 64-bit mantissas in arithmetic, printing and parsing.

#include "check.h"

#include <float.h>
#include <math.h>

static uint64_t digest_extended(uint64_t digest, long double value) { return digest_bytes(digest, &value, 10); }

int main(void) {
  volatile long double third = 1.0L / 3, sum = 0;
  printf("%.20Lf %.25Lg %La\n", third, third, third);
  printf("%.18Lg %.18Lg %.18Lg\n", LDBL_MAX, LDBL_MIN, LDBL_EPSILON);
  printf("%Lg %Lg %Lg\n", LDBL_MAX * 2, -LDBL_MAX * 2, 0 * (LDBL_MAX * 2));
  for (int i = 1; i <= 50; i++) sum += 1.0L / i;
  printf("%.19Lg\n", sum);
  printf("%.19Lg\n", strtold("3.14159265358979323846264338327950288", NULL));
  printf("%d\n", (long double)0x1p63 + 1 != (long double)0x1p63);  // 64 bits hold 2^63 + 1
  printf("%lld %llu\n", (long long)(third * 9e18L), (unsigned long long)18446744073709551615.0L);
  uint64_t random = 9, digest = DIGEST_SEED;
  for (int i = 0; i < 5000; i++) {
    long double a = (long double)random_u64(&random) / 3, b = (long double)(int64_t)random_u64(&random) / 7 + 1;
    digest = digest_extended(digest, a + b);
    digest = digest_extended(digest, a - b);
    digest = digest_extended(digest, a * b);
    digest = digest_extended(digest, a / b);
    digest = digest_extended(digest, sqrtl(a));
    digest = digest_extended(digest, a < b ? -a : fabsl(b));
    digest = digest_double(digest, (double)(a * b));
    float f = (float)(a / b);
    digest = digest_bytes(digest, &f, 4);
    digest = digest_u64(digest, (uint64_t)(int64_t)(b / 2) + (uint64_t)(int32_t)(b / 1e10L) + (uint64_t)(int16_t)(b / 1e15L));
    char text[64];
    snprintf(text, sizeof text, "%.21Lg", a / b);
    long double back = strtold(text, NULL), quotient = a / b;
    CHECK(memcmp(&back, &quotient, 10) == 0);
    digest = digest_bytes(digest, text, strlen(text));
  }
  report("extended arithmetic", digest);
  printf("%.19Lg %.19Lg %.19Lg %.19Lg\n", floorl(-2.5L), ceill(2.5L), truncl(-2.5L), rintl(2.5L));
  printf("%.19Lg %.19Lg %.19Lg\n", fmodl(1e18L + 0.5L, 7), remainderl(10, 4), ldexpl(1.25L, 100));
  return 0;
}
