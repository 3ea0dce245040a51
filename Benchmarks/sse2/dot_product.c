// Dot product of doubles with two accumulators: mulpd, addpd, unpckhpd.

#include "bench.h"
#include <emmintrin.h>

enum { count = 2048 };

static double a[count] __attribute__((aligned(16)));
static double b[count] __attribute__((aligned(16)));

static double dot(void)
{
    __m128d first = _mm_setzero_pd(), second = _mm_setzero_pd();
    for (int i = 0; i < count; i += 4) {
        first = _mm_add_pd(first, _mm_mul_pd(_mm_load_pd(a + i), _mm_load_pd(b + i)));
        second = _mm_add_pd(second, _mm_mul_pd(_mm_load_pd(a + i + 2), _mm_load_pd(b + i + 2)));
    }
    first = _mm_add_pd(first, second);
    return _mm_cvtsd_f64(_mm_add_sd(first, _mm_unpackhi_pd(first, first)));
}

int main(int argc, char **argv)
{
    uint64_t seed = 34;
    for (int i = 0; i < count; i++) {
        a[i] = benchRandomDouble(&seed) - 0.5;
        b[i] = benchRandomDouble(&seed) - 0.5;
    }
    double sum = 0;
    for (long unit = 500 * benchScale(argc, argv); unit > 0; unit--) {
        a[unit % count] += 0.001;
        sum += dot();
    }
    printf("%.17g\n", sum);
}
