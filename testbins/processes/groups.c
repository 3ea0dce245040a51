// Sessions, process groups, orphans, subreapers, death signals, priorities, usage and limits of children.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child_of(void) {
  fflush(stdout);
  pid_t pid = fork();
  if (pid < 0) {
    perror("fork");
    exit(98);
  }
  return pid;
}

static int status_of(pid_t pid) {
  int word;
  CHECK(waitpid(pid, &word, 0) == pid);
  return word;
}

static void sessions(void) {
  pid_t pid = child_of();
  if (pid == 0) {
    CHECK(getpgrp() == getpgid(getppid()));
    CHECK(setsid() == getpid() && getsid(0) == getpid() && getpgrp() == getpid());
    CHECK(setsid() == -1 && errno == EPERM);
    CHECK(setpgid(0, 0) == -1 && errno == EPERM);
    _exit(0);
  }
  CHECK(status_of(pid) == 0);
  int ready[2];
  CHECK(pipe(ready) == 0);
  pid = child_of();
  if (pid == 0) {
    setpgid(0, 0);
    char byte = 0;
    if (write(ready[1], &byte, 1) != 1) _exit(95);
    for (;;) pause();
  }
  char byte;
  CHECK(read(ready[0], &byte, 1) == 1);
  CHECK(getpgid(pid) == pid && killpg(pid, SIGTERM) == 0);
  CHECK(waitpid(-pid, NULL, 0) == pid);
  CHECK(setpgid(pid, 0) == -1 && errno == ESRCH);
  printf("sessions and groups\n");
}

static void subreaper(void) {
  CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  int flag = 0;
  CHECK(prctl(PR_GET_CHILD_SUBREAPER, &flag) == 0 && flag == 1);
  pid_t self = getpid();
  pid_t pid = child_of();
  if (pid == 0) {
    flag = 1;
    CHECK(prctl(PR_GET_CHILD_SUBREAPER, &flag) == 0 && flag == 0);
    pid_t middle = getpid();
    if (child_of() == 0) {
      while (getppid() == middle) usleep(1000);
      _exit(getppid() == self ? 44 : 45);
    }
    _exit(1);
  }
  CHECK(status_of(pid) == 1 << 8);
  int word;
  CHECK(wait(&word) > 0);
  printf("adopted: %d\n", WEXITSTATUS(word));
  CHECK(prctl(PR_SET_CHILD_SUBREAPER, 0) == 0);
}

static void death_signal(void) {
  int ends[2], word;
  CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  CHECK(pipe(ends) == 0);
  pid_t pid = child_of();
  if (pid == 0) {
    pid_t inner = child_of();
    if (inner == 0) {
      CHECK(prctl(PR_SET_PDEATHSIG, SIGUSR1) == 0);
      int number = 0;
      CHECK(prctl(PR_GET_PDEATHSIG, &number) == 0 && number == SIGUSR1);
      if (write(ends[1], &number, 1) != 1) _exit(95);
      for (;;) pause();
    }
    char byte;
    CHECK(read(ends[0], &byte, 1) == 1);
    _exit(0);
  }
  CHECK(status_of(pid) == 0);
  CHECK(wait(&word) > 0);
  printf("death signal: %d\n", WTERMSIG(word));
  CHECK(prctl(PR_SET_CHILD_SUBREAPER, 0) == 0);
}

static void pid_descriptors(void) {
  pid_t pid = child_of();
  if (pid == 0) {
    for (;;) pause();
  }
  int descriptor = syscall(SYS_pidfd_open, pid, 0);
  CHECK(descriptor >= 0 && (fcntl(descriptor, F_GETFD) & FD_CLOEXEC));
  struct pollfd entry = {.fd = descriptor, .events = POLLIN};
  CHECK(poll(&entry, 1, 0) == 0);
  CHECK(syscall(SYS_pidfd_send_signal, descriptor, SIGTERM, NULL, 0) == 0);
  CHECK(poll(&entry, 1, 5000) == 1 && entry.revents & POLLIN);
  siginfo_t info;
  CHECK(waitid(P_PIDFD, descriptor, &info, WEXITED) == 0 && info.si_pid == pid && info.si_status == SIGTERM);
  close(descriptor);
  CHECK(syscall(SYS_pidfd_open, pid, 0) == -1 && errno == ESRCH);
  printf("descriptors of processes\n");
}

static void usage(void) {
  pid_t pid = child_of();
  if (pid == 0) {
    volatile unsigned long sum = 0;
    struct rusage now;
    do {
      for (int i = 0; i < 100000; i++) sum += i;
      getrusage(RUSAGE_SELF, &now);
    } while (now.ru_utime.tv_usec + now.ru_stime.tv_usec < 20000 && now.ru_utime.tv_sec == 0);
    _exit(0);
  }
  struct rusage one, all;
  int word;
  CHECK(wait4(pid, &word, 0, &one) == pid && word == 0);
  CHECK(one.ru_utime.tv_sec > 0 || one.ru_utime.tv_usec + one.ru_stime.tv_usec >= 20000);
  CHECK(getrusage(RUSAGE_CHILDREN, &all) == 0);
  CHECK(all.ru_utime.tv_sec * 1000000 + all.ru_utime.tv_usec >= one.ru_utime.tv_sec * 1000000 + one.ru_utime.tv_usec);
  printf("usage of children\n");
}

static void limits(void) {
  pid_t pid = child_of();
  if (pid == 0) {
    struct rlimit limit = {1, 5};
    CHECK(setrlimit(RLIMIT_CPU, &limit) == 0);
    limit.rlim_cur = limit.rlim_max = 64 << 20;
    CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
    CHECK(malloc(100 << 20) == NULL);
    limit.rlim_cur = limit.rlim_max = 100;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    signal(SIGXFSZ, SIG_IGN);
    int file = open("limit.tmp", O_RDWR | O_CREAT | O_TRUNC, 0600);
    char block[200] = {0};
    CHECK(write(file, block, 200) == 100);
    CHECK(write(file, block, 1) == -1 && errno == EFBIG);
    unlink("limit.tmp");
    pid_t inner = child_of();
    if (inner == 0) {
      struct rlimit now;
      CHECK(getrlimit(RLIMIT_AS, &now) == 0 && now.rlim_cur == 64 << 20);
      CHECK(malloc(100 << 20) == NULL);
      for (;;) {
      }
    }
    _exit(status_of(inner));
  }
  struct rlimit old;
  CHECK(prlimit(pid, RLIMIT_NOFILE, NULL, &old) == 0 || errno == ESRCH);
  int word = status_of(pid);
  printf("limits of children: %d\n", WEXITSTATUS(word));
}

int main(void) {
  sessions();
  subreaper();
  death_signal();
  pid_descriptors();
  usage();
  limits();
  return 0;
}
