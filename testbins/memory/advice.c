// madvise, mincore, msync, mlock, and what they do to contents.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096 };

int main(void) {
  char *p = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(p != MAP_FAILED);
  memset(p, 'q', 8 * PAGE);
  CHECK(madvise(p + PAGE, 2 * PAGE, MADV_DONTNEED) == 0);
  CHECK(madvise(p + 5 * PAGE, PAGE, MADV_WILLNEED) == 0 && madvise(p, 8 * PAGE, MADV_NORMAL) == 0);
  for (int i = 0; i < 8; i++) putchar(p[i * PAGE] ? p[i * PAGE] : '0');
  puts(" after DONTNEED");
  CHECK(madvise(p + 1, PAGE, MADV_DONTNEED) == -1 && errno == EINVAL);
  CHECK(madvise(p, PAGE, 9999) == -1 && errno == EINVAL);
  CHECK(madvise(p, 0, MADV_DONTNEED) == 0);
  // A private file page returns to the file's contents.
  int fd = open("advice.bin", O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(fd >= 0 && ftruncate(fd, 2 * PAGE) == 0 && pwrite(fd, "file", 4, 0) == 4);
  char *private = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  CHECK(private != MAP_FAILED);
  memcpy(private, "mine", 4);
  printf("%.4s ", private);
  CHECK(madvise(private, PAGE, MADV_DONTNEED) == 0);
  printf("%.4s\n", private);
  // Shared mappings, write() and read() see one another.
  char *shared = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  char *again = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
  CHECK(shared != MAP_FAILED && again != MAP_FAILED);
  memcpy(shared + 10, "through memory", 14);
  char text[32] = {0};
  CHECK(pread(fd, text, 24, 0) == 24);
  CHECK(memcmp(text + 10, "through memory", 14) == 0 && memcmp(again + 10, "through memory", 14) == 0);
  CHECK(pwrite(fd, "through write", 13, 40) == 13 && memcmp(shared + 40, "through write", 13) == 0);
  CHECK(msync(shared, 2 * PAGE, MS_SYNC) == 0 && msync(shared, PAGE, MS_ASYNC) == 0);
  CHECK(msync(shared, PAGE, MS_SYNC | MS_ASYNC) == -1 && errno == EINVAL);
  puts("shared mappings are the file");
  // A file's mapping past its end in the last page reads as zeroes.
  CHECK(ftruncate(fd, 100) == 0);
  char *tail = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
  CHECK(tail != MAP_FAILED && tail[99] == 0 && tail[100] == 0 && tail[PAGE - 1] == 0);
  unsigned char resident[8] = {0};
  CHECK(mincore(p, 8 * PAGE, resident) == 0 && (resident[0] & 1));
  CHECK(munmap(p + 7 * PAGE, PAGE) == 0);
  CHECK(mincore(p, 8 * PAGE, resident) == -1 && errno == ENOMEM);
  CHECK(mincore(p + 1, PAGE, resident) == -1 && errno == EINVAL);
  CHECK(mlock(p, 2 * PAGE) == 0 && munlock(p, 2 * PAGE) == 0);
  CHECK(mlock(p + 7 * PAGE, PAGE) == -1 && errno == ENOMEM);
  puts("mincore and mlock answer");
  CHECK(msync(p, 8 * PAGE, MS_SYNC) == -1 && errno == ENOMEM);
  CHECK(unlink("advice.bin") == 0);
  return 0;
}
