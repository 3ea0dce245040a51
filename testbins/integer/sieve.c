// Sieve of Eratosthenes on bits and on bytes.

#include "check.h"

enum { LIMIT = 1000000 };
static unsigned char composite[LIMIT];
static uint32_t bits[LIMIT / 32 + 1];

int main(void) {
  unsigned count = 0, count_bits = 0, last = 0;
  for (unsigned i = 2; i < LIMIT; i++) {
    if (composite[i]) continue;
    count++;
    last = i;
    for (uint64_t j = (uint64_t)i * i; j < LIMIT; j += i) composite[j] = 1;
  }
  for (unsigned i = 2; i < LIMIT; i++) {
    if (bits[i / 32] >> i % 32 & 1) continue;
    count_bits++;
    for (uint64_t j = (uint64_t)i * i; j < LIMIT; j += i) bits[j / 32] |= 1u << j % 32;
  }
  printf("%u primes, the last %u\n", count, last);
  report("bit map", digest_bytes(DIGEST_SEED, bits, sizeof bits));
  CHECK(count == 78498 && count_bits == count && last == 999983);
  return 0;
}
