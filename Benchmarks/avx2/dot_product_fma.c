// The work of sse2/dot_product with fused multiplication and addition: vfmadd231pd.

#include <immintrin.h>
#include "dot_product.h"

static double dot(void)
{
    __m256d first = _mm256_setzero_pd(), second = _mm256_setzero_pd();
    for (int i = 0; i < count; i += 8) {
        first = _mm256_fmadd_pd(_mm256_load_pd(a + i), _mm256_load_pd(b + i), first);
        second = _mm256_fmadd_pd(_mm256_load_pd(a + i + 4), _mm256_load_pd(b + i + 4), second);
    }
    first = _mm256_add_pd(first, second);
    __m128d half = _mm_add_pd(_mm256_castpd256_pd128(first), _mm256_extractf128_pd(first, 1));
    return _mm_cvtsd_f64(_mm_add_sd(half, _mm_unpackhi_pd(half, half)));
}
