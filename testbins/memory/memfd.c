// memfd_create, shared anonymous memory, two views of one object at different protections.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096 };

int main(void) {
  int fd = (int)syscall(SYS_memfd_create, "views", 0);
  CHECK(fd >= 0 && ftruncate(fd, 2 * PAGE) == 0);
  char *writer = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  char *reader = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, PAGE);
  CHECK(writer != MAP_FAILED && reader != MAP_FAILED);
  strcpy(writer + PAGE, "seen through the other view");
  puts(reader);
  char text[32] = {0};
  CHECK(pread(fd, text, 4, PAGE) == 4);
  puts(text);
  // The same object wrapped around: two adjacent views make a ring buffer.
  char *ring = mmap(NULL, 2 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(mmap(ring, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == ring);
  CHECK(mmap(ring + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == ring + PAGE);
  strcpy(ring + PAGE - 5, "around the corner");
  printf("%.5s|%s\n", ring + PAGE - 5, ring);
  uint64_t *straddling = (uint64_t *)(void *)(ring + PAGE - 4);
  *straddling = 0x1122334455667788;
  uint32_t start, end;
  memcpy(&start, ring, 4);
  memcpy(&end, ring + 2 * PAGE - 4, 4);
  printf("%08x %08x\n", start, end);
  return 0;
}
