// What every guest test program shares: a self-check that ends the program, a repeatable
// random number generator, and an FNV-1a digest to print large states in one line.
#ifndef CHECK_H
#define CHECK_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Ends the program with status 99 and the failed condition on stdout.
#define CHECK(condition)                                                  \
  do {                                                                    \
    if (!(condition)) {                                                   \
      printf("FAILED %s:%d: %s\n", __FILE__, __LINE__, #condition);       \
      fflush(stdout);                                                     \
      exit(99);                                                           \
    }                                                                     \
  } while (0)

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const uint64_t DIGEST_SEED = 0xcbf29ce484222325ull;

static inline uint64_t digest_bytes(uint64_t digest, const void *data, size_t size) {
  const unsigned char *bytes = (const unsigned char *)data;
  for (size_t i = 0; i < size; i++) digest = (digest ^ bytes[i]) * 0x100000001b3ull;
  return digest;
}

static inline uint64_t digest_u64(uint64_t digest, uint64_t value) {
  return digest_bytes(digest, &value, sizeof value);
}

static inline uint64_t digest_double(uint64_t digest, double value) {
  return digest_bytes(digest, &value, sizeof value);
}

static inline void report(const char *label, uint64_t digest) {
  printf("%-40s %016llx\n", label, (unsigned long long)digest);
}

// xorshift64*: the same sequence for the same seed everywhere.
static inline uint64_t random_u64(uint64_t *state) {
  uint64_t x = *state;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  *state = x;
  return x * 0x2545f4914f6cdd1dull;
}

#endif
