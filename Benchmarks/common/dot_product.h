// Dot product of doubles: what sse2/dot_product and avx2/dot_product_fma share.
#pragma once
#include "bench.h"

enum { count = 2048 };

static double a[count] __attribute__((aligned(32)));
static double b[count] __attribute__((aligned(32)));

static double dot(void);

int main(int argc, char **argv)
{
    uint64_t seed = 34;
    for (int i = 0; i < count; i++) {
        a[i] = benchRandomDouble(&seed) - 0.5;
        b[i] = benchRandomDouble(&seed) - 0.5;
    }
    double sum = 0;
    for (long unit = 500 * benchScale(argc, argv); unit > 0; unit--) {
        a[unit % count] += 0.001;
        sum += dot();
    }
    printf("%.17g\n", sum);
}
