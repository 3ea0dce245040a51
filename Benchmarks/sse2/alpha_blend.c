// Blend of two RGBA images: punpck, pmullw, psrlw, packuswb on 16-bit lanes.

#include "bench.h"
#include <emmintrin.h>

enum { bytes = 1 << 16 };

static unsigned char source[bytes] __attribute__((aligned(16)));
static unsigned char target[bytes] __attribute__((aligned(16)));

static __m128i blend(__m128i s, __m128i d, __m128i alpha, __m128i inverse)
{
    __m128i mixed = _mm_add_epi16(_mm_mullo_epi16(s, alpha), _mm_mullo_epi16(d, inverse));
    return _mm_srli_epi16(_mm_add_epi16(mixed, _mm_set1_epi16(128)), 8);
}

int main(int argc, char **argv)
{
    uint64_t seed = 33, sum = 0;
    for (int i = 0; i < bytes; i++) {
        source[i] = (unsigned char)benchRandom(&seed);
        target[i] = (unsigned char)benchRandom(&seed);
    }
    for (long unit = 40 * benchScale(argc, argv); unit > 0; unit--) {
        __m128i zero = _mm_setzero_si128();
        __m128i alpha = _mm_set1_epi16((short)(unit * 37 % 256));
        __m128i inverse = _mm_sub_epi16(_mm_set1_epi16(256), alpha);
        for (int i = 0; i < bytes; i += 16) {
            __m128i s = _mm_load_si128((const __m128i *)(source + i));
            __m128i d = _mm_load_si128((const __m128i *)(target + i));
            __m128i low = blend(_mm_unpacklo_epi8(s, zero), _mm_unpacklo_epi8(d, zero), alpha, inverse);
            __m128i high = blend(_mm_unpackhi_epi8(s, zero), _mm_unpackhi_epi8(d, zero), alpha, inverse);
            // Saturating, so that an overflow of the blend would show in the checksum.
            _mm_store_si128((__m128i *)(target + i), _mm_packus_epi16(low, high));
        }
        benchKeep(target);
    }
    for (int i = 0; i < bytes; i++)
        sum = benchMix(sum, target[i]);
    benchReport(sum);
}
