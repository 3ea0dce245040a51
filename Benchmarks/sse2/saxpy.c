// y = a x + y in single precision, four at a time: mulps, addps, unaligned loads.

#include <emmintrin.h>
#include "saxpy.h"

static inline void addScaled(float factor, const float *from)
{
    __m128 a = _mm_set1_ps(factor);
    for (int i = 0; i < count; i += 4) {
        __m128 scaled = _mm_mul_ps(a, _mm_loadu_ps(from + i));
        _mm_storeu_ps(y + i, _mm_add_ps(scaled, _mm_loadu_ps(y + i)));
    }
}
