// truncate, ftruncate, fallocate, posix_fadvise, fsync, sendfile, copy_file_range, RLIMIT_FSIZE's
// absence, sparse files.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static long size_of(const char *name) {
  struct stat s;
  CHECK(stat(name, &s) == 0);
  return (long)s.st_size;
}

int main(void) {
  int fd = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(write(fd, "abcdefghij", 10) == 10 && truncate("f", 4) == 0);
  printf("%ld\n", size_of("f"));
  CHECK(ftruncate(fd, 8) == 0);
  char text[32] = "????????";
  CHECK(pread(fd, text, 8, 0) == 8 && memcmp(text, "abcd\0\0\0\0", 8) == 0);
  CHECK(ftruncate(fd, 5000000000) == 0);
  printf("%ld\n", size_of("f"));
  CHECK(pwrite(fd, "far", 3, 4999999990) == 3 && pread(fd, text, 3, 4999999990) == 3 && memcmp(text, "far", 3) == 0);
  SHOW_ERROR(ftruncate(fd, -1));
  SHOW_ERROR(truncate("missing", 1));
  SHOW_ERROR(truncate(".", 1));
  CHECK(ftruncate(fd, 0) == 0 && fallocate(fd, 0, 100, 900) == 0);
  printf("allocated to %ld\n", size_of("f"));
  CHECK(fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 50000) == 0);
  printf("kept at %ld\n", size_of("f"));
  SHOW_ERROR(fallocate(fd, 0, -1, 10));
  SHOW_ERROR(fallocate(fd, 0, 0, 0));
  CHECK(posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL) == 0 && fsync(fd) == 0 && fdatasync(fd) == 0);
  sync();
  CHECK(pwrite(fd, "0123456789", 10, 0) == 10);
  int to = open("g", O_RDWR | O_CREAT | O_TRUNC, 0600);
  off_t offset = 2;
  ssize_t sent = sendfile(to, fd, &offset, 5);
  printf("sendfile %zd, offset %ld\n", sent, (long)offset);
  CHECK(lseek(fd, 7, SEEK_SET) == 7 && sendfile(to, fd, NULL, 3) == 3 && lseek(fd, 0, SEEK_CUR) == 10);
  CHECK(pread(to, text, 8, 0) == 8);
  printf("%.8s\n", text);
  off_t in = 0, out = 100;
  printf("copied %zd\n", copy_file_range(fd, &in, to, &out, 10, 0));
  printf("%ld %ld %ld\n", (long)in, (long)out, size_of("g"));
  SHOW_ERROR(sendfile(to, 99, NULL, 1));
  SHOW_ERROR(copy_file_range(fd, &in, to, &out, 10, 77));
  CHECK(pread(to, text, 10, 100) == 10 && memcmp(text, "0123456789", 10) == 0);
  return 0;
}
