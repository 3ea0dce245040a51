// open, read, write, lseek, pread, pwrite, readv, writev, preadv: offsets and short counts.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void) {
  int fd = open("data", O_RDWR | O_CREAT | O_EXCL, 0644);
  CHECK(fd >= 0);
  SHOW_ERROR(open("data", O_RDWR | O_CREAT | O_EXCL, 0644));
  SHOW_ERROR(open("missing", O_RDONLY));
  char text[64] = "";
  CHECK(write(fd, "0123456789", 10) == 10 && write(fd, "abcdef", 6) == 6);
  printf("at %ld, ", (long)lseek(fd, 0, SEEK_CUR));
  printf("%zd bytes at the end\n", read(fd, text, 10));
  CHECK(lseek(fd, -8, SEEK_END) == 8 && read(fd, text, 20) == 8);
  printf("%.8s\n", text);
  CHECK(pread(fd, text, 4, 3) == 4 && memcmp(text, "3456", 4) == 0 && lseek(fd, 0, SEEK_CUR) == 16);
  CHECK(pwrite(fd, "XY", 2, 5) == 2 && pread(fd, text, 16, 0) == 16);
  printf("%.16s\n", text);
  SHOW_ERROR(lseek(fd, -100, SEEK_CUR));
  SHOW_ERROR(lseek(fd, 0, 77));
  SHOW_ERROR(pread(fd, text, 1, -1));
  CHECK(lseek(fd, 100, SEEK_SET) == 100 && write(fd, "!", 1) == 1 && pread(fd, text, 30, 80) == 21);
  for (int i = 0; i < 20; i++) CHECK(text[i] == 0);
  CHECK(lseek(fd, 0, SEEK_DATA) == 0);
  puts("holes read as zeroes");
  char a[3], b[5], c[4];
  struct iovec parts[] = {{a, 3}, {b, 5}, {NULL, 0}, {c, 4}};
  CHECK(preadv(fd, parts, 4, 0) == 12 && !memcmp(a, "012", 3) && !memcmp(b, "34XY7", 5) && !memcmp(c, "89ab", 4));
  struct iovec out[] = {{"one ", 4}, {"two ", 4}, {"three", 5}};
  CHECK(lseek(fd, 0, SEEK_SET) == 0 && writev(fd, out, 3) == 13 && pread(fd, text, 13, 0) == 13);
  printf("%.13s\n", text);
  volatile int negative = -1;
  void *volatile nowhere = (void *)8;
  void *volatile kernel = (void *)0xffff800000000000;
  SHOW_ERROR(writev(fd, out, negative));
  SHOW_ERROR(readv(fd, nowhere, 1));
  SHOW_ERROR(write(77, "x", 1));
  SHOW_ERROR(read(fd, nowhere, 10));
  SHOW_ERROR(write(fd, kernel, 10));
  SHOW_ERROR(write(fd, NULL, 0));
  CHECK(close(fd) == 0);
  SHOW_ERROR(close(fd));
  SHOW_ERROR(read(fd, text, 1));
  fd = open("data", O_RDONLY);
  SHOW_ERROR(write(fd, "x", 1));
  SHOW_ERROR(ftruncate(fd, 5));
  close(fd);
  fd = open("data", O_WRONLY | O_APPEND);
  CHECK(lseek(fd, 0, SEEK_SET) == 0 && write(fd, "tail", 4) == 4 && lseek(fd, 0, SEEK_CUR) == 105);
  SHOW_ERROR(read(fd, text, 1));
  close(fd);
  fd = open("data", O_RDWR | O_TRUNC);
  CHECK(lseek(fd, 0, SEEK_END) == 0 && close(fd) == 0 && unlink("data") == 0);
  // A buffer that is only partly there: what fits is transferred.
  fd = open("/dev/zero", O_RDONLY);
  CHECK(read(fd, text, 64) == 64 && text[63] == 0);
  puts("done");
  return 0;
}
