// Moving bytes without touching them: splice, tee, vmsplice, sendfile, copy_file_range; what they refuse.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static char buffer[1 << 17];

static int file_with(const char *name, size_t size) {
  const int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
  CHECK(fd >= 0);
  for (size_t i = 0; i < size; i++) buffer[i] = (char)(i * 31 + i / 256);
  CHECK(write(fd, buffer, size) == (ssize_t)size && lseek(fd, 0, SEEK_SET) == 0);
  return fd;
}

static void show_rest(const char *what, int fd) {
  uint64_t digest = DIGEST_SEED;
  size_t total = 0;
  ssize_t count;
  while ((count = read(fd, buffer, sizeof buffer)) > 0) {
    digest = digest_bytes(digest, buffer, (size_t)count);
    total += (size_t)count;
  }
  printf("%s: %zu bytes ", what, total);
  report("", digest);
}

int main(void) {
  const int from = file_with("from", 100000), to = file_with("to", 0);
  int ends[2], other[2], pair[2];
  CHECK(pipe2(ends, O_NONBLOCK) == 0 && pipe2(other, O_NONBLOCK) == 0);
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);

  loff_t offset = 50000, target = 10;
  printf("%zd ", splice(from, &offset, ends[1], NULL, 5000, 0));
  printf("offset %lld, place %lld\n", (long long)offset, (long long)lseek(from, 0, SEEK_CUR));
  printf("%zd\n", tee(ends[0], other[1], 3000, 0));
  printf("%zd ", splice(ends[0], NULL, to, &target, 4096, SPLICE_F_MOVE));
  printf("offset %lld\n", (long long)target);
  show_rest("what is left", ends[0]);
  show_rest("the copy", other[0]);
  lseek(to, 0, SEEK_SET);
  show_rest("the file", to);

  strcpy(buffer, "from memory");
  const struct iovec vector[2] = {{buffer, 5}, {buffer + 5, 6}};
  printf("%zd\n", vmsplice(ends[1], vector, 2, 0));
  char text[32] = "";
  CHECK(read(ends[0], text, sizeof text) == 11);
  puts(text);

  off_t place = 90000;
  printf("%zd ", sendfile(pair[0], from, &place, 20000));
  printf("offset %lld\n", (long long)place);
  shutdown(pair[0], SHUT_WR);
  show_rest("through a socket", pair[1]);
  lseek(from, 99000, SEEK_SET);
  printf("%zd, place %lld\n", sendfile(to, from, NULL, 5000), (long long)lseek(from, 0, SEEK_CUR));

  offset = 0, target = 200000;
  printf("%zd ", copy_file_range(from, &offset, to, &target, 7777, 0));
  printf("%lld %lld size %lld\n", (long long)offset, (long long)target, (long long)lseek(to, 0, SEEK_END));
  offset = 0, target = 100;
  SHOW_ERROR(copy_file_range(from, &offset, from, &target, 1000, 0));
  SHOW_ERROR(copy_file_range(from, NULL, ends[1], NULL, 10, 0));
  SHOW_ERROR(copy_file_range(from, NULL, to, NULL, 10, 1));
  SHOW_ERROR(splice(from, NULL, to, NULL, 10, 0));
  SHOW_ERROR(splice(ends[0], &offset, to, NULL, 10, 0));
  SHOW_ERROR(splice(ends[0], NULL, to, NULL, 10, SPLICE_F_NONBLOCK));
  SHOW_ERROR(splice(ends[0], NULL, ends[1], NULL, 10, 0));
  SHOW_ERROR(tee(ends[0], ends[1], 10, 0));
  SHOW_ERROR(tee(from, ends[1], 10, 0));
  SHOW_ERROR(sendfile(to, ends[0], NULL, 10));
  SHOW_ERROR(sendfile(to, from, (off_t *)(uintptr_t)8, 10));
  const int appending = open("to", O_WRONLY | O_APPEND);
  SHOW_ERROR(splice(ends[0], NULL, appending, NULL, 10, 0));
  return 0;
}
