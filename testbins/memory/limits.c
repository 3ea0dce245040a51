// RLIMIT_AS and RLIMIT_STACK: allocations beyond the limit fail with ENOMEM, within it work.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

static void *map(size_t size) { return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0); }

int main(void) {
  struct rlimit limit;
  CHECK(getrlimit(RLIMIT_AS, &limit) == 0);
  limit.rlim_cur = 256 << 20;
  CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
  void *small = map(16 << 20);
  CHECK(small != MAP_FAILED);
  CHECK(map(512 << 20) == MAP_FAILED && errno == ENOMEM);
  puts("512 MiB are refused under a limit of 256 MiB");
  volatile size_t wanted = 400u << 20;
  CHECK(malloc(wanted) == NULL && errno == ENOMEM);
  puts("malloc returns NULL");
  int count = 0;
  void *blocks[64];
  while (count < 64 && (blocks[count] = map(16 << 20)) != MAP_FAILED) count++;
  CHECK(count >= 10 && count < 16);
  for (int i = 0; i < count; i++) CHECK(munmap(blocks[i], 16 << 20) == 0);
  CHECK(mremap(small, 16 << 20, 512 << 20, MREMAP_MAYMOVE) == MAP_FAILED && errno == ENOMEM);
  limit.rlim_cur = limit.rlim_max;
  CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
  CHECK(map(512 << 20) != MAP_FAILED);
  puts("without the limit they are granted");
  return 0;
}
