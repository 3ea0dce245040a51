// Zstandard: compression at level 3 and decompression of a text.

#include "sample.h"
#include <string.h>
#include <zstd.h>

enum { size = 1 << 17, capacity = size + size / 2 };

static unsigned char input[size], packed[capacity], output[size];

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--) {
        fillSample(input, size, (uint64_t)unit);
        size_t packedSize = ZSTD_compress(packed, capacity, input, size, 3);
        if (ZSTD_isError(packedSize) || ZSTD_decompress(output, size, packed, packedSize) != size
            || memcmp(input, output, size) != 0)
            return 1;
        sum = mixBytes(sum, packed, packedSize);
    }
    benchReport(sum);
}
