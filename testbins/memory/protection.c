// mprotect: every transition seen through the kernel's own access checks, splits and merges,
// errors. A faulting access is left to the programs that die of one.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096 };
static int pipe_ends[2];

// 'r' readable, 'w' writable, by asking the kernel to copy from and to the page.
static void show(const char *p, int pages) {
  for (int i = 0; i < pages; i++) {
    char *at = (char *)p + i * PAGE, back;
    int can_read = write(pipe_ends[1], at, 1) == 1, can_write;
    if (!can_read) CHECK(write(pipe_ends[1], "?", 1) == 1);
    can_write = read(pipe_ends[0], at, 1) == 1;
    if (!can_write) CHECK(errno == EFAULT);
    // A failed read may or may not have consumed the byte: empty the pipe.
    while (read(pipe_ends[0], &back, 1) == 1) {}
    printf("%c%c ", can_read ? 'r' : '-', can_write ? 'w' : '-');
  }
  puts("");
}

int main(void) {
  CHECK(pipe2(pipe_ends, O_NONBLOCK) == 0);
  char *p = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(p != MAP_FAILED);
  for (int i = 0; i < 8; i++) p[i * PAGE] = (char)('a' + i);
  show(p, 8);
  CHECK(mprotect(p + PAGE, 2 * PAGE, PROT_READ) == 0);
  show(p, 8);
  CHECK(mprotect(p + 2 * PAGE, 4 * PAGE, PROT_NONE) == 0);
  show(p, 8);
  CHECK(mprotect(p + 4 * PAGE, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC) == 0);
  CHECK(mprotect(p + 5 * PAGE, PAGE, PROT_EXEC | PROT_READ) == 0);
  show(p, 8);
  CHECK(mprotect(p, 8 * PAGE, PROT_READ | PROT_WRITE) == 0);
  show(p, 8);
  for (int i = 0; i < 8; i++) putchar(p[i * PAGE]);  // contents survive all of it
  puts("");
  int result = mprotect(p + 1, PAGE, PROT_READ);
  printf("misaligned: %d %d\n", result, errno == EINVAL);
  printf("length zero: %d\n", mprotect(p, 0, PROT_READ));
  CHECK(munmap(p + 4 * PAGE, PAGE) == 0);
  result = mprotect(p, 8 * PAGE, PROT_READ);
  printf("across a hole: %d %d\n", result, errno == ENOMEM);
  show(p, 4);  // pages before the hole have changed
  // Write-only memory is readable on x86.
  CHECK(mprotect(p, PAGE, PROT_WRITE) == 0);
  p[1] = 'z';
  putchar(*(volatile char *)(p + 1));
  puts("");
  // A file opened for reading may be mapped shared, but never made writable.
  int fd = open("/proc/self/exe", O_RDONLY);
  char *file = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
  CHECK(file != MAP_FAILED && memcmp(file, "\177ELF", 4) == 0);
  result = mprotect(file, PAGE, PROT_READ | PROT_WRITE);
  printf("read-only file: %d %d\n", result, errno == EACCES);
  errno = 0;
  void *refused = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  printf("mapped shared and writable: %d %d\n", refused == MAP_FAILED, errno == EACCES);
  char *private = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  CHECK(private != MAP_FAILED);
  private[0] = 'X';
  printf("private copy: %c%c%c%c\n", private[0], private[1], private[2], file[1]);
  return 0;
}
