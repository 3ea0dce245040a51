// Mandelbrot iteration counts: multiply-add with a compare and branch in each step.

#include "bench.h"

enum { width = 64, height = 48, limit = 200 };

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++) {
                double cx = 3.0 * column / width - 2.0 + unit * 1e-4, cy = 2.0 * row / height - 1.0;
                double x = 0, y = 0;
                int n = 0;
                while (n < limit && x * x + y * y < 4.0) {
                    double next = x * x - y * y + cx;
                    y = 2 * x * y + cy;
                    x = next;
                    n++;
                }
                sum = benchMix(sum, n);
            }
    benchReport(sum);
}
