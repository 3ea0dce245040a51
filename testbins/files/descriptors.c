// dup, dup2, dup3, fcntl, close_range, O_CLOEXEC, the lowest free number, RLIMIT_NOFILE, pipes.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  int first = open("/dev/null", O_RDWR);
  printf("lowest free descriptor %d\n", first);
  int second = dup(first), third = fcntl(first, F_DUPFD, 10), fourth = fcntl(first, F_DUPFD_CLOEXEC, 10);
  printf("%d %d %d\n", second, third, fourth);
  printf("flags %d %d\n", fcntl(third, F_GETFD), fcntl(fourth, F_GETFD));
  CHECK(dup2(first, 20) == 20 && dup2(first, first) == first && dup3(first, 21, O_CLOEXEC) == 21);
  printf("flags %d %d\n", fcntl(20, F_GETFD), fcntl(21, F_GETFD));
  SHOW_ERROR(dup3(first, first, 0));
  SHOW_ERROR(dup(99));
  SHOW_ERROR(dup2(99, 5));
  SHOW_ERROR(dup2(first, -1));
  SHOW_ERROR(fcntl(99, F_GETFL));
  SHOW_ERROR(fcntl(first, 9999));
  int flags = fcntl(first, F_GETFL);
  printf("access mode %d\n", flags & O_ACCMODE);
  CHECK(fcntl(first, F_SETFL, flags | O_APPEND | O_NONBLOCK) == 0);
  printf("status flags shared by the duplicate: %d\n", (fcntl(second, F_GETFL) & (O_APPEND | O_NONBLOCK)) == (O_APPEND | O_NONBLOCK));
  CHECK(close(first) == 0 && open("/dev/zero", O_RDONLY | O_CLOEXEC) == first && fcntl(first, F_GETFD) == FD_CLOEXEC);
  CHECK(syscall(SYS_close_range, 10, 30, 0) == 0);
  SHOW_ERROR(fcntl(third, F_GETFD));

  struct rlimit limit;
  CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
  rlim_t saved = limit.rlim_cur;
  limit.rlim_cur = 16;
  CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
  int opened = 0;
  while (open("/dev/null", O_RDONLY) >= 0) opened++;
  printf("under a limit of 16: %d more, then %s\n", opened, error_name(errno));
  SHOW_ERROR(dup2(0, 16));
  limit.rlim_cur = saved;
  CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0 && syscall(SYS_close_range, 3, 200, 0) == 0);

  int ends[2];
  CHECK(pipe2(ends, O_NONBLOCK) == 0);
  char text[100];
  SHOW_ERROR(read(ends[0], text, 10));
  CHECK(write(ends[1], "through the pipe", 16) == 16);
  int waiting = 0;
  CHECK(ioctl(ends[0], FIONREAD, &waiting) == 0);
  printf("%d bytes wait\n", waiting);
  struct pollfd fds[2] = {{ends[0], POLLIN, 0}, {ends[1], POLLOUT, 0}};
  int ready = poll(fds, 2, 0);
  printf("poll %d %d %d\n", ready, fds[0].revents, fds[1].revents);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[0], &set);
  struct timeval zero = {0, 0};
  printf("select %d\n", select(ends[0] + 1, &set, NULL, NULL, &zero));
  CHECK(read(ends[0], text, 100) == 16 && memcmp(text, "through the pipe", 16) == 0);
  static char full[4096];
  int pages = 0;
  while (write(ends[1], full, 4096) == 4096) pages++;
  printf("pipe holds %d pages, then %s\n", pages, error_name(errno));
  SHOW_ERROR(lseek(ends[0], 0, SEEK_SET));
  CHECK(close(ends[1]) == 0);
  while (read(ends[0], full, 4096) > 0) {}
  printf("end of file: %zd\n", read(ends[0], text, 1));
  fds[0].revents = 0;
  CHECK(poll(fds, 1, 0) == 1);
  printf("hang-up %d\n", fds[0].revents & POLLHUP);
  SHOW_ERROR(pipe2(ends, 0x123));
  SHOW_ERROR(isatty(ends[0]) - 1);
  return 0;
}
