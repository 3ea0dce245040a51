// Open addressing with linear probing: multiply, mask, compare, dependent loads.

#include "bench.h"
#include <string.h>

enum { slots = 1 << 14, keys = slots / 2 };

static uint32_t table[slots];
static uint32_t values[slots];

static unsigned slotOf(uint32_t key)
{
    unsigned slot = (key * 2654435769u) >> 18;
    while (table[slot] != 0 && table[slot] != key)
        slot = (slot + 1) & (slots - 1);
    return slot;
}

static uint64_t fillAndQuery(uint64_t *seed)
{
    memset(table, 0, sizeof table);
    uint64_t stream = *seed;
    for (int i = 0; i < keys; i++) {
        uint32_t key = (uint32_t)benchRandom(&stream) | 1;
        unsigned slot = slotOf(key);
        table[slot] = key;
        values[slot] = i;
    }
    uint64_t found = 0;
    stream = *seed;
    for (int i = 0; i < keys * 2; i++) {
        uint32_t key = (uint32_t)benchRandom(&stream) | 1;
        unsigned slot = slotOf(key);
        if (table[slot] == key)
            found += values[slot];
    }
    *seed = stream;
    return found;
}

int main(int argc, char **argv)
{
    uint64_t seed = 1, sum = 0;
    for (long unit = 2 * benchScale(argc, argv); unit > 0; unit--)
        sum = benchMix(sum, fillAndQuery(&seed));
    benchReport(sum);
}
