// File mappings: offsets, lengths that do not end at a page, private copies, mappings that
// outlive their descriptor and their name, growth of the file under a mapping.

#define _GNU_SOURCE
#include "check.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096 };

int main(void) {
  int fd = open("mapped.bin", O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(fd >= 0);
  for (int i = 0; i < 3 * PAGE + 500; i += 4) CHECK(write(fd, &i, 4) == 4);
  uint32_t *whole = mmap(NULL, 3 * PAGE + 500, PROT_READ, MAP_PRIVATE, fd, 0);
  uint32_t *second = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, PAGE);
  uint32_t *copy = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 2 * PAGE);
  CHECK(whole != MAP_FAILED && second != MAP_FAILED && copy != MAP_FAILED);
  CHECK(close(fd) == 0 && unlink("mapped.bin") == 0);
  for (int i = 0; i < 3 * PAGE + 500; i += 4) CHECK(whole[i / 4] == (uint32_t)i);
  CHECK(whole[(3 * PAGE + 500) / 4] == 0 && second[0] == PAGE && copy[3] == 2 * PAGE + 12);
  second[5] = 0xabcdef;
  CHECK(whole[PAGE / 4 + 5] == 0xabcdef);  // a private mapping not written yet shows the file
  copy[5] = 77;
  CHECK(whole[2 * PAGE / 4 + 5] == 2 * PAGE + 20);
  copy[PAGE / 4 + 300] = 5;  // past the end, but inside the last page
  puts("mappings outlive name and descriptor");

  fd = open("grows.bin", O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(ftruncate(fd, 10) == 0);
  char *p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  CHECK(p != MAP_FAILED);
  memcpy(p, "0123456789", 10);
  CHECK(ftruncate(fd, 3 * PAGE) == 0);
  p[2 * PAGE + 5] = 'z';  // this page exists now
  char c;
  CHECK(pread(fd, &c, 1, 2 * PAGE + 5) == 1 && c == 'z');
  CHECK(lseek(fd, 0, SEEK_END) == 3 * PAGE);
  puts("a file may grow under its mapping");
  // A descriptor may be replaced while a mapping of it lives.
  int other = open("other.bin", O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(write(other, "another", 7) == 7 && dup2(other, fd) == fd);
  CHECK(memcmp(p, "0123456789", 10) == 0);
  CHECK(close(fd) == 0 && close(other) == 0 && unlink("grows.bin") == 0 && unlink("other.bin") == 0);
  // Reading a file into a mapping of itself.
  fd = open("self.bin", O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(ftruncate(fd, PAGE) == 0 && pwrite(fd, "abcdef", 6, 0) == 6);
  char *self = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  CHECK(pread(fd, self + 100, 6, 0) == 6 && memcmp(self + 100, "abcdef", 6) == 0);
  CHECK(unlink("self.bin") == 0);
  puts("a file may be read into its own mapping");
  return 0;
}
