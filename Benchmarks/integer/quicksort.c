// Quicksort with an explicit stack: data-dependent branches that predictors miss.

#include "bench.h"

enum { count = 1 << 14 };

static int32_t data[count];

static void swap(int32_t *x, int32_t *y)
{
    int32_t held = *x;
    *x = *y;
    *y = held;
}

static void sort(void)
{
    struct { int low, high; } pending[64];
    int depth = 0;
    pending[depth].low = 0;
    pending[depth++].high = count - 1;
    while (depth > 0) {
        depth--;
        int low = pending[depth].low, high = pending[depth].high;
        while (low < high) {
            int32_t pivot = data[low + (high - low) / 2];
            int i = low, j = high;
            while (i <= j) {
                while (data[i] < pivot)
                    i++;
                while (data[j] > pivot)
                    j--;
                if (i <= j)
                    swap(&data[i++], &data[j--]);
            }
            // The larger part waits, so that the stack stays logarithmic.
            if (j - low < high - i) {
                pending[depth].low = i;
                pending[depth++].high = high;
                high = j;
            } else {
                pending[depth].low = low;
                pending[depth++].high = j;
                low = i;
            }
        }
    }
}

int main(int argc, char **argv)
{
    uint64_t seed = 3, sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--) {
        for (int i = 0; i < count; i++)
            data[i] = (int32_t)benchRandom(&seed);
        sort();
        for (int i = 0; i < count; i += 97)
            sum = benchMix(sum, (uint32_t)data[i]);
    }
    benchReport(sum);
}
