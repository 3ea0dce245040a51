// Quicksort, heapsort, merge sort, radix sort and qsort agree; binary search finds all.

#include "check.h"

enum { N = 20000 };

static void quicksort(int *a, int low, int high) {
  while (low < high) {
    int pivot = a[(low + high) / 2], i = low, j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) {
        int t = a[i];
        a[i++] = a[j];
        a[j--] = t;
      }
    }
    quicksort(a, low, j);
    low = i;
  }
}

static void sift(int *a, int i, int n) {
  for (int child; (child = 2 * i + 1) < n; i = child) {
    if (child + 1 < n && a[child + 1] > a[child]) child++;
    if (a[i] >= a[child]) return;
    int t = a[i];
    a[i] = a[child];
    a[child] = t;
  }
}

static void heapsort_ints(int *a, int n) {
  for (int i = n / 2; i-- > 0;) sift(a, i, n);
  for (int i = n; i-- > 1;) {
    int t = a[0];
    a[0] = a[i];
    a[i] = t;
    sift(a, 0, i);
  }
}

static void merge_sort(int *a, int *scratch, int n) {
  if (n < 2) return;
  int half = n / 2, i = 0, j = half, k = 0;
  merge_sort(a, scratch, half);
  merge_sort(a + half, scratch, n - half);
  while (i < half && j < n) scratch[k++] = a[j] < a[i] ? a[j++] : a[i++];
  while (i < half) scratch[k++] = a[i++];
  memcpy(a, scratch, sizeof(int) * (size_t)k);
}

static void radix_sort(int *a, int *scratch, int n) {
  for (int shift = 0; shift < 32; shift += 8) {
    int counts[257] = {0};
    for (int i = 0; i < n; i++) counts[(((uint32_t)a[i] ^ 0x80000000) >> shift & 255) + 1]++;
    for (int i = 0; i < 256; i++) counts[i + 1] += counts[i];
    for (int i = 0; i < n; i++) scratch[counts[((uint32_t)a[i] ^ 0x80000000) >> shift & 255]++] = a[i];
    memcpy(a, scratch, sizeof(int) * (size_t)n);
  }
}

static int compare(const void *a, const void *b) {
  int x = *(const int *)a, y = *(const int *)b;
  return (x > y) - (x < y);
}

int main(void) {
  static int original[N], a[N], b[N], scratch[N];
  uint64_t random = 17;
  for (int i = 0; i < N; i++) original[i] = (int)random_u64(&random) % 50000;
  memcpy(a, original, sizeof a);
  qsort(a, N, sizeof(int), compare);
  for (int i = 1; i < N; i++) CHECK(a[i - 1] <= a[i]);
  memcpy(b, original, sizeof b);
  quicksort(b, 0, N - 1);
  CHECK(memcmp(a, b, sizeof a) == 0);
  memcpy(b, original, sizeof b);
  heapsort_ints(b, N);
  CHECK(memcmp(a, b, sizeof a) == 0);
  memcpy(b, original, sizeof b);
  merge_sort(b, scratch, N);
  CHECK(memcmp(a, b, sizeof a) == 0);
  memcpy(b, original, sizeof b);
  radix_sort(b, scratch, N);
  CHECK(memcmp(a, b, sizeof a) == 0);
  for (int i = 0; i < N; i += 7) {
    int *found = bsearch(&original[i], a, N, sizeof(int), compare);
    CHECK(found && *found == original[i]);
  }
  report("sorted", digest_bytes(DIGEST_SEED, a, sizeof a));
  return 0;
}
