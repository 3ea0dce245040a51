// Takeuchi's function: recursion with three arguments and four calls in a body.

#include "bench.h"

__attribute__((noinline, noclone, optimize("no-optimize-sibling-calls"))) static int tak(int x, int y, int z)
{
    return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        sum = benchMix(sum, tak(18, 12, 6 + unit % 2));
    benchReport(sum);
}
