// The work of sse2/byte_search, 32 bytes at a time: vpcmpeqb, vpmovmskb, tzcnt.

#include "bench.h"
#include <immintrin.h>

enum { length = 1 << 16 };

static unsigned char text[length] __attribute__((aligned(32)));

/// Returns the offset of the next byte equal to `wanted` at or after `from`, or `length`.
static int findByte(int from, unsigned char wanted)
{
    __m256i pattern = _mm256_set1_epi8((char)wanted);
    int at = from & ~31;
    unsigned skip = ~0u << (from & 31);
    for (; at < length; at += 32, skip = ~0u) {
        __m256i equal = _mm256_cmpeq_epi8(_mm256_load_si256((const __m256i *)(text + at)), pattern);
        unsigned mask = (unsigned)_mm256_movemask_epi8(equal) & skip;
        if (mask)
            return at + __builtin_ctz(mask);
    }
    return length;
}

int main(int argc, char **argv)
{
    uint64_t seed = 32, sum = 0;
    for (int i = 0; i < length; i++)
        text[i] = (unsigned char)(benchRandom(&seed) % 200);
    for (int i = 777; i < length; i += 4099)
        text[i] = 250;
    for (long unit = 40 * benchScale(argc, argv); unit > 0; unit--) {
        for (int at = findByte(0, 250); at < length; at = findByte(at + 1, 250))
            sum = benchMix(sum, at);
        for (int at = findByte(0, unit % 200), left = 16; at < length && left > 0; left--)
            sum = benchMix(sum, at = findByte(at + 1, unit % 200));
    }
    benchReport(sum);
}
