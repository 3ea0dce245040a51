// Code generators that never map a page writable and executable at once: write, mprotect to
// executable, call, mprotect back, rewrite. Also munmap and a new mapping at the same address,
// mremap of code, MADV_DONTNEED on code, a fixed mapping over code.

#define _GNU_SOURCE
#include "code.h"

#include <sys/mman.h>

enum { PAGE = 4096 };

static uint8_t *map(void *at, int flags) {
  uint8_t *p = mmap(at, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
  CHECK(p != MAP_FAILED);
  return p;
}

static void set(uint8_t *p, int protection) { CHECK(mprotect(p, PAGE, protection) == 0); }

int main(void) {
  uint8_t *p = map(NULL, 0);
  long sum = 0;
  for (int i = 0; i < 300; i++) {
    set(p, PROT_READ | PROT_WRITE);
    emit_return(p + (i % 7) * 8, i);
    set(p, PROT_READ | PROT_EXEC);
    sum += call(p + (i % 7) * 8);
  }
  printf("dance: %ld\n", sum);
  CHECK(munmap(p, PAGE) == 0);
  CHECK(map(p, MAP_FIXED) == p);
  emit_return(p, 17);
  set(p, PROT_EXEC | PROT_READ);
  printf("new mapping, same address: %d\n", call(p));
  uint8_t *moved = mremap(p, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, map(NULL, 0));
  CHECK(moved != MAP_FAILED);
  printf("moved: %d\n", call(moved));
  CHECK(map(p, MAP_FIXED) == p);
  emit_return(p, 18);
  set(p, PROT_EXEC | PROT_READ);
  printf("old address again: %d\n", call(p));
  // DONTNEED turns the page into zeroes: 00 00 is add [rax], al, so a RET is put back first.
  set(p, PROT_READ | PROT_WRITE | PROT_EXEC);
  CHECK(madvise(p, PAGE, MADV_DONTNEED) == 0 && p[0] == 0);
  emit_return(p, 19);
  printf("after DONTNEED: %d\n", call(p));
  CHECK(map(p, MAP_FIXED) == p);
  emit_return(p, 20);
  set(p, PROT_EXEC | PROT_READ);
  printf("fixed mapping over code: %d\n", call(p));
  return 0;
}
