// malloc, calloc, realloc, aligned allocation: a random workload with contents checked.

#include "check.h"

#include <malloc.h>

enum { SLOTS = 500, STEPS = 30000 };
static struct { uint8_t *block; size_t size; uint8_t mark; } slots[SLOTS];

static void verify(int i) {
  for (size_t k = 0; k < slots[i].size; k += 1 + slots[i].size / 16) CHECK(slots[i].block[k] == slots[i].mark);
}

int main(void) {
  uint64_t random = 11, digest = DIGEST_SEED;
  size_t live = 0;
  for (int step = 0; step < STEPS; step++) {
    uint64_t r = random_u64(&random);
    int i = (int)(r % SLOTS);
    size_t size = (r >> 16) % ((r >> 40) % 50 == 0 ? 300000 : 700) + 1;
    if (slots[i].block) verify(i);
    if (slots[i].block && r >> 60 < 8) {
      live -= slots[i].size;
      free(slots[i].block);
      slots[i].block = NULL;
      slots[i].size = 0;
      continue;
    }
    uint8_t *block;
    size_t old = slots[i].size;
    if (slots[i].block) {
      block = realloc(slots[i].block, size);
    } else if (r >> 60 == 9) {
      block = calloc(size, 1);
      for (size_t k = 0; block && k < size; k += 7) CHECK(block[k] == 0);
    } else if (r >> 60 == 10) {
      block = aligned_alloc(256, (size + 255) & ~255ull);
      CHECK(((uintptr_t)block & 255) == 0);
    } else {
      block = malloc(size);
    }
    CHECK(block && ((uintptr_t)block & 15) == 0);
    live += size - old;
    slots[i].block = block;
    slots[i].size = size;
    slots[i].mark = (uint8_t)r;
    memset(block, slots[i].mark, size);
    digest = digest_u64(digest, live);
  }
  for (int i = 0; i < SLOTS; i++) free(slots[i].block);
  report("live bytes", digest);
  return 0;
}
