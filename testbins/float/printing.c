// printf and strtod: round trips of random doubles, formats, halves, denormals, extremes.

#include "check.h"

#include <float.h>

int main(void) {
  uint64_t random = 2024, digest = DIGEST_SEED;
  char text[400];
  for (int i = 0; i < 4000; i++) {
    uint64_t bits = random_u64(&random);
    if ((bits >> 52 & 0x7ff) == 0x7ff) continue;
    double d, back;
    memcpy(&d, &bits, 8);
    snprintf(text, sizeof text, "%.17g", d);
    back = strtod(text, NULL);
    CHECK(memcmp(&d, &back, 8) == 0);
    digest = digest_bytes(digest, text, strlen(text));
    snprintf(text, sizeof text, "%a", d);
    back = strtod(text, NULL);
    CHECK(memcmp(&d, &back, 8) == 0);
    float f = (float)((double)(int64_t)bits / 1e9);
    snprintf(text, sizeof text, "%.9g", (double)f);
    CHECK(strtof(text, NULL) == f);
    digest = digest_bytes(digest, text, strlen(text));
  }
  report("round trips", digest);
  static const double values[] = {0.0, -0.0, 1.0, 0.1, 123456789.125, 1e100, 1e-100, 5e-324, DBL_MAX, DBL_MIN, 0.5, 1.5, 2.5,
                                  999999.5, 0.000123456, 1.0 / 3.0};
  for (size_t i = 0; i < COUNT(values); i++)
    printf("%f|%.0f|%e|%.3E|%g|%G|%10.2f|%-12.4g|%+.1f|%#.0f|%012.3f\n", values[i], values[i], values[i], values[i], values[i],
           values[i], values[i], values[i], values[i], values[i], values[i]);
  printf("%f %F %e %g\n", 1e308 * 10, -1e308 * 10, 0.0 / 1, -(1e308 * 10));
  printf("%s\n", strtod("1e400", NULL) > DBL_MAX ? "overflows" : "?");
  printf("%g %g %g %g\n", strtod("0x1.8p3", NULL), strtod("  -12.5e-3xyz", NULL), strtod("1e-400", NULL), strtod("2.2250738585072011e-308", NULL));
  return 0;
}
