// brk and sbrk: growth, shrinking (pages come back as zeroes), limits, RLIMIT_DATA.

#define _GNU_SOURCE
#include "check.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static char *set_break(void *to) { return (char *)syscall(SYS_brk, to); }

int main(void) {
  setvbuf(stdout, NULL, _IONBF, 0);  // no allocation by the library in between
  char *start = set_break(NULL);
  CHECK(set_break(start + 100) == start + 100);
  memset(start, 'a', 100);
  char *page = (char *)(((uintptr_t)start + 8191) & ~4095ull);
  CHECK(set_break(page + 3 * 4096 + 5) == page + 3 * 4096 + 5);
  for (char *p = page; p < page + 3 * 4096; p++) CHECK(*p == 0);
  memset(page, 'b', 3 * 4096 + 5);
  CHECK(start[50] == 'a' || page <= start + 50);
  puts("the break grows with zeroes");
  CHECK(set_break(page + 4096) == page + 4096);
  CHECK(set_break(page + 3 * 4096) == page + 3 * 4096);
  for (char *p = page + 4096; p < page + 3 * 4096; p++) CHECK(*p == 0);
  for (char *p = page; p < page + 4096; p++) CHECK(*p == 'b');
  puts("pages given back return as zeroes");
  char *now = set_break(NULL);
  CHECK(set_break((void *)4096) == now);                       // below the start: refused
  CHECK(set_break((void *)0x7ffffffff000) == now);             // into the stack: refused
  CHECK(set_break((void *)0xffffffff80000000) == now);
  puts("impossible breaks leave it alone");
  struct rlimit limit = {1 << 20, RLIM_INFINITY};
  CHECK(setrlimit(RLIMIT_DATA, &limit) == 0);
  CHECK(set_break(now + (64 << 20)) == now);
  limit.rlim_cur = RLIM_INFINITY;
  CHECK(setrlimit(RLIMIT_DATA, &limit) == 0);
  CHECK(set_break(now + (64 << 20)) == now + (64 << 20));
  now[(64 << 20) - 1] = 7;
  puts("RLIMIT_DATA bounds the break");
  CHECK(set_break(start) == start);
  return 0;
}
