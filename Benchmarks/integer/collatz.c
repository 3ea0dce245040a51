// Lengths of Collatz sequences: a dependent chain of shifts and additions with unpredictable parity.

#include "bench.h"

int main(int argc, char **argv)
{
    long scale = benchScale(argc, argv);
    uint64_t sum = 0;
    for (uint64_t start = 1; start < (uint64_t)scale * 2500; start++) {
        uint64_t steps = 0;
        for (uint64_t n = start; n != 1; steps++)
            n = n & 1 ? 3 * n + 1 : n >> 1;
        sum = benchMix(sum, steps);
    }
    benchReport(sum);
}
