// Anonymous mappings: zero fill, fixed placement, replacement, splitting by munmap, holes,
// MAP_FIXED_NOREPLACE, MAP_32BIT, alignment errors.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096 };

static const char *error_name(int e) {
  return e == EINVAL ? "EINVAL" : e == ENOMEM ? "ENOMEM" : e == EEXIST ? "EEXIST" : e == EACCES ? "EACCES" : e == EBADF ? "EBADF" : e == ENODEV ? "ENODEV" : e == EFAULT ? "EFAULT" : "?";
}

static char *map(void *at, size_t size, int flags) { return mmap(at, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0); }

// Whether a page is mapped: the kernel says EFAULT for a buffer that is not there.
static int readable(const char *p) {
  static int ends[2];
  char byte;
  if (!ends[1]) CHECK(pipe(ends) == 0);
  return write(ends[1], p, 1) == 1 && read(ends[0], &byte, 1) == 1;
}

static void expect(const char *what, void *result) { printf("%s: %s\n", what, result == MAP_FAILED ? error_name(errno) : "mapped"); }

int main(void) {
  char *p = map(NULL, 16 * PAGE, 0);
  CHECK(p != MAP_FAILED && ((uintptr_t)p & (PAGE - 1)) == 0);
  for (int i = 0; i < 16 * PAGE; i += 511) CHECK(p[i] == 0);
  memset(p, 'x', 16 * PAGE);
  // Holes: unmap single pages, write around them.
  CHECK(munmap(p + 3 * PAGE, PAGE) == 0 && munmap(p + 8 * PAGE, 2 * PAGE) == 0 && munmap(p + 15 * PAGE, PAGE) == 0);
  for (int i = 0; i < 16; i++) putchar(readable(p + i * PAGE) ? 'm' : '.');
  puts("");
  CHECK(munmap(p + 3 * PAGE, PAGE) == 0);  // nothing there is no error
  // A new fixed mapping replaces old pages with zeroes.
  CHECK(map(p + 2 * PAGE, 4 * PAGE, MAP_FIXED) == p + 2 * PAGE);
  for (int i = 0; i < 16; i++) putchar(!readable(p + i * PAGE) ? '.' : p[i * PAGE] ? p[i * PAGE] : '0');
  puts("");
  expect("noreplace over a mapping", map(p, PAGE, MAP_FIXED_NOREPLACE));
  expect("noreplace into a hole", map(p + 8 * PAGE, PAGE, MAP_FIXED_NOREPLACE));
  CHECK(munmap(p, 16 * PAGE) == 0);
  for (int i = 0; i < 16; i++) putchar(readable(p + i * PAGE) ? 'm' : '.');
  puts("");
  char *low = map(NULL, 4 * PAGE, MAP_32BIT);
  CHECK(low != MAP_FAILED && (uintptr_t)low + 4 * PAGE <= 0x80000000u);
  low[0] = 1;
  puts("32-bit mapping lies below 2 GiB");
  // A free hint is taken, a used one gives another place.
  char *hint = (char *)0x200000000000 - 64 * PAGE;
  char *first = map(hint, PAGE, 0), *second = map(hint, PAGE, 0);
  CHECK(first == hint && second != hint && second != MAP_FAILED);
  puts("hints are hints");
  expect("length zero", map(NULL, 0, 0));
  expect("fixed, misaligned", map(p + 1, PAGE, MAP_FIXED));
  expect("fixed, kernel half", map((void *)0xffff800000000000, PAGE, MAP_FIXED));
  expect("length too large", map(NULL, ~(size_t)0 - 8 * PAGE, 0));
  expect("neither shared nor private", mmap(NULL, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0));
  expect("bad descriptor", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 77, 0));
  expect("misaligned offset", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 0, 100));
  CHECK(munmap(p + 1, PAGE) == -1 && errno == EINVAL);
  CHECK(munmap(p, 0) == -1 && errno == EINVAL);
  char *populated = map(NULL, 8 * PAGE, MAP_POPULATE | MAP_NORESERVE);
  CHECK(populated != MAP_FAILED && populated[7 * PAGE] == 0);
  char *huge = mmap(NULL, 1ull << 40, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  CHECK(huge != MAP_FAILED && mprotect(huge + (1ull << 39), PAGE, PROT_READ | PROT_WRITE) == 0);
  huge[(1ull << 39) + 5] = 9;
  CHECK(munmap(huge, 1ull << 40) == 0);
  puts("a terabyte reserved, one page used");
  return 0;
}
