// Product of double matrices in i-k-j order: streaming multiply-add.

#include "bench.h"

enum { size = 80 };

static double a[size][size], b[size][size], c[size][size];

int main(int argc, char **argv)
{
    uint64_t seed = 24;
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++) {
            a[i][j] = benchRandomDouble(&seed) - 0.5;
            b[i][j] = benchRandomDouble(&seed) - 0.5;
        }
    double trace = 0;
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++)
                c[i][j] = 0;
            for (int k = 0; k < size; k++) {
                double factor = a[i][k];
                for (int j = 0; j < size; j++)
                    c[i][j] += factor * b[k][j];
            }
        }
        a[unit % size][7] = c[7][unit % size] * 0.125;
        for (int i = 0; i < size; i++)
            trace += c[i][i];
    }
    printf("%.17g\n", trace);
}
