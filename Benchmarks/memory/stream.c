// Copy, scale, add and triad over arrays of doubles that exceed the first-level cache.

#include "bench.h"

enum { count = 1 << 15 };

static double a[count], b[count], c[count];

int main(int argc, char **argv)
{
    uint64_t seed = 44;
    for (int i = 0; i < count; i++)
        a[i] = benchRandomDouble(&seed);
    // The factors add up to one, so that the values neither grow nor fade into denormals.
    for (long unit = 16 * benchScale(argc, argv); unit > 0; unit--) {
        for (int i = 0; i < count; i++)
            c[i] = a[i];
        benchKeep(c);
        for (int i = 0; i < count; i++)
            b[i] = 0.5 * c[i];
        benchKeep(b);
        for (int i = 0; i < count; i++)
            c[i] = a[i] + b[i];
        benchKeep(c);
        for (int i = 0; i < count; i++)
            a[i] = b[i] + c[i] / 3;
        benchKeep(a);
    }
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += a[i];
    printf("%.17g\n", sum);
}
