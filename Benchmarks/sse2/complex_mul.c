// Product of complex numbers in double precision, interleaved: shufpd, unpcklpd, xorpd, addpd.

#include "bench.h"
#include <emmintrin.h>

enum { count = 2048 };

static double a[2 * count] __attribute__((aligned(16)));
static double b[2 * count] __attribute__((aligned(16)));

int main(int argc, char **argv)
{
    uint64_t seed = 36;
    for (int i = 0; i < count; i++) {
        a[2 * i] = benchRandomDouble(&seed) - 0.5;
        a[2 * i + 1] = benchRandomDouble(&seed) - 0.5;
        // Nearly unit length, so that thousands of products neither vanish nor overflow.
        double t = benchRandomDouble(&seed);
        b[2 * i] = (1 - t * t) / (1 + t * t);
        b[2 * i + 1] = 2 * t / (1 + t * t);
    }
    const __m128d negateLow = _mm_set_pd(0.0, -0.0);
    for (long unit = 200 * benchScale(argc, argv); unit > 0; unit--) {
        for (int i = 0; i < 2 * count; i += 2) {
            __m128d x = _mm_load_pd(a + i), y = _mm_load_pd(b + i);
            __m128d real = _mm_unpacklo_pd(y, y), imaginary = _mm_unpackhi_pd(y, y);
            __m128d swapped = _mm_xor_pd(_mm_shuffle_pd(x, x, 1), negateLow);
            _mm_store_pd(a + i, _mm_add_pd(_mm_mul_pd(x, real), _mm_mul_pd(swapped, imaginary)));
        }
        benchKeep(a);
    }
    double re = 0, im = 0;
    for (int i = 0; i < count; i++) {
        re += a[2 * i];
        im += a[2 * i + 1];
    }
    printf("%.17g %.17g\n", re, im);
}
