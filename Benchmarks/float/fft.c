// Radix-2 complex FFT, forwards and back: butterflies over strides that are powers of two.

#include "bench.h"
#include <math.h>

enum { logSize = 11, size = 1 << logSize };

static double re[size], im[size], twiddleRe[size / 2], twiddleIm[size / 2];

static void transform(double direction)
{
    for (unsigned i = 0, j = 0; i < size; i++) {
        if (i < j) {
            double held = re[i];
            re[i] = re[j], re[j] = held;
            held = im[i];
            im[i] = im[j], im[j] = held;
        }
        unsigned bit = size >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
    }
    for (int half = 1; half < size; half *= 2)
        for (int start = 0; start < size; start += 2 * half)
            for (int k = 0; k < half; k++) {
                double wr = twiddleRe[k * (size / 2 / half)], wi = direction * twiddleIm[k * (size / 2 / half)];
                int even = start + k, odd = even + half;
                double tr = re[odd] * wr - im[odd] * wi, ti = re[odd] * wi + im[odd] * wr;
                re[odd] = re[even] - tr, im[odd] = im[even] - ti;
                re[even] += tr, im[even] += ti;
            }
}

int main(int argc, char **argv)
{
    uint64_t seed = 25;
    // Twiddles by rotation instead of sin and cos: those differ in the last bit
    // between the variants that the C library chooses by processor.
    double angle = 2 * 3.14159265358979323846 / size, c = 1 - angle * angle / 2, s = angle;
    double norm = sqrt(c * c + s * s);
    c /= norm, s /= norm;
    double wr = 1, wi = 0;
    for (int k = 0; k < size / 2; k++) {
        twiddleRe[k] = wr, twiddleIm[k] = wi;
        double next = wr * c - wi * s;
        wi = wr * s + wi * c, wr = next;
    }
    for (int i = 0; i < size; i++)
        re[i] = benchRandomDouble(&seed) - 0.5;
    double power = 0;
    for (long unit = 5 * benchScale(argc, argv); unit > 0; unit--) {
        transform(1);
        power += re[unit % size] * re[unit % size] + im[unit % size] * im[unit % size];
        transform(-1);
        for (int i = 0; i < size; i++)
            re[i] /= size, im[i] /= size;
    }
    printf("%.17g %.17g\n", power, re[3]);
}
