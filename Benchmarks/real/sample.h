// Input for the compressors: words, numbers and a stretch of noise, the same on every machine.

#ifndef SAMPLE_H
#define SAMPLE_H

#include "bench.h"

/// Fills `bytes` with `size` bytes of compressible text with incompressible parts.
static inline void fillSample(unsigned char *bytes, size_t size, uint64_t seed)
{
    for (size_t at = 0; at < size;) {
        uint64_t random = benchRandom(&seed);
        if (random % 64 == 0) {
            for (int left = 24; left > 0 && at < size; left--)
                bytes[at++] = (unsigned char)benchRandom(&seed);
            continue;
        }
        uint64_t rank = (random >> 8 & 1023) * (random >> 24 & 1023) >> 10;
        for (unsigned letter = 0; letter < 2 + rank % 8 && at < size; letter++)
            bytes[at++] = (unsigned char)('a' + (rank * (2 * letter + 1) >> letter % 4) % 26);
        if (at < size)
            bytes[at++] = random >> 60 == 0 ? '\n' : ' ';
    }
}

/// Folds a whole buffer into the checksum.
static inline uint64_t mixBytes(uint64_t sum, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ bytes[i]) * 0x100000001b3u;
    return sum;
}

#endif
