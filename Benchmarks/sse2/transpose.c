// Transposition of 8 x 8 blocks of 16-bit values: punpck in all widths, as in video codecs.

#include "bench.h"
#include <emmintrin.h>

enum { size = 128 };

static uint16_t matrix[size][size] __attribute__((aligned(16)));
static uint16_t result[size][size] __attribute__((aligned(16)));

static void transposeBlock(int row, int column)
{
    __m128i r[8], t[8];
    for (int i = 0; i < 8; i++)
        r[i] = _mm_load_si128((const __m128i *)&matrix[row + i][column]);
    for (int i = 0; i < 4; i++) {
        t[2 * i] = _mm_unpacklo_epi16(r[2 * i], r[2 * i + 1]);
        t[2 * i + 1] = _mm_unpackhi_epi16(r[2 * i], r[2 * i + 1]);
    }
    for (int half = 0; half < 2; half++) {
        r[4 * half] = _mm_unpacklo_epi32(t[4 * half], t[4 * half + 2]);
        r[4 * half + 1] = _mm_unpackhi_epi32(t[4 * half], t[4 * half + 2]);
        r[4 * half + 2] = _mm_unpacklo_epi32(t[4 * half + 1], t[4 * half + 3]);
        r[4 * half + 3] = _mm_unpackhi_epi32(t[4 * half + 1], t[4 * half + 3]);
    }
    for (int i = 0; i < 4; i++) {
        _mm_store_si128((__m128i *)&result[column + 2 * i][row], _mm_unpacklo_epi64(r[i], r[i + 4]));
        _mm_store_si128((__m128i *)&result[column + 2 * i + 1][row], _mm_unpackhi_epi64(r[i], r[i + 4]));
    }
}

int main(int argc, char **argv)
{
    uint64_t seed = 38, sum = 0;
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++)
            matrix[i][j] = (uint16_t)benchRandom(&seed);
    for (long unit = 120 * benchScale(argc, argv); unit > 0; unit--) {
        for (int row = 0; row < size; row += 8)
            for (int column = 0; column < size; column += 8)
                transposeBlock(row, column);
        matrix[unit % size][5] += result[unit % size][9];
        sum = benchMix(sum, result[unit * 5 % size][unit * 3 % size]);
    }
    for (int i = 0; i < size; i++)
        for (int j = 0; j < size; j++)
            sum = benchMix(sum, result[i][j]);
    benchReport(sum);
}
