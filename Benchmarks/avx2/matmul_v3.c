// A matrix product as GCC vectorises it for x86-64-v3: broadcasts, vfmadd, unaligned loads.

#include "bench.h"

enum { size = 96 };

static float a[size][size], b[size][size], c[size][size];

static void multiply(void)
{
    for (int i = 0; i < size; i++)
        for (int k = 0; k < size; k++)
            for (int j = 0; j < size; j++)
                c[i][j] += a[i][k] * b[k][j];
}

int main(int argc, char **argv)
{
    uint64_t seed = 51;
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++) {
            a[i][j] = (float)benchRandomDouble(&seed) - 0.5f;
            b[i][j] = (float)benchRandomDouble(&seed) - 0.5f;
        }
    for (long unit = 3 * benchScale(argc, argv); unit > 0; unit--) {
        multiply();
        benchKeep(c);
    }
    double sum = 0;
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++)
            sum += c[i][j];
    printf("%.9g\n", sum);
}
