// bzip2: block sorting, move-to-front and Huffman coding, and back.

#include "sample.h"
#include <bzlib.h>
#include <string.h>

enum { size = 1 << 15, capacity = 2 * size };

static unsigned char input[size], packed[capacity], output[size];

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--) {
        fillSample(input, size, (uint64_t)unit);
        unsigned packedSize = capacity, outputSize = size;
        if (BZ2_bzBuffToBuffCompress((char *)packed, &packedSize, (char *)input, size, 1, 0, 0) != BZ_OK
            || BZ2_bzBuffToBuffDecompress((char *)output, &outputSize, (char *)packed, packedSize, 0, 0) != BZ_OK
            || outputSize != size || memcmp(input, output, size) != 0)
            return 1;
        sum = mixBytes(sum, packed, packedSize);
    }
    benchReport(sum);
}
