// What every workload shares: its scale argument, a pseudo-random stream, a checksum line.
//
// A workload prints nothing that depends on time, addresses or the processor model,
// so that its output can be compared byte for byte between a native and an emulated run.

#ifndef BENCH_H
#define BENCH_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/// Returns the first argument, the number of work units to do; 1 without one.
static inline long benchScale(int argc, char **argv)
{
    long scale = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
    return scale > 0 ? scale : 1;
}

/// Returns the next value of a splitmix64 stream (Steele, Lea and Flood, OOPSLA 2014).
static inline uint64_t benchRandom(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/// Returns a value in [0, 1) with 53 random bits.
static inline double benchRandomDouble(uint64_t *state)
{
    return (double)(benchRandom(state) >> 11) * 0x1p-53;
}

/// Returns `sum` with `value` folded in; the order of the calls counts.
static inline uint64_t benchMix(uint64_t sum, uint64_t value)
{
    return ((sum << 7) | (sum >> 57)) * 0x2545f4914f6cdd1du + value;
}

/// Prints the line that native and emulated runs are compared by.
static inline void benchReport(uint64_t checksum)
{
    printf("checksum %016" PRIx64 "\n", checksum);
}

/// Makes the compiler believe that `pointer` and all memory are used here,
/// so that a loop without other effect is not removed or hoisted.
static inline void benchKeep(const void *pointer)
{
    __asm__ volatile("" : : "r"(pointer) : "memory");
}

#endif
