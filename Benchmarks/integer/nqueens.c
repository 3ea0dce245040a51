// Solutions of the n-queens problem by bit masks, with an explicit stack instead of recursion.

#include "bench.h"

static unsigned solutions(int size)
{
    struct { unsigned columns, left, right, free; } rows[16];
    unsigned all = (1u << size) - 1, count = 0;
    int row = 0;
    rows[0].columns = rows[0].left = rows[0].right = 0;
    rows[0].free = all;
    while (row >= 0) {
        unsigned free = rows[row].free;
        if (free == 0) {
            row--;
            continue;
        }
        unsigned queen = free & -free;
        rows[row].free = free ^ queen;
        unsigned columns = rows[row].columns | queen;
        if (columns == all) {
            count++;
            continue;
        }
        unsigned left = (rows[row].left | queen) << 1, right = (rows[row].right | queen) >> 1;
        row++;
        rows[row].columns = columns;
        rows[row].left = left;
        rows[row].right = right;
        rows[row].free = all & ~(columns | left | right);
    }
    return count;
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--)
        sum = benchMix(sum, solutions(8 + unit % 2));
    benchReport(sum);
}
