// malloc, realloc and free in random order and size: the allocator's lists, bins and system calls.

#include "bench.h"
#include <string.h>

enum { slots = 2048 };

static struct { unsigned char *bytes; size_t size; } block[slots];

int main(int argc, char **argv)
{
    uint64_t seed = 46, sum = 0;
    for (long step = 20000 * benchScale(argc, argv); step > 0; step--) {
        uint64_t random = benchRandom(&seed);
        unsigned slot = random % slots;
        // Mostly small blocks, now and then some KiB, rarely more than mmap's threshold.
        unsigned shape = (random >> 32) % 1000;
        size_t size = 1 + (random >> 16) % (shape < 900 ? 200 : shape < 999 ? 4000 : 200000);
        if (block[slot].bytes == NULL) {
            block[slot].bytes = malloc(size);
        } else if (shape % 4 == 0) {
            block[slot].bytes = realloc(block[slot].bytes, size);
        } else {
            sum = benchMix(sum, block[slot].bytes[0] + block[slot].size);
            free(block[slot].bytes);
            block[slot].bytes = NULL;
            continue;
        }
        block[slot].size = size;
        block[slot].bytes[0] = (unsigned char)step;
        block[slot].bytes[size - 1] = 1;
    }
    benchReport(sum);
}
