// Solution of a dense linear system by elimination with partial pivoting (daxpy kernels).

#include "bench.h"
#include <math.h>
#include <string.h>

enum { size = 100 };

static double original[size][size], matrix[size][size], right[size];

static void solve(void)
{
    for (int k = 0; k < size; k++) {
        int pivot = k;
        for (int i = k + 1; i < size; i++)
            if (fabs(matrix[i][k]) > fabs(matrix[pivot][k]))
                pivot = i;
        if (pivot != k) {
            for (int j = 0; j < size; j++) {
                double held = matrix[k][j];
                matrix[k][j] = matrix[pivot][j], matrix[pivot][j] = held;
            }
            double held = right[k];
            right[k] = right[pivot], right[pivot] = held;
        }
        for (int i = k + 1; i < size; i++) {
            double factor = matrix[i][k] / matrix[k][k];
            for (int j = k; j < size; j++)
                matrix[i][j] -= factor * matrix[k][j];
            right[i] -= factor * right[k];
        }
    }
    for (int i = size - 1; i >= 0; i--) {
        for (int j = i + 1; j < size; j++)
            right[i] -= matrix[i][j] * right[j];
        right[i] /= matrix[i][i];
    }
}

int main(int argc, char **argv)
{
    uint64_t seed = 27;
    double sum = 0;
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++)
            original[i][j] = benchRandomDouble(&seed) - 0.5;
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--) {
        memcpy(matrix, original, sizeof matrix);
        for (int i = 0; i < size; i++)
            right[i] = i + unit % 13;
        solve();
        sum += right[unit % size];
    }
    printf("%.17g\n", sum);
}
