// setjmp and longjmp out of nested calls: returns that no return-address prediction foresees.

#include "bench.h"
#include <setjmp.h>

static jmp_buf handler;

// It never returns, which GCC rightly remarks.
#pragma GCC diagnostic ignored "-Winfinite-recursion"

__attribute__((noinline, noclone)) static unsigned descend(unsigned depth, unsigned value)
{
    if (depth == 0)
        longjmp(handler, (int)(value % 1000) + 1);
    // The addition after the call keeps it from becoming a jump.
    return descend(depth - 1, value * 5 + depth) + 1;
}

int main(int argc, char **argv)
{
    long rounds = 12000 * benchScale(argc, argv);
    volatile uint64_t sum = 0;
    for (volatile long round = 0; round < rounds; round++) {
        int thrown = setjmp(handler);
        if (thrown == 0)
            descend(4 + round % 4, (unsigned)round);
        sum = benchMix(sum, (uint64_t)thrown);
    }
    benchReport(sum);
}
