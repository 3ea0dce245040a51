// Series in `long double`: the x87 stack, 80-bit loads and stores, fxch and the compares.

#include "bench.h"

/// Returns e^x by its series and ln(1 + x) by another: additions, products and quotients.
__attribute__((noinline)) static long double series(long double x)
{
    long double term = 1, exponential = 1, logarithm = 0, power = x;
    for (int n = 1; n < 40; n++) {
        term *= x / n;
        exponential += term;
        logarithm += n & 1 ? power / n : -power / n;
        power *= x;
        if (term < 1e-21L && power < 1e-21L)
            break;
    }
    return exponential * 0.25L - logarithm;
}

int main(int argc, char **argv)
{
    long double sum = 0;
    long count = 2500 * benchScale(argc, argv);
    for (long i = 0; i < count; i++)
        sum += series((i % 1000) / 2000.0L);
    printf("%.19Lg\n", sum);
}
