// Product of 32-bit integer matrices: multiply-add over rows and columns.

#include "bench.h"

enum { size = 72 };

static uint32_t a[size][size], b[size][size], c[size][size];

static void multiply(void)
{
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++) {
            uint32_t sum = 0;
            for (int k = 0; k < size; k++)
                sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
}

int main(int argc, char **argv)
{
    uint64_t seed = 2, sum = 0;
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++) {
            a[i][j] = (uint32_t)benchRandom(&seed);
            b[i][j] = (uint32_t)benchRandom(&seed);
        }
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--) {
        multiply();
        a[unit % size][3] ^= c[5][unit % size];
        sum = benchMix(sum, c[unit % size][unit * 7 % size]);
    }
    benchReport(sum);
}
