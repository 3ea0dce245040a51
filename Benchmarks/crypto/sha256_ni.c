// The compression function of SHA-256 on the SHA instructions: sha256rnds2, sha256msg1, sha256msg2, palignr.

#include "bench.h"
#include <immintrin.h>

enum { blocks = 256 };

static unsigned char data[blocks * 64] __attribute__((aligned(16)));
static uint32_t constants[64] __attribute__((aligned(16)));

static void compress(__m128i *first, __m128i *second, const unsigned char *block)
{
    __m128i abef = *first, cdgh = *second, words[4];
    for (int i = 0; i < 4; i++)
        words[i] = _mm_load_si128((const __m128i *)block + i);
    for (int round = 0; round < 16; round++) {
        __m128i keyed = _mm_add_epi32(words[round & 3], _mm_load_si128((const __m128i *)constants + round));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, keyed);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(keyed, 0x0e));
        __m128i next = _mm_sha256msg1_epu32(words[round & 3], words[(round + 1) & 3]);
        next = _mm_add_epi32(next, _mm_alignr_epi8(words[(round + 3) & 3], words[(round + 2) & 3], 4));
        words[round & 3] = _mm_sha256msg2_epu32(next, words[(round + 3) & 3]);
    }
    *first = _mm_add_epi32(*first, abef);
    *second = _mm_add_epi32(*second, cdgh);
}

int main(int argc, char **argv)
{
    uint64_t seed = 62;
    for (int i = 0; i < blocks * 64; i++)
        data[i] = (unsigned char)benchRandom(&seed);
    // The schedule's shape counts here, not its constants.
    for (int i = 0; i < 64; i++)
        constants[i] = (uint32_t)benchRandom(&seed);
    __m128i first = _mm_setzero_si128(), second = _mm_setzero_si128();
    for (long unit = 10 * benchScale(argc, argv); unit > 0; unit--)
        for (int i = 0; i < blocks; i++)
            compress(&first, &second, data + i * 64);
    uint64_t sum = benchMix((uint64_t)_mm_extract_epi64(first, 0), (uint64_t)_mm_extract_epi64(first, 1));
    sum = benchMix(sum, (uint64_t)_mm_extract_epi64(second, 0));
    benchReport(benchMix(sum, (uint64_t)_mm_extract_epi64(second, 1)));
}
