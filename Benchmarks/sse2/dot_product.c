// Dot product of doubles with two accumulators: mulpd, addpd, unpckhpd.

#include <emmintrin.h>
#include "dot_product.h"

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
