// Motion search by sums of absolute differences: psadbw over 16 x 16 blocks, unaligned rows.

#include "bench.h"
#include <emmintrin.h>

enum { width = 128, height = 96, block = 16, range = 8 };

static unsigned char previous[height][width], current[height][width];

static unsigned difference(int row, int column, int dy, int dx)
{
    __m128i sum = _mm_setzero_si128();
    for (int y = 0; y < block; y++) {
        __m128i a = _mm_loadu_si128((const __m128i *)&current[row + y][column]);
        __m128i b = _mm_loadu_si128((const __m128i *)&previous[row + y + dy][column + dx]);
        sum = _mm_add_epi64(sum, _mm_sad_epu8(a, b));
    }
    return (unsigned)(_mm_cvtsi128_si32(sum) + _mm_cvtsi128_si32(_mm_srli_si128(sum, 8)));
}

int main(int argc, char **argv)
{
    uint64_t seed = 35, sum = 0;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            previous[y][x] = (unsigned char)(x * 3 + y * 5 + benchRandom(&seed) % 64);
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--) {
        int shift = (int)(unit % 7);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                current[y][x] = previous[(y + shift) % height][(x + 2 * shift) % width];
        for (int row = range; row + block + range <= height; row += block)
            for (int column = range; column + block + range <= width; column += block) {
                unsigned best = ~0u, where = 0;
                for (int dy = -range; dy < range; dy++)
                    for (int dx = -range; dx < range; dx++) {
                        unsigned found = difference(row, column, dy, dx);
                        if (found < best) {
                            best = found;
                            where = (unsigned)((dy + range) * 32 + dx + range);
                        }
                    }
                sum = benchMix(sum, best * 1024 + where);
            }
    }
    benchReport(sum);
}
