// Longest Collatz sequence below a bound: branches, shifts, multiplications.

#include "check.h"

int main(void) {
  unsigned best = 0, best_length = 0;
  uint64_t digest = DIGEST_SEED;
  for (unsigned start = 1; start < 60000; start++) {
    uint64_t n = start;
    unsigned length = 1;
    for (; n != 1; length++) n = n & 1 ? 3 * n + 1 : n >> 1;
    if (length > best_length) {
      best = start;
      best_length = length;
      digest = digest_u64(digest_u64(digest, start), length);
    }
  }
  printf("best %u length %u\n", best, best_length);
  report("records", digest);
  CHECK(best == 52527 && best_length == 340);
  return 0;
}
