// A small LZSS coder with hash heads, and its decoder: the branch and byte mix of compressors.

#include "bench.h"
#include <string.h>

enum { length = 1 << 15, hashBits = 12, minMatch = 3, maxMatch = 18, window = 4096 };

static unsigned char input[length], packed[length * 2], output[length + maxMatch];
static int heads[1 << hashBits];

static unsigned hashOf(const unsigned char *p)
{
    return ((p[0] | p[1] << 8 | (uint32_t)p[2] << 16) * 2654435761u) >> (32 - hashBits);
}

/// Writes groups of a flag byte and eight items; an item is a literal or a (distance, length) pair.
static int compress(void)
{
    for (int i = 0; i < 1 << hashBits; i++)
        heads[i] = -window;
    int out = 0, flags = 0, items = 0;
    for (int in = 0; in < length;) {
        if (items % 8 == 0) {
            flags = out++;
            packed[flags] = 0;
        }
        int matched = 0, distance = 0;
        if (in + minMatch <= length) {
            unsigned hash = hashOf(input + in);
            distance = in - heads[hash];
            heads[hash] = in;
            if (distance < window) {
                int limit = length - in < maxMatch ? length - in : maxMatch;
                while (matched < limit && input[in - distance + matched] == input[in + matched])
                    matched++;
            }
        }
        if (matched >= minMatch) {
            packed[flags] |= 1 << (items % 8);
            int code = distance << 4 | (matched - minMatch);
            packed[out++] = code & 0xff;
            packed[out++] = code >> 8;
            in += matched;
        } else {
            packed[out++] = input[in++];
        }
        items++;
    }
    return out;
}

static void decompress(int packedLength)
{
    int out = 0;
    for (int in = 0; in < packedLength;) {
        int flags = packed[in++];
        for (int item = 0; item < 8 && in < packedLength; item++, flags >>= 1) {
            if (flags & 1) {
                int code = packed[in] | packed[in + 1] << 8;
                in += 2;
                int distance = code >> 4;
                for (int left = (code & 15) + minMatch; left > 0; left--, out++)
                    output[out] = output[out - distance];
            } else {
                output[out++] = packed[in++];
            }
        }
    }
}

int main(int argc, char **argv)
{
    uint64_t seed = 5, sum = 0;
    // Words from a small vocabulary, so that matches are frequent and of many lengths.
    for (int i = 0; i < length;) {
        uint64_t word = benchRandom(&seed) % 200;
        for (unsigned letter = 0; letter < 2 + word % 7 && i < length; letter++)
            input[i++] = 'a' + (word * (letter + 3)) % 26;
        if (i < length)
            input[i++] = ' ';
    }
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--) {
        input[unit % length] ^= 1;
        int packedLength = compress();
        decompress(packedLength);
        if (memcmp(input, output, length) != 0) {
            puts("round trip differs");
            return 1;
        }
        sum = benchMix(sum, packedLength);
    }
    benchReport(sum);
}
