// Ackermann's function: recursion that is deep rather than wide.

#include "bench.h"

__attribute__((noinline, noclone, optimize("no-optimize-sibling-calls"))) static unsigned ackermann(unsigned m, unsigned n)
{
    if (m == 0)
        return n + 1;
    if (n == 0)
        return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        sum = benchMix(sum, ackermann(2, 200 + unit % 8) + ackermann(3, 5));
    benchReport(sum);
}
