// SHA-256 (FIPS 180-4): 32-bit rotates, shifts and additions in long straight-line blocks.
// The round constants are computed as the standard defines them, by integer roots of primes.

#include "bench.h"

enum { length = 1 << 17 };

static uint32_t roundConstants[64], initialState[8];
static unsigned char data[length];

/// Returns the first 32 fraction bits of the root of `prime` of the given degree (2 or 3).
static uint32_t rootFraction(unsigned prime, int degree)
{
    // The root scaled by 2^32 is the largest x with x^degree <= prime * 2^(32 * degree).
    // Its cube has up to 105 bits, so 128-bit integers hold it.
    uint64_t low = 0, high = (uint64_t)1 << 37;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        int tooLarge;
        if (degree == 2) {
            tooLarge = (unsigned __int128)middle * middle > (unsigned __int128)prime << 64;
        } else {
            unsigned __int128 cube = (unsigned __int128)middle * middle * middle;
            tooLarge = cube > (unsigned __int128)prime << 96;
        }
        if (tooLarge)
            high = middle;
        else
            low = middle;
    }
    return (uint32_t)low;
}

static void buildConstants(void)
{
    int found = 0;
    for (unsigned candidate = 2; found < 64; candidate++) {
        int prime = 1;
        for (unsigned divisor = 2; divisor * divisor <= candidate; divisor++)
            prime &= candidate % divisor != 0;
        if (!prime)
            continue;
        if (found < 8)
            initialState[found] = rootFraction(candidate, 2);
        roundConstants[found++] = rootFraction(candidate, 3);
    }
}

static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void compressBlock(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + roundConstants[i] + w[i];
        uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
        uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

int main(int argc, char **argv)
{
    uint64_t seed = 6;
    uint32_t state[8];
    buildConstants();
    for (int i = 0; i < 8; i++)
        state[i] = initialState[i];
    for (int i = 0; i < length; i++)
        data[i] = (unsigned char)benchRandom(&seed);
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        for (int at = 0; at < length; at += 64)
            compressBlock(state, data + at);
    benchReport((uint64_t)(state[0] ^ state[2] ^ state[4] ^ state[6]) << 32
                | (state[1] ^ state[3] ^ state[5] ^ state[7]));
}
