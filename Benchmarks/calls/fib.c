// Doubly recursive Fibonacci: call, return and stack traffic, little else.

#include "bench.h"

// Without noinline and noclone GCC flattens several levels into one body of loops,
// and the calls that are to be measured disappear.
__attribute__((noinline, noclone, optimize("no-optimize-sibling-calls"))) static uint64_t fib(unsigned n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        sum = benchMix(sum, fib(23 + unit % 2));
    benchReport(sum);
}
