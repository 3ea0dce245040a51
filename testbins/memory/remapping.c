// mremap: growing in place and by moving, shrinking, fixed destinations, errors, contents.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

static char *map(size_t pages) {
  char *p = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(p != MAP_FAILED);
  return p;
}

static void fill(char *p, int pages) {
  for (int i = 0; i < pages; i++) memset(p + i * PAGE, 'A' + i, PAGE);
}

static void show(const char *label, const char *p, int pages) {
  printf("%-22s", label);
  for (int i = 0; i < pages; i++) putchar(p[i * PAGE + 77] ? p[i * PAGE + 77] : '0');
  puts("");
}

int main(void) {
  char *area = map(64), *p = area + 8 * PAGE;
  CHECK(munmap(area, 64 * PAGE) == 0);
  CHECK(mmap(p, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == p);
  fill(p, 4);
  CHECK(mremap(p, 4 * PAGE, 6 * PAGE, 0) == p);
  show("grown in place", p, 6);
  CHECK(mremap(p, 6 * PAGE, 2 * PAGE, 0) == p);
  show("shrunk", p, 2);
  char *blocker = mmap(p + 2 * PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  CHECK(blocker == p + 2 * PAGE);
  CHECK(mremap(p, 2 * PAGE, 5 * PAGE, 0) == MAP_FAILED && errno == ENOMEM);
  puts("no room in place: ENOMEM");
  char *moved = mremap(p, 2 * PAGE, 5 * PAGE, MREMAP_MAYMOVE);
  CHECK(moved != MAP_FAILED && moved != p);
  show("moved", moved, 5);
  char *target = area + 40 * PAGE;
  fill(moved, 5);
  CHECK(mremap(moved, 3 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, target) == target);
  show("to a fixed place", target, 4);
  show("what stays behind", moved + 3 * PAGE, 2);
  CHECK(mremap(target + 1, PAGE, PAGE, 0) == MAP_FAILED && errno == EINVAL);
  CHECK(mremap(target, PAGE, 0, 0) == MAP_FAILED && errno == EINVAL);
  CHECK(mremap(p, PAGE, 2 * PAGE, MREMAP_MAYMOVE) == MAP_FAILED && errno == EFAULT);
  CHECK(mremap(target, PAGE, PAGE, MREMAP_FIXED, area) == MAP_FAILED && errno == EINVAL);
  puts("errors as documented");
  // DONTUNMAP leaves zero pages behind.
  char *twin = mremap(target, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
  CHECK(twin != MAP_FAILED && twin != target);
  show("twin", twin, 4);
  show("left behind", target, 4);
  // realloc of large blocks goes through mremap in glibc.
  size_t size = 1 << 20;
  char *block = malloc(size);
  for (size_t i = 0; i < size; i += PAGE) block[i] = (char)(i >> 12);
  for (int i = 0; i < 5; i++) {
    block = realloc(block, size *= 2);
    CHECK(block);
  }
  for (size_t i = 0; i < 1 << 20; i += PAGE) CHECK(block[i] == (char)(i >> 12));
  free(block);
  puts("realloc kept the contents");
  return 0;
}
