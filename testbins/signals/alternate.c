// sigaltstack: use, nesting, overflow of the ordinary stack, autodisarm, leaving by longjmp.

#define _GNU_SOURCE
#include "errors.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef SS_AUTODISARM
#define SS_AUTODISARM (1U << 31)
#endif

static char stack[65536];
static sigjmp_buf back;
static int nested;

static int is_on(const void *p) { return (const char *)p >= stack && (const char *)p < stack + sizeof stack; }

static void look(int number, siginfo_t *info, void *context) {
  ucontext_t *user = context;
  stack_t now;
  int here;
  sigaltstack(NULL, &now);
  printf("%d: on it %d, flags %x, in the frame: size %zu flags %x", number, is_on(&here), (unsigned)now.ss_flags,
         user->uc_stack.ss_size, (unsigned)user->uc_stack.ss_flags);
  stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
  printf(", change: %s\n", sigaltstack(&other, NULL) == 0 ? "OK" : error_name(errno));
  if (nested++ == 0) raise(SIGUSR2);
  (void)info;
}

static void overflowed(int number, siginfo_t *info, void *context) {
  int here = 0;
  printf("overflow: signal %d code %d, on it %d\n", number, info->si_code, is_on(&here));
  siglongjmp(back, 1);
  (void)context;
}

static volatile int endless = 1;

static int recurse(volatile char *p) {
  volatile char room[4096];
  room[0] = *p;
  return (endless ? recurse(room) : 0) + room[0];
}

int main(void) {
  stack_t wanted = {.ss_sp = stack, .ss_size = sizeof stack}, old;
  CHECK(sigaltstack(&wanted, &old) == 0);
  printf("before: flags %d size %zu\n", old.ss_flags, old.ss_size);
  struct sigaction action = {.sa_sigaction = look, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGUSR2, &action, NULL);
  raise(SIGUSR1);
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGUSR1, &action, NULL);
  raise(SIGUSR1);

  wanted.ss_flags = (int)SS_AUTODISARM;
  CHECK(sigaltstack(&wanted, NULL) == 0);
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigaction(SIGUSR1, &action, NULL);
  nested = 1;
  raise(SIGUSR1);
  CHECK(sigaltstack(NULL, &old) == 0);
  printf("armed again: flags %x size %zu\n", (unsigned)old.ss_flags, old.ss_size);

  wanted.ss_flags = 0;
  CHECK(sigaltstack(&wanted, NULL) == 0);
  struct rlimit limit;
  getrlimit(RLIMIT_STACK, &limit);
  limit.rlim_cur = 1 << 20;
  CHECK(setrlimit(RLIMIT_STACK, &limit) == 0);
  action.sa_sigaction = overflowed;
  sigaction(SIGSEGV, &action, NULL);
  for (int i = 0; i < 3; i++) {
    char start = 0;
    if (sigsetjmp(back, 1) == 0) recurse(&start);
    CHECK(sigaltstack(NULL, &old) == 0);
    printf("back: flags %d\n", old.ss_flags);
  }
  wanted.ss_flags = SS_DISABLE;
  CHECK(sigaltstack(&wanted, NULL) == 0 && sigaltstack(NULL, &old) == 0);
  printf("disabled: flags %d size %zu\n", old.ss_flags, old.ss_size);
  wanted.ss_flags = 77;
  SHOW_ERROR(sigaltstack(&wanted, NULL));
  return 0;
}
