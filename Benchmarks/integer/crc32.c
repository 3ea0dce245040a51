// CRC-32 (polynomial 0xedb88320) by table: one dependent load for each byte.

#include "bench.h"

enum { length = 1 << 19 };

static uint32_t table[256];
static unsigned char data[length];

static void buildTable(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++)
            value = (value >> 1) ^ ((value & 1) ? 0xedb88320u : 0);
        table[i] = value;
    }
}

static uint32_t crc32(uint32_t crc, const unsigned char *bytes, int n)
{
    crc = ~crc;
    for (int i = 0; i < n; i++)
        crc = table[(crc ^ bytes[i]) & 0xff] ^ (crc >> 8);
    return ~crc;
}

int main(int argc, char **argv)
{
    uint64_t seed = 4;
    buildTable();
    for (int i = 0; i < length; i++)
        data[i] = (unsigned char)benchRandom(&seed);
    uint32_t crc = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        crc = crc32(crc, data, length);
    benchReport(crc);
}
