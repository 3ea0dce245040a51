// links: -lm
// The C floating-point environment: fesetround over both units, fetestexcept, feholdexcept,
// rint, nearbyint, lrint, llround under every mode.

#include "check.h"

#include <fenv.h>
#include <math.h>

static const int modes[] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
static const char *const mode_names[] = {"nearest", "down", "up", "zero"};

static unsigned flags(void) {
  int raised = fetestexcept(FE_ALL_EXCEPT);
  static const int kinds[] = {FE_INVALID, FE_DIVBYZERO, FE_OVERFLOW, FE_UNDERFLOW, FE_INEXACT};
  unsigned result = 0;
  for (unsigned i = 0; i < COUNT(kinds); i++)
    if (raised & kinds[i]) result |= 1u << i;
  return result;
}

int main(void) {
  static const double values[] = {0.5, 1.5, 2.5, -0.5, -1.5, 2.4999999999999996, 1e15 + 0.5, 123456.75, -7.25, 1e300, -0.0};
  for (size_t m = 0; m < COUNT(modes); m++) {
    CHECK(fesetround(modes[m]) == 0 && fegetround() == modes[m]);
    printf("%s:", mode_names[m]);
    for (size_t i = 0; i < COUNT(values); i++) {
      volatile double v = values[i];
      printf(" %g/%g", rint(v), nearbyint(v));
      if (fabs(v) < 1e18) printf("/%ld", lrint(v));
    }
    volatile double third = 1.0, three = 3.0, tenth = 0.1;
    volatile float thirdf = 1.0f, threef = 3.0f;
    volatile long double thirdl = 1.0L, threel = 3.0L;
    printf("\n %a %a %La %a\n", third / three, (double)(thirdf / threef), thirdl / threel, tenth * three);
    printf(" %.17g %.17g\n", -third / three, tenth + 0.2);
    fesetround(FE_TONEAREST);
  }
  volatile double one = 1, zero = 0, huge = 1e308, tiny = 1e-308, sink;
  feclearexcept(FE_ALL_EXCEPT), sink = one / zero, printf("1/0 raises %u\n", flags());
  feclearexcept(FE_ALL_EXCEPT), sink = zero / zero, printf("0/0 raises %u\n", flags());
  feclearexcept(FE_ALL_EXCEPT), sink = huge * 10, printf("overflow raises %u\n", flags());
  feclearexcept(FE_ALL_EXCEPT), sink = tiny / 1e10, printf("underflow raises %u\n", flags());
  feclearexcept(FE_ALL_EXCEPT), sink = one / 3, printf("1/3 raises %u\n", flags());
  feclearexcept(FE_ALL_EXCEPT), sink = sqrt(-one), printf("sqrt(-1) raises %u\n", flags());
  feclearexcept(FE_ALL_EXCEPT), sink = (double)(int)(huge > 0 ? 3.5 * one : 0), printf("(int)3.5 raises %u\n", flags());
  (void)sink;
  fenv_t saved;
  feclearexcept(FE_ALL_EXCEPT);
  CHECK(feraiseexcept(FE_INEXACT) == 0);
  CHECK(feholdexcept(&saved) == 0 && flags() == 0);
  sink = one / zero;
  CHECK(feupdateenv(&saved) == 0);
  printf("after feupdateenv %u\n", flags());
  printf("%ld %lld %ld %g %g %g\n", lround(2.5), llround(-2.5), lround(0.49999999999999994), trunc(-2.7), floor(-2.1), ceil(2.1));
  return 0;
}
