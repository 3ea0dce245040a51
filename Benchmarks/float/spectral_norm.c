// Spectral norm of an infinite matrix's corner: divisions and integer-to-double conversions.

#include "bench.h"
#include <math.h>

enum { size = 64 };

static double element(int i, int j)
{
    return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);
}

static void multiply(const double *v, double *result)
{
    for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int j = 0; j < size; j++)
            sum += element(i, j) * v[j];
        result[i] = sum;
    }
}

static void multiplyTransposed(const double *v, double *result)
{
    for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int j = 0; j < size; j++)
            sum += element(j, i) * v[j];
        result[i] = sum;
    }
}

int main(int argc, char **argv)
{
    double u[size], v[size], held[size];
    for (int i = 0; i < size; i++)
        u[i] = 1;
    for (long unit = 20 * benchScale(argc, argv); unit > 0; unit--) {
        multiply(u, held);
        multiplyTransposed(held, v);
        multiply(v, held);
        multiplyTransposed(held, u);
        // Without it the vector's length grows past the range of a double.
        double length = 0;
        for (int i = 0; i < size; i++)
            length += u[i] * u[i];
        for (int i = 0; i < size; i++)
            u[i] /= sqrt(length);
    }
    multiply(u, held);
    multiplyTransposed(held, v);
    double uv = 0, uu = 0;
    for (int i = 0; i < size; i++) {
        uv += u[i] * v[i];
        uu += u[i] * u[i];
    }
    printf("%.15f\n", sqrt(uv / uu));
}
