// The C library's sin, cos, exp, log and pow: range reduction, tables, polynomials.

#include "bench.h"
#include <math.h>

int main(int argc, char **argv)
{
    double sum = 0, x = 0.001;
    for (long unit = 20000 * benchScale(argc, argv); unit > 0; unit--) {
        sum += sin(x) * cos(x * 1.5) + exp(-x) + log(x + 1) + pow(x, 0.3);
        x += 0.0137;
        if (x > 40)
            x -= 39.99;
    }
    // Few digits: variants with and without fused multiply-add differ in the last bits.
    printf("%.5f\n", sum);
}
