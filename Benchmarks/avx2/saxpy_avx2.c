// The work of sse2/saxpy, eight at a time: vmulps, vaddps.

#include <immintrin.h>
#include "saxpy.h"

static inline void addScaled(float factor, const float *from)
{
    __m256 a = _mm256_set1_ps(factor);
    for (int i = 0; i < count; i += 8) {
        __m256 scaled = _mm256_mul_ps(a, _mm256_loadu_ps(from + i));
        _mm256_storeu_ps(y + i, _mm256_add_ps(scaled, _mm256_loadu_ps(y + i)));
    }
}
