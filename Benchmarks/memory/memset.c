// memset of the C library over sizes from bytes to 64 KiB.

#include "bench.h"
#include <string.h>

enum { bytes = 1 << 16 };

static unsigned char target[bytes + 64];

int main(int argc, char **argv)
{
    static const int sizes[] = {5, 30, 130, 700, 5000, bytes};
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        for (int s = 0; s < (int)(sizeof sizes / sizeof *sizes); s++) {
            int repeats = 60 + 60000 / (sizes[s] + 20);
            for (int i = 0; i < repeats; i++) {
                memset(target + i % 29, (int)(unit + i), (size_t)sizes[s]);
                benchKeep(target);
            }
            sum = benchMix(sum, target[sizes[s] / 2]);
        }
    benchReport(sum);
}
