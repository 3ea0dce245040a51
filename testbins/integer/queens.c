// Eight queens and more, knights, permutations, a small SAT-like search: branchy integer code.

#include "check.h"

static unsigned queens(unsigned n, unsigned row, uint32_t columns, uint32_t left, uint32_t right) {
  if (row == n) return 1;
  unsigned count = 0;
  for (uint32_t free = ~(columns | left | right) & ((1u << n) - 1); free; free &= free - 1) {
    uint32_t bit = free & -free;
    count += queens(n, row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return count;
}

static unsigned permutations(int *a, int k, int n, uint64_t *digest) {
  if (k == n) {
    *digest = digest_bytes(*digest, a, sizeof(int) * (size_t)n);
    return 1;
  }
  unsigned count = 0;
  for (int i = k; i < n; i++) {
    int t = a[k];
    a[k] = a[i], a[i] = t;
    count += permutations(a, k + 1, n, digest);
    t = a[k], a[k] = a[i], a[i] = t;
  }
  return count;
}

// Longest common subsequence and edit distance by dynamic programming.
static void strings(void) {
  enum { N = 300 };
  static int table[N + 1][N + 1];
  char a[N], b[N];
  uint64_t random = 8;
  for (int i = 0; i < N; i++) a[i] = (char)('a' + random_u64(&random) % 5), b[i] = (char)('a' + random_u64(&random) % 5);
  for (int i = 1; i <= N; i++)
    for (int j = 1; j <= N; j++)
      table[i][j] = a[i - 1] == b[j - 1]                ? table[i - 1][j - 1] + 1
                    : table[i - 1][j] > table[i][j - 1] ? table[i - 1][j]
                                                        : table[i][j - 1];
  printf("common subsequence %d\n", table[N][N]);
}

int main(void) {
  for (unsigned n = 4; n <= 9; n++) printf("%u queens: %u\n", n, queens(n, 0, 0, 0, 0));
  int a[] = {0, 1, 2, 3, 4, 5, 6};
  uint64_t digest = DIGEST_SEED;
  printf("permutations %u\n", permutations(a, 0, 7, &digest));
  report("in order", digest);
  strings();
  return 0;
}
