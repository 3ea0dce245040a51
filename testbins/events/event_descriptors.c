// eventfd, signalfd, pidfd: counting, semaphores, signals read as records, processes held by a descriptor.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

static int ready(int fd) {
  struct pollfd poll_fd = {fd, POLLIN | POLLOUT, 0};
  CHECK(poll(&poll_fd, 1, 0) >= 0);
  return poll_fd.revents;
}

static void counters(void) {
  uint64_t value = 0;
  const int counter = eventfd(3, EFD_NONBLOCK), semaphore = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
  printf("ready %x %x\n", (unsigned)ready(counter), (unsigned)ready(semaphore));
  value = 4;
  CHECK(write(counter, &value, 8) == 8);
  CHECK(read(counter, &value, 8) == 8);
  printf("counter %llu, then ", (unsigned long long)value);
  SHOW_ERROR(read(counter, &value, 8));
  CHECK(read(semaphore, &value, 8) == 8);
  printf("semaphore %llu, ", (unsigned long long)value);
  CHECK(read(semaphore, &value, 8) == 8);
  printf("%llu, then ", (unsigned long long)value);
  SHOW_ERROR(read(semaphore, &value, 8));
  value = UINT64_MAX;
  SHOW_ERROR(write(counter, &value, 8));
  value = UINT64_MAX - 1;
  CHECK(write(counter, &value, 8) == 8);
  value = 1;
  SHOW_ERROR(write(counter, &value, 8));
  printf("full: ready %x\n", (unsigned)ready(counter));
  SHOW_ERROR(write(counter, &value, 4));
  SHOW_ERROR(read(counter, &value, 7));
  SHOW_ERROR(eventfd(0, 4));
  printf("close on exec %d\n", fcntl(semaphore, F_GETFD));
  close(counter), close(semaphore);
}

static void signals(void) {
  sigset_t set;
  struct signalfd_siginfo info[4];
  sigemptyset(&set), sigaddset(&set, SIGUSR1), sigaddset(&set, SIGRTMIN), sigaddset(&set, SIGSEGV);
  CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
  const int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  CHECK(fd >= 0);
  SHOW_ERROR(read(fd, info, sizeof info));
  kill(getpid(), SIGUSR1), kill(getpid(), SIGUSR1);
  sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 1});
  sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 2});
  printf("ready %x\n", (unsigned)ready(fd));
  const ssize_t size = read(fd, info, sizeof info);
  for (ssize_t i = 0; i < size / (ssize_t)sizeof *info; i++)
    printf("signal %u code %d from itself %d value %d\n", info[i].ssi_signo - (info[i].ssi_signo > 32 ? (unsigned)SIGRTMIN - 34 : 0),
           info[i].ssi_code, info[i].ssi_pid == (uint32_t)getpid(), info[i].ssi_code == SI_QUEUE ? info[i].ssi_int : 0);
  // Other signals from now on.
  sigdelset(&set, SIGUSR1);
  CHECK(signalfd(fd, &set, 0) == fd);
  kill(getpid(), SIGUSR1);
  printf("not asked for: ready %x\n", (unsigned)ready(fd));
  sigset_t pending;
  sigpending(&pending);
  printf("pending %d\n", sigismember(&pending, SIGUSR1));
  signal(SIGUSR1, SIG_IGN);
  SHOW_ERROR(signalfd(0, &set, 0));
  SHOW_ERROR(signalfd(-1, &set, 1));
  SHOW_ERROR(read(fd, info, 100));
  close(fd);
}

static void processes(void) {
  int gate[2];
  CHECK(pipe(gate) == 0);
  fflush(stdout);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    char byte;
    close(gate[1]);
    _exit(read(gate[0], &byte, 1) == 1 ? 7 : 8);
  }
  const int fd = (int)syscall(SYS_pidfd_open, child, 0);
  CHECK(fd >= 0);
  printf("close on exec %d, ready %x\n", fcntl(fd, F_GETFD), (unsigned)ready(fd));
  SHOW_ERROR(syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0));
  CHECK(write(gate[1], "x", 1) == 1);
  struct pollfd end = {fd, POLLIN, 0};
  CHECK(poll(&end, 1, 10000) == 1);
  siginfo_t info = {0};
  CHECK(waitid(P_PIDFD, (id_t)fd, &info, WEXITED) == 0);
  printf("ended: code %d status %d the child %d\n", info.si_code, info.si_status, info.si_pid == child);
  SHOW_ERROR(waitid(P_PIDFD, (id_t)fd, &info, WEXITED));
  SHOW_ERROR(syscall(SYS_pidfd_send_signal, fd, SIGTERM, NULL, 0));
  SHOW_ERROR(syscall(SYS_pidfd_open, child, 0));
  SHOW_ERROR(syscall(SYS_pidfd_open, -1, 0));
  SHOW_ERROR(syscall(SYS_pidfd_open, getpid(), 1));
  SHOW_ERROR(syscall(SYS_pidfd_send_signal, gate[0], 0, NULL, 0));
  close(fd);
  const int own = (int)syscall(SYS_pidfd_open, getpid(), 0);
  signal(SIGUSR2, SIG_IGN);
  SHOW_ERROR(syscall(SYS_pidfd_send_signal, own, SIGUSR2, NULL, 0));
  close(own), close(gate[0]), close(gate[1]);
}

int main(void) {
  counters();
  signals();
  processes();
  return 0;
}
