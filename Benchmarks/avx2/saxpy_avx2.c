// The work of sse2/saxpy, eight at a time: vmulps, vaddps.

#include "bench.h"
#include <immintrin.h>

enum { count = 4096 };

static float x[count + 1], y[count];

int main(int argc, char **argv)
{
    uint64_t seed = 31;
    for (int i = 0; i < count; i++) {
        x[i] = (float)benchRandomDouble(&seed);
        y[i] = (float)benchRandomDouble(&seed);
    }
    for (long unit = 400 * benchScale(argc, argv); unit > 0; unit--) {
        __m256 a = _mm256_set1_ps(unit & 1 ? 0.5f : -0.5f);
        for (int i = 0; i < count; i += 8) {
            __m256 scaled = _mm256_mul_ps(a, _mm256_loadu_ps(x + i + (unit & 1)));
            _mm256_storeu_ps(y + i, _mm256_add_ps(scaled, _mm256_loadu_ps(y + i)));
        }
        benchKeep(y);
    }
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += y[i];
    printf("%.17g\n", sum);
}
