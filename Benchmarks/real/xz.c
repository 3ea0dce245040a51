// xz: LZMA2 at preset 2 and its decoder; range coding, bit by bit.

#include "sample.h"
#include <lzma.h>
#include <string.h>

enum { size = 1 << 15, capacity = 2 * size };

static unsigned char input[size], packed[capacity], output[size];

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--) {
        fillSample(input, size, (uint64_t)unit);
        size_t packedSize = 0, read = 0, written = 0;
        uint64_t memoryLimit = UINT64_MAX;
        if (lzma_easy_buffer_encode(2, LZMA_CHECK_CRC64, NULL, input, size, packed, &packedSize, capacity) != LZMA_OK
            || lzma_stream_buffer_decode(&memoryLimit, 0, NULL, packed, &read, packedSize, output, &written, size) != LZMA_OK
            || written != size || memcmp(input, output, size) != 0)
            return 1;
        sum = mixBytes(sum, packed, packedSize);
    }
    benchReport(sum);
}
