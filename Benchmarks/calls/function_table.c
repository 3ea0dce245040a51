// Calls through a table of function pointers, as event loops and drivers make them.

#include "bench.h"

#define HANDLER(name, body) __attribute__((noinline)) static uint64_t name(uint64_t x) { return body; }

HANDLER(increment, x + 1)
HANDLER(triple, x * 3)
HANDLER(shiftRight, x ^ x >> 7)
HANDLER(shiftLeft, x ^ x << 9)
HANDLER(invert, ~x)
HANDLER(subtract, x - 0x1234567)
HANDLER(rotate, x << 13 | x >> 51)
HANDLER(mask, (x & 0x00ff00ff00ff00ffu) + (x >> 8 & 0x00ff00ff00ff00ffu) * 5)

static uint64_t (*const handlers[8])(uint64_t) = {
    increment, triple, shiftRight, shiftLeft, invert, subtract, rotate, mask,
};

int main(int argc, char **argv)
{
    enum { events = 4096, passes = 60 };
    static unsigned char event[events];
    uint64_t seed = 12, value = 1;
    // Runs of equal events mixed with random ones: neither always predicted nor never.
    for (int i = 0; i < events; i++)
        event[i] = i % 16 < 10 ? (i / 16) & 7 : benchRandom(&seed) & 7;
    for (long unit = benchScale(argc, argv); unit > 0; unit--)
        for (int i = 0; i < events * passes / 4; i++)
            value = handlers[event[i & (events - 1)]](value);
    benchReport(value);
}
