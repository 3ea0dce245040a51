// Handlers: what they are told, what is blocked meanwhile, in which order they run, and how often.

#define _GNU_SOURCE
#include "errors.h"

#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static volatile sig_atomic_t depth, count;

static const char *masked(const sigset_t *set) {
  static char text[100];
  int length = 0;
  text[0] = 0;
  for (int i = 1; i < 64; i++)
    if (sigismember(set, i) == 1) length += snprintf(text + length, sizeof text - (size_t)length, " %d", i);
  return text;
}

static void tell(int number, siginfo_t *info, void *context) {
  sigset_t now;
  sigprocmask(SIG_SETMASK, NULL, &now);
  depth++;
  printf("%*s%d: code %d, from itself %d, value %d, blocked now:%s", (int)depth * 2, "", number, info->si_code,
         info->si_pid == getpid() && info->si_uid == getuid(), info->si_code == SI_QUEUE ? info->si_value.sival_int : 0,
         masked(&now));
  printf("; before:%s\n", masked(&((ucontext_t *)context)->uc_sigmask));
  count++;
  depth--;
}

static void simple(int number) { count += number; }

static int entered;

static void nesting(int number, siginfo_t *info, void *context) {
  depth++;
  entered++;
  printf("%*senter %d\n", (int)depth * 2, "", number);
  if (entered < 3) raise(number);
  printf("%*sleave %d\n", (int)depth * 2, "", number);
  depth--;
  (void)info, (void)context;
}

static void install(int number, void (*handler)(int, siginfo_t *, void *), int flags, int blocked) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags};
  sigemptyset(&action.sa_mask);
  if (blocked) sigaddset(&action.sa_mask, blocked);
  CHECK(sigaction(number, &action, NULL) == 0);
}

int main(void) {
  sigset_t set, old;
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  puts("raise, kill, sigqueue");
  install(SIGUSR1, tell, 0, SIGHUP);
  raise(SIGUSR1);
  kill(getpid(), SIGUSR1);
  sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 42});
  printf("%d runs\n", count);

  puts("several pending: lowest first, each on top of the one before");
  install(SIGUSR2, tell, 0, 0);
  install(SIGTERM, tell, 0, 0);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1), sigaddset(&set, SIGUSR2), sigaddset(&set, SIGTERM);
  sigprocmask(SIG_BLOCK, &set, &old);
  kill(getpid(), SIGTERM), kill(getpid(), SIGUSR2), kill(getpid(), SIGUSR1), kill(getpid(), SIGUSR1);
  sigset_t pending;
  sigpending(&pending);
  printf("pending:%s\n", masked(&pending));
  sigprocmask(SIG_SETMASK, &old, NULL);
  sigpending(&pending);
  printf("pending:%s\n", masked(&pending));

  puts("real-time signals queue with their values");
  install(40, tell, 0, 0), install(41, tell, 0, 0);
  sigemptyset(&set);
  sigaddset(&set, 40), sigaddset(&set, 41);
  sigprocmask(SIG_BLOCK, &set, &old);
  for (int i = 0; i < 4; i++) sigqueue(getpid(), i & 1 ? 40 : 41, (union sigval){.sival_int = i});
  sigprocmask(SIG_SETMASK, &old, NULL);

  puts("without SA_NODEFER and with it");
  install(SIGUSR1, nesting, 0, 0);
  raise(SIGUSR1);
  entered = 0;
  install(SIGUSR1, nesting, SA_NODEFER, 0);
  raise(SIGUSR1);

  puts("SA_RESETHAND");
  install(SIGCHLD, tell, SA_RESETHAND, 0);
  struct sigaction action;
  raise(SIGCHLD);
  sigaction(SIGCHLD, NULL, &action);
  printf("default again: %d, flags kept: %d\n", action.sa_handler == SIG_DFL, (action.sa_flags & SA_SIGINFO) != 0);
  raise(SIGCHLD);

  puts("sigsuspend");
  install(SIGUSR1, tell, 0, 0);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1), sigaddset(&set, SIGUSR2);
  sigprocmask(SIG_BLOCK, &set, &old);
  raise(SIGUSR1), raise(SIGUSR2);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  SHOW_ERROR(sigsuspend(&set));
  sigprocmask(SIG_SETMASK, NULL, &set);
  printf("afterwards:%s\n", masked(&set));
  sigemptyset(&set);
  SHOW_ERROR(sigsuspend(&set));
  sigprocmask(SIG_SETMASK, &old, NULL);

  puts("sigwaitinfo and sigtimedwait");
  sigemptyset(&set);
  sigaddset(&set, 40), sigaddset(&set, SIGSEGV);
  sigprocmask(SIG_BLOCK, &set, &old);
  siginfo_t info;
  sigqueue(getpid(), 40, (union sigval){.sival_int = 7});
  printf("%d", sigwaitinfo(&set, &info));
  printf(" value %d code %d\n", info.si_value.sival_int, info.si_code);
  raise(SIGSEGV);
  printf("%d", sigwaitinfo(&set, &info));
  printf(" code %d\n", info.si_code);
  SHOW_ERROR(sigtimedwait(&set, &info, &(struct timespec){0, 1000}));
  sigprocmask(SIG_SETMASK, &old, NULL);

  puts("a fault's signal sent by hand");
  install(SIGSEGV, tell, 0, 0), install(SIGBUS, tell, 0, 0), install(SIGFPE, tell, 0, 0), install(SIGILL, tell, 0, 0);
  raise(SIGSEGV), raise(SIGBUS), raise(SIGFPE), raise(SIGILL);
  sigemptyset(&set);
  sigaddset(&set, SIGSEGV), sigaddset(&set, SIGBUS);
  sigprocmask(SIG_BLOCK, &set, &old);
  raise(SIGSEGV), raise(SIGBUS);
  sigpending(&pending);
  printf("pending:%s\n", masked(&pending));
  sigprocmask(SIG_SETMASK, &old, NULL);

  puts("many");
  signal(SIGUSR1, simple);
  count = 0;
  for (int i = 0; i < 1000; i++) raise(SIGUSR1);
  printf("%d\n", count);
  signal(SIGUSR1, SIG_IGN);
  raise(SIGUSR1);
  printf("%d\n", count);
  return 0;
}
