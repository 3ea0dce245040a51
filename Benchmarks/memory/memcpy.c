// memcpy and memmove of the C library over sizes from bytes to 64 KiB, all alignments.

#include "bench.h"
#include <string.h>

enum { bytes = 1 << 16 };

static unsigned char source[bytes + 128], target[bytes + 128];

int main(int argc, char **argv)
{
    static const int sizes[] = {7, 24, 100, 500, 3000, 20000, bytes};
    uint64_t seed = 41, sum = 0;
    for (int i = 0; i < (int)sizeof source; i++)
        source[i] = (unsigned char)benchRandom(&seed);
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        for (int s = 0; s < (int)(sizeof sizes / sizeof *sizes); s++) {
            // Small copies are repeated more, so that each size has a comparable share.
            int repeats = 40 + 40000 / (sizes[s] + 20);
            for (int i = 0; i < repeats; i++) {
                memcpy(target + i % 33, source + i % 17, (size_t)sizes[s]);
                benchKeep(target);
                if (i % 8 == 0)
                    memmove(target + 5, target + 1 + i % 7, (size_t)sizes[s]);
                benchKeep(target);
            }
            sum = benchMix(sum, target[sizes[s] / 2]);
        }
    benchReport(sum);
}
