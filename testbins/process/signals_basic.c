// Signal bookkeeping without handlers: masks, pending sets, ignored and default dispositions.

#define _GNU_SOURCE
#include "errors.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  sigset_t set, old, pending;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigaddset(&set, SIGTERM);
  CHECK(sigprocmask(SIG_BLOCK, &set, &old) == 0 && sigprocmask(SIG_SETMASK, NULL, &old) == 0);
  printf("blocked %d %d %d\n", sigismember(&old, SIGUSR1), sigismember(&old, SIGTERM), sigismember(&old, SIGINT));
  CHECK(kill(getpid(), SIGUSR1) == 0 && raise(SIGTERM) == 0 && sigpending(&pending) == 0);
  printf("pending %d %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGTERM), sigismember(&pending, SIGINT));
  CHECK(signal(SIGUSR1, SIG_IGN) == SIG_DFL && sigpending(&pending) == 0);
  printf("ignoring drops it: %d\n", sigismember(&pending, SIGUSR1));
  siginfo_t info;
  struct timespec zero = {0, 0};
  CHECK(sigtimedwait(&set, &info, &zero) == SIGTERM);
  printf("taken: code %d, from itself %d\n", info.si_code == SI_USER || info.si_code == SI_TKILL, info.si_pid == getpid());
  SHOW_ERROR(sigtimedwait(&set, &info, &zero));
  struct sigaction action;
  CHECK(sigaction(SIGUSR1, NULL, &action) == 0 && action.sa_handler == SIG_IGN);
  action.sa_handler = SIG_DFL;
  action.sa_flags = SA_RESTART;
  CHECK(sigaction(SIGUSR1, &action, NULL) == 0 && sigaction(SIGUSR1, NULL, &action) == 0 && action.sa_handler == SIG_DFL);
  SHOW_ERROR(sigaction(SIGKILL, &action, NULL));
  SHOW_ERROR(sigaction(99, &action, NULL));
  SHOW_ERROR(kill(getpid(), 99));
  SHOW_ERROR(kill(getpid(), 0));
  SHOW_ERROR(kill(0x3fffffff, 0));
  SHOW_ERROR(syscall(SYS_rt_sigprocmask, 0, &set, NULL, 4));
  SHOW_ERROR(syscall(SYS_rt_sigprocmask, 77, &set, NULL, 8));
  SHOW_ERROR(syscall(SYS_tgkill, getpid(), getpid(), 0));
  SHOW_ERROR(syscall(SYS_tgkill, getpid(), 0x3fffffff, 0));
  stack_t stack = {.ss_sp = malloc(65536), .ss_size = 65536}, was;
  CHECK(sigaltstack(&stack, &was) == 0 && (was.ss_flags & SS_DISABLE) && sigaltstack(NULL, &was) == 0 && was.ss_size == 65536);
  stack.ss_size = 100;
  SHOW_ERROR(sigaltstack(&stack, NULL));
  // SIGPIPE ignored: the write fails instead.
  signal(SIGPIPE, SIG_IGN);
  int ends[2];
  CHECK(pipe(ends) == 0 && close(ends[0]) == 0);
  SHOW_ERROR(write(ends[1], "x", 1));
  return 0;
}
