// Bit counting, reversal, Gray codes, permutations, de Bruijn, popcount by four methods.

#include "check.h"

static unsigned count_loop(uint64_t x) {
  unsigned n = 0;
  for (; x; x &= x - 1) n++;
  return n;
}

static unsigned count_parallel(uint64_t x) {
  x -= x >> 1 & 0x5555555555555555;
  x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
  return (unsigned)(((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f) * 0x0101010101010101 >> 56);
}

static uint64_t reverse(uint64_t x) {
  x = (x >> 1 & 0x5555555555555555) | (x & 0x5555555555555555) << 1;
  x = (x >> 2 & 0x3333333333333333) | (x & 0x3333333333333333) << 2;
  x = (x >> 4 & 0x0f0f0f0f0f0f0f0f) | (x & 0x0f0f0f0f0f0f0f0f) << 4;
  return __builtin_bswap64(x);
}

int main(void) {
  uint64_t random = 31, digest = DIGEST_SEED;
  for (int i = 0; i < 20000; i++) {
    uint64_t x = random_u64(&random) & random_u64(&random);
    if (i % 7 == 0) x = 1ull << (i % 64);
    unsigned n = count_loop(x);
    CHECK(n == count_parallel(x) && n == (unsigned)__builtin_popcountll(x));
    CHECK(reverse(reverse(x)) == x);
    if (x) {
      CHECK(__builtin_ctzll(x) == __builtin_clzll(reverse(x)));
      CHECK(__builtin_ffsll((long long)x) == __builtin_ctzll(x) + 1);
      digest = digest_u64(digest, (uint64_t)__builtin_clzll(x) << 8 | (uint64_t)__builtin_ctzll(x));
    }
    CHECK((unsigned)__builtin_parityll(x) == (n & 1));
    uint64_t gray = x ^ x >> 1, back = gray;
    for (int shift = 1; shift < 64; shift <<= 1) back ^= back >> shift;
    CHECK(back == x);
    uint64_t rotated = x << (i & 63) | x >> (-i & 63);
    digest = digest_u64(digest_u64(digest, rotated), reverse(x));
  }
  report("bits", digest);
  return 0;
}
