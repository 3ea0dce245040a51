// Search for a byte as string routines do it: what sse2/byte_search and avx2/byte_search_avx2 share.
#pragma once
#include "bench.h"

enum { length = 1 << 16 };

static unsigned char text[length] __attribute__((aligned(32)));

/// Returns the offset of the next byte equal to `wanted` at or after `from`, or `length`.
static int findByte(int from, unsigned char wanted);

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
