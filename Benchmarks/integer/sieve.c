// Sieve of Eratosthenes: byte stores with growing strides, short predictable loops.

#include "bench.h"
#include <string.h>

enum { limit = 1 << 18 };

static unsigned char composite[limit];

static unsigned countPrimes(void)
{
    memset(composite, 0, sizeof composite);
    unsigned count = 0;
    for (unsigned i = 2; i < limit; i++) {
        if (composite[i])
            continue;
        count++;
        for (unsigned j = i + i; j < limit; j += i)
            composite[j] = 1;
    }
    return count;
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        sum = benchMix(sum, countPrimes());
    benchReport(sum);
}
