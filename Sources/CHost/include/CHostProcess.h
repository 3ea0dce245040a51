// What starting and ending a process needs of the host and Swift's Glibc module does not export.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/random.h>

/// An entry of the emulator's own auxiliary vector, 0 where it is missing (man 3 getauxval).
static inline uint64_t swemu_host_auxv(uint64_t type) { return getauxval(type); }

/// Fills `buffer` with random bytes; how many, or -1 (man 2 getrandom).
static inline long swemu_host_random(void *_Nonnull buffer, size_t count) { return getrandom(buffer, count, 0); }
