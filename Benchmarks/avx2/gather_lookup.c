// Table lookups of eight indices at a time: vpgatherdd, vpermd, vpsrlvd.

#include "bench.h"
#include <immintrin.h>

enum { entries = 4096, count = 4096 };

static uint32_t table[entries], indices[count] __attribute__((aligned(32)));

int main(int argc, char **argv)
{
    uint64_t seed = 52;
    for (int i = 0; i < entries; i++)
        table[i] = (uint32_t)benchRandom(&seed);
    for (int i = 0; i < count; i++)
        indices[i] = (uint32_t)(benchRandom(&seed) % entries);
    __m256i sum = _mm256_setzero_si256();
    const __m256i turn = _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 0), shifts = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    for (long unit = 50 * benchScale(argc, argv); unit > 0; unit--)
        for (int i = 0; i < count; i += 8) {
            __m256i at = _mm256_load_si256((const __m256i *)(indices + i));
            __m256i found = _mm256_i32gather_epi32((const int *)table, at, 4);
            sum = _mm256_add_epi32(_mm256_permutevar8x32_epi32(sum, turn), _mm256_srlv_epi32(found, shifts));
        }
    uint32_t lanes[8];
    _mm256_storeu_si256((__m256i *)lanes, sum);
    uint64_t total = 0;
    for (int i = 0; i < 8; i++)
        total = benchMix(total, lanes[i]);
    benchReport(total);
}
