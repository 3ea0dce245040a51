// Carry-less products as GHASH and fast CRCs use them: pclmulqdq, palignr, pshufb.

#include "bench.h"
#include <immintrin.h>

enum { blocks = 1024 };

static __m128i data[blocks];

int main(int argc, char **argv)
{
    uint64_t seed = 61;
    for (int i = 0; i < blocks; i++)
        data[i] = _mm_set_epi64x((long long)benchRandom(&seed), (long long)benchRandom(&seed));
    __m128i sum = _mm_setzero_si128(), key = _mm_set_epi64x((long long)benchRandom(&seed), (long long)benchRandom(&seed));
    const __m128i fold = _mm_set_epi64x(0, (long long)0xc200000000000000);
    for (long unit = 20 * benchScale(argc, argv); unit > 0; unit--)
        for (int i = 0; i < blocks; i++) {
            sum = _mm_xor_si128(sum, data[i]);
            __m128i low = _mm_clmulepi64_si128(sum, key, 0x00), high = _mm_clmulepi64_si128(sum, key, 0x11);
            __m128i middle = _mm_xor_si128(_mm_clmulepi64_si128(sum, key, 0x10), _mm_clmulepi64_si128(sum, key, 0x01));
            low = _mm_xor_si128(low, _mm_slli_si128(middle, 8));
            high = _mm_xor_si128(high, _mm_srli_si128(middle, 8));
            for (int step = 0; step < 2; step++) {
                __m128i product = _mm_clmulepi64_si128(low, fold, 0x00);
                low = _mm_xor_si128(_mm_alignr_epi8(low, low, 8), product);
            }
            sum = _mm_xor_si128(low, high);
        }
    benchReport(benchMix((uint64_t)_mm_extract_epi64(sum, 0), (uint64_t)_mm_extract_epi64(sum, 1)));
}
