// links: -lm
// Library functions to 13 significant digits: the last bits may differ between a C library's
// code paths for processors with and without FMA.

#include "check.h"

#include <math.h>

#define SHOW(f) printf("%-10s %.13g %.13g %.13g\n", #f, f(0.3), f(0.7390851332), f(1.25 - 0.5))
#define SHOW_BIG(f) printf("%-10s %.13g %.13g %.13g\n", #f, f(3.7), f(12.625), f(100.125))

int main(void) {
  SHOW(sin), SHOW(cos), SHOW(tan), SHOW(asin), SHOW(acos), SHOW(atan), SHOW(sinh), SHOW(cosh), SHOW(tanh);
  SHOW(exp), SHOW(exp2), SHOW(expm1), SHOW(log), SHOW(log2), SHOW(log10), SHOW(log1p), SHOW(cbrt), SHOW(sqrt);
  SHOW(erf), SHOW(erfc), SHOW(tgamma), SHOW(lgamma), SHOW(asinh), SHOW(atanh);
  SHOW_BIG(sin), SHOW_BIG(cos), SHOW_BIG(exp), SHOW_BIG(log), SHOW_BIG(acosh), SHOW_BIG(j0), SHOW_BIG(y1);
  printf("pow %.13g %.13g %.13g\n", pow(2.5, 3.7), pow(0.01, -2.2), pow(-3, 5));
  printf("fmod %.17g remainder %.17g hypot %.13g atan2 %.13g\n", fmod(100.7, 3.1), remainder(100.7, 3.1), hypot(3, 4.5), atan2(-1, -2));
  int exponent, quotient;
  double fraction = frexp(1234.5678, &exponent), whole, part = modf(-7.625, &whole);
  printf("frexp %.17g %d ldexp %g modf %g %g logb %g ilogb %d scalbn %g\n", fraction, exponent, ldexp(0.7, 10), whole, part,
         logb(1e10), ilogb(1e-10), scalbn(3, -5));
  printf("remquo %.17g", remquo(29, 3, &quotient));
  printf(" %d nextafter %a %a copysign %g fdim %g fmax %g fmin %g\n", quotient & 7, nextafter(1, 2), nextafter(0, -1),
         copysign(3, -0.0), fdim(5, 3), fmax(NAN, 2), fmin(NAN, 2));
  printf("fma %.17g\n", fma(1e16, 1 + 0x1p-52, -1e16));
  printf("sinf %.6g expf %.6g powf %.6g sqrtf %.6g\n", (double)sinf(1.1f), (double)expf(1.1f), (double)powf(1.1f, 2.2f), (double)sqrtf(2));
  printf("class %d %d %d %d %d\n", fpclassify(1e-310) == FP_SUBNORMAL, isinf(HUGE_VAL) != 0, isnan(NAN) != 0, signbit(-0.0) != 0,
         isnormal(1e-300) != 0);
  return 0;
}
