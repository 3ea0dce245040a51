// Fixed-point FIR filter over 16-bit samples: pmaddwd, psrad, packssdw, saturation.

#include "bench.h"
#include <emmintrin.h>

enum { samples = 4096, taps = 16 };

static int16_t input[samples + taps], output[samples], coefficient[taps] __attribute__((aligned(16)));

static void filter(void)
{
    __m128i low = _mm_load_si128((const __m128i *)coefficient);
    __m128i high = _mm_load_si128((const __m128i *)(coefficient + 8));
    for (int i = 0; i < samples; i++) {
        __m128i first = _mm_madd_epi16(_mm_loadu_si128((const __m128i *)(input + i)), low);
        __m128i second = _mm_madd_epi16(_mm_loadu_si128((const __m128i *)(input + i + 8)), high);
        __m128i sum = _mm_add_epi32(first, second);
        sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
        sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1));
        sum = _mm_packs_epi32(_mm_srai_epi32(sum, 13), sum);
        output[i] = (int16_t)_mm_extract_epi16(sum, 0);
    }
}

int main(int argc, char **argv)
{
    uint64_t seed = 37, sum = 0;
    for (int i = 0; i < samples + taps; i++)
        input[i] = (int16_t)benchRandom(&seed);
    for (int i = 0; i < taps; i++)
        coefficient[i] = (int16_t)(benchRandom(&seed) % 4096 - 2048);
    for (long unit = 80 * benchScale(argc, argv); unit > 0; unit--) {
        filter();
        input[unit % samples] ^= output[unit * 3 % samples];
        sum = benchMix(sum, (uint16_t)output[unit % samples]);
    }
    benchReport(sum);
}
