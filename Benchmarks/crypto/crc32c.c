// CRC-32C with the processor's instruction, eight bytes at a time, in three chains.

#include "bench.h"
#include <nmmintrin.h>

enum { words = 3 * 1024 };

static uint64_t data[words];

int main(int argc, char **argv)
{
    uint64_t seed = 63;
    for (int i = 0; i < words; i++)
        data[i] = benchRandom(&seed);
    uint64_t a = ~0u, b = 0, c = 0;
    for (long unit = 200 * benchScale(argc, argv); unit > 0; unit--)
        for (int i = 0; i < words / 3; i++) {
            a = _mm_crc32_u64(a, data[i]);
            b = _mm_crc32_u64(b, data[i + words / 3]);
            c = _mm_crc32_u64(c, data[i + words / 3 * 2]);
        }
    benchReport(benchMix(benchMix(a, b), c));
}
