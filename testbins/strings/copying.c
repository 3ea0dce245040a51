// memcpy, memmove, memset, memcmp of every small size and alignment, overlapping both ways,
// and of large sizes.

#include "check.h"

enum { SIZE = 4096, LARGE = 3 << 20 };
static uint8_t original[SIZE], work[SIZE], expected[SIZE];

static void naive_move(uint8_t *to, const uint8_t *from, size_t n) {
  uint8_t copy[SIZE];
  for (size_t i = 0; i < n; i++) copy[i] = from[i];
  for (size_t i = 0; i < n; i++) to[i] = copy[i];
}

int main(void) {
  uint64_t random = 4, digest = DIGEST_SEED;
  for (size_t i = 0; i < SIZE; i++) original[i] = (uint8_t)random_u64(&random);
  for (volatile size_t n = 0; n < 300; n += n < 70 ? 1 : 13)
    for (size_t from = 0; from < 20; from += 3)
      for (size_t to = 0; to < 24; to += 5) {
        memcpy(work, original, 1024);
        memcpy(expected, original, 1024);
        memmove(work + 100 + to, work + 100 + from, n);
        naive_move(expected + 100 + to, expected + 100 + from, n);
        CHECK(memcmp(work, expected, 1024) == 0);
        memcpy(work + 600 + to, original + from, n);
        naive_move(expected + 600 + to, original + from, n);
        memset(work + 30 + to, (int)n, n / 4);
        for (size_t i = 0; i < n / 4; i++) expected[30 + to + i] = (uint8_t)n;
        CHECK(memcmp(work, expected, 1024) == 0);
        digest = digest_bytes(digest, work + 30, 64);
      }
  report("small sizes", digest);
  for (volatile size_t i = 0; i < 200; i++) {
    memcpy(work, original, 256);
    work[i] ^= 1;
    int order = memcmp(work, original, 200);
    CHECK((order < 0) == (work[i] < original[i]) && order != 0);
    CHECK(memcmp(work, original, i) == 0);
  }
  uint8_t *large = malloc(LARGE + 100);
  CHECK(large);
  for (size_t i = 0; i < LARGE + 100; i++) large[i] = original[i % SIZE] ^ (uint8_t)(i >> 12);
  memmove(large + 7, large, LARGE);
  digest = digest_bytes(DIGEST_SEED, large, LARGE + 100);
  memmove(large, large + 65, LARGE);
  digest = digest_bytes(digest, large, LARGE + 100);
  memset(large + 11, 0xa5, LARGE);
  digest = digest_bytes(digest, large, LARGE + 100);
  report("large sizes", digest);
  free(large);
  return 0;
}
