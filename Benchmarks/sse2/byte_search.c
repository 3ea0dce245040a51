// Search for a byte, 16 bytes at a time: pcmpeqb, pmovmskb, bsf.

#include <emmintrin.h>
#include "byte_search.h"

static int findByte(int from, unsigned char wanted)
{
    __m128i pattern = _mm_set1_epi8((char)wanted);
    int at = from & ~15;
    unsigned skip = ~0u << (from & 15);
    for (; at < length; at += 16, skip = ~0u) {
        __m128i equal = _mm_cmpeq_epi8(_mm_load_si128((const __m128i *)(text + at)), pattern);
        unsigned mask = (unsigned)_mm_movemask_epi8(equal) & skip;
        if (mask)
            return at + __builtin_ctz(mask);
    }
    return length;
}
