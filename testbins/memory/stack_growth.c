// run: deep
// run: limit
// run: overflow -> SIGSEGV
// run: huge-frame -> SIGSEGV
// run: alternate
// The stack: it grows on demand up to RLIMIT_STACK, which counts at the time of the fault; a
// MAP_GROWSDOWN mapping grows too; a jump far below the limit is a fault.

#define _GNU_SOURCE
#include "check.h"

#include <sys/mman.h>
#include <sys/resource.h>

static volatile int depth_reached;

__attribute__((noinline)) static int recurse(int depth) {
  volatile char frame[4000];
  frame[0] = (char)depth;
  frame[3999] = (char)(depth >> 8);
  depth_reached = depth;
  if (depth == 0) return frame[0];
  return recurse(depth - 1) + frame[0] - frame[3999];
}

__attribute__((noinline)) static void touch_below(size_t distance) {
  volatile char *here = __builtin_frame_address(0);
  *(here - distance) = 1;
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "deep";
  struct rlimit limit;
  CHECK(getrlimit(RLIMIT_STACK, &limit) == 0);
  setvbuf(stdout, NULL, _IONBF, 0);
  if (strcmp(mode, "deep") == 0) {
    printf("%d\n", recurse(1500));  // 6 MB of the usual 8
    touch_below(1 << 20);           // already grown
    puts("deep recursion works");
  } else if (strcmp(mode, "limit") == 0) {
    limit.rlim_cur = 32 << 20;
    CHECK(limit.rlim_max == RLIM_INFINITY || limit.rlim_max >= 32 << 20);
    CHECK(setrlimit(RLIMIT_STACK, &limit) == 0);
    printf("%d\n", recurse(6000));  // 24 MB
    puts("a raised limit counts at once");
  } else if (strcmp(mode, "overflow") == 0) {
    limit.rlim_cur = 1 << 20;
    CHECK(setrlimit(RLIMIT_STACK, &limit) == 0);
    puts("running into the limit");
    recurse(1000);
    puts("not reached");
  } else if (strcmp(mode, "huge-frame") == 0) {
    puts("far below the stack");
    touch_below(64 << 20);
    puts("not reached");
  } else {
    // A private stack of its own that grows downwards from one page.
    char *area = mmap(NULL, 4 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(area != MAP_FAILED && munmap(area, 4 << 20) == 0);
    char *top = area + (3 << 20);
    char *p = mmap(top, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_GROWSDOWN, -1, 0);
    CHECK(p == top);
    for (int i = 1; i < 100; i++) top[-i * 4096] = (char)i;
    int sum = 0;
    for (int i = 1; i < 100; i++) sum += top[-i * 4096];
    printf("grown by 99 pages, sum %d\n", sum);
  }
  return 0;
}
