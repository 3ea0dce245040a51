// y = a x + y in single precision: what sse2/saxpy and avx2/saxpy_avx2 share.
#pragma once
#include "bench.h"

enum { count = 4096 };

static float x[count + 1], y[count];

/// Adds `factor` times the `count` values at `from`, which need not be aligned, to `y`.
static inline void addScaled(float factor, const float *from);

int main(int argc, char **argv)
{
    uint64_t seed = 31;
    for (int i = 0; i < count; i++) {
        x[i] = (float)benchRandomDouble(&seed);
        y[i] = (float)benchRandomDouble(&seed);
    }
    for (long unit = 400 * benchScale(argc, argv); unit > 0; unit--) {
        addScaled(unit & 1 ? 0.5f : -0.5f, x + (unit & 1));
        benchKeep(y);
    }
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += y[i];
    printf("%.17g\n", sum);
}
