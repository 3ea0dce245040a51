// The work of sse2/byte_search, 32 bytes at a time: vpcmpeqb, vpmovmskb, tzcnt.

#include <immintrin.h>
#include "byte_search.h"

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
