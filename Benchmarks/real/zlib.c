// zlib: deflate and inflate of a text at the default level.

#include "sample.h"
#include <string.h>
#include <zlib.h>

enum { size = 1 << 16, capacity = size + size / 2 };

static unsigned char input[size], packed[capacity], output[size];

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--) {
        fillSample(input, size, (uint64_t)unit);
        uLongf packedSize = capacity, outputSize = size;
        if (compress2(packed, &packedSize, input, size, Z_DEFAULT_COMPRESSION) != Z_OK
            || uncompress(output, &outputSize, packed, packedSize) != Z_OK || outputSize != size
            || memcmp(input, output, size) != 0)
            return 1;
        sum = mixBytes(sum, packed, packedSize);
    }
    benchReport(sum);
}
