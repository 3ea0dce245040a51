// run: unblock -> SIGTERM
// run: pipe -> exit 141
// run: pipe-default -> SIGPIPE
// run: fsize -> SIGXFSZ
// run: alarm -> SIGALRM
// run: cpu -> SIGXCPU
// Deaths that come from elsewhere than an instruction: a blocked signal that is let through, a
// broken pipe, limits of file size and processor time, an alarm.

#define _GNU_SOURCE
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "";
  setvbuf(stdout, NULL, _IONBF, 0);
  printf("%s\n", mode);
  int ends[2];
  CHECK(pipe(ends) == 0);
  if (!strcmp(mode, "unblock")) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGTERM);
    puts("still here");
    sigprocmask(SIG_UNBLOCK, &set, NULL);
  } else if (!strcmp(mode, "pipe")) {
    signal(SIGPIPE, SIG_IGN);
    close(ends[0]);
    return write(ends[1], "x", 1) < 0 ? 141 : 1;
  } else if (!strcmp(mode, "pipe-default")) {
    signal(SIGPIPE, SIG_DFL);
    close(ends[0]);
    CHECK(write(ends[1], "x", 1) == 1);
  } else if (!strcmp(mode, "fsize")) {
    struct rlimit limit = {1000, 1000};
    signal(SIGXFSZ, SIG_DFL);
    int fd = open("limited", O_RDWR | O_CREAT, 0600);
    static char block[1500];
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK(write(fd, block, 1500) == 1000);  // what fits
    CHECK(write(fd, block, 1) == 1);
  } else if (!strcmp(mode, "alarm")) {
    struct timespec forever = {100, 0};
    ualarm(30000, 0);
    nanosleep(&forever, NULL);
  } else if (!strcmp(mode, "cpu")) {
    struct rlimit limit = {1, 10};
    CHECK(setrlimit(RLIMIT_CPU, &limit) == 0);
    for (volatile unsigned long i = 0;; i++) {}
  }
  puts("survived");
  return 98;
}
