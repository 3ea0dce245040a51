// Timers of all kinds: timerfd, timer_create with its ways to tell, setitimer, alarm; what fork and execve leave of them.
// links: -lrt

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t count;
static volatile int last_value, last_code;

static void handler(int number, siginfo_t *info, void *context) {
  (void)number, (void)context;
  last_value = info->si_value.sival_int;
  last_code = info->si_code;
  count++;
}

static void with_descriptors(void) {
  const int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  CHECK(fd >= 0);
  uint64_t expirations;
  SHOW_ERROR(read(fd, &expirations, 8));
  SHOW_ERROR(read(fd, &expirations, 4));
  struct itimerspec spec = {{0, 5000000}, {0, 1}}, now;
  CHECK(timerfd_settime(fd, 0, &spec, NULL) == 0);
  struct pollfd ready = {fd, POLLIN, 0};
  CHECK(poll(&ready, 1, 10000) == 1);
  usleep(30000);
  CHECK(read(fd, &expirations, 8) == 8);
  printf("at least five: %d\n", expirations >= 5);
  CHECK(timerfd_gettime(fd, &now) == 0);
  printf("interval %ld, left within it: %d\n", now.it_interval.tv_nsec, now.it_value.tv_nsec <= 5000000);
  // Switched off; the old setting comes back.
  CHECK(timerfd_settime(fd, 0, &(struct itimerspec){{0, 0}, {0, 0}}, &now) == 0);
  printf("old interval %ld\n", now.it_interval.tv_nsec);
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  spec = (struct itimerspec){{0, 0}, {time.tv_sec - 1, 0}};
  CHECK(timerfd_settime(fd, TFD_TIMER_ABSTIME, &spec, NULL) == 0);
  CHECK(poll(&ready, 1, 10000) == 1 && read(fd, &expirations, 8) == 8);
  printf("in the past: %llu\n", (unsigned long long)expirations);
  SHOW_ERROR(timerfd_create(99, 0));
  SHOW_ERROR(timerfd_create(CLOCK_MONOTONIC, 1));
  SHOW_ERROR(timerfd_settime(fd, 0, &(struct itimerspec){{0, 0}, {0, 1000000000}}, NULL));
  SHOW_ERROR(timerfd_settime(0, 0, &spec, NULL));
  close(fd);
}

static timer_t make(int notify, int number, int value) {
  struct sigevent event = {.sigev_notify = notify, .sigev_signo = number, .sigev_value = {.sival_int = value}};
  timer_t timer;
  CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
  return timer;
}

static void with_signals(void) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
  sigset_t set, old;
  CHECK(sigaction(SIGRTMIN, &action, NULL) == 0 && sigaction(SIGALRM, &action, NULL) == 0);
  const timer_t timer = make(SIGEV_SIGNAL, SIGRTMIN, 42);
  const struct itimerspec soon = {{0, 0}, {0, 1000000}}, often = {{0, 2000000}, {0, 2000000}};
  count = 0;
  CHECK(timer_settime(timer, 0, &soon, NULL) == 0);
  while (count == 0) usleep(1000);
  printf("once: value %d, code %d\n", last_value, last_code);

  // Blocked: one signal waits, the others are overruns.
  sigemptyset(&set), sigaddset(&set, SIGRTMIN);
  sigprocmask(SIG_BLOCK, &set, &old);
  CHECK(timer_settime(timer, 0, &often, NULL) == 0);
  usleep(60000);
  siginfo_t info;
  CHECK(sigwaitinfo(&set, &info) == SIGRTMIN);
  printf("at least ten overruns: %d, the same in siginfo: %d\n", timer_getoverrun(timer) >= 10, info.si_overrun >= 10);
  struct itimerspec now;
  CHECK(timer_gettime(timer, &now) == 0);
  printf("interval %ld\n", now.it_interval.tv_nsec);
  CHECK(timer_delete(timer) == 0);
  sigprocmask(SIG_SETMASK, &old, NULL);

  const timer_t silent = make(SIGEV_NONE, 0, 0);
  CHECK(timer_settime(silent, 0, &(struct itimerspec){{0, 0}, {100, 0}}, NULL) == 0);
  CHECK(timer_gettime(silent, &now) == 0);
  printf("silent, left: %d\n", now.it_value.tv_sec >= 90);
  CHECK(timer_delete(silent) == 0);

  // Of the processor's time.
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
  timer_t busy;
  CHECK(timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &busy) == 0);
  count = 0;
  CHECK(timer_settime(busy, 0, &soon, NULL) == 0);
  while (count == 0) {}
  puts("busy");
  CHECK(timer_delete(busy) == 0);

  count = 0;
  const struct itimerval interval = {{0, 1000}, {0, 1000}}, none = {{0, 0}, {0, 0}};
  struct itimerval rest;
  setitimer(ITIMER_REAL, &interval, NULL);
  while (count < 5) pause();
  setitimer(ITIMER_REAL, &none, &rest);
  printf("interval timer: code %d, old interval %ld\n", last_code, (long)rest.it_interval.tv_usec);
  alarm(100);
  printf("alarm: %d, then %u\n", alarm(0) >= 99, alarm(0));
}

// A child has the interval timers anew and no other timers; a new program keeps the interval timers, and no others.
static void over_processes(char *program) {
  const timer_t timer = make(SIGEV_SIGNAL, SIGRTMIN, 1);
  CHECK(timer_settime(timer, 0, &(struct itimerspec){{0, 0}, {100, 0}}, NULL) == 0);
  alarm(100);
  fflush(stdout);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    struct itimerspec now;
    printf("child: alarm %u, ", alarm(0));
    SHOW_ERROR(timer_gettime(timer, &now));
    fflush(stdout);
    alarm(100);
    make(SIGEV_SIGNAL, SIGKILL, 1);
    execl(program, program, "executed", NULL);
    _exit(1);
  }
  int status;
  CHECK(waitpid(child, &status, 0) == child);
  printf("ended %x\n", status);
  alarm(0);
}

int main(int arguments, char **values) {
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  if (arguments > 1) {
    struct itimerspec now;
    const unsigned left = alarm(0);
    printf("executed: alarm %d, ", left > 90);
    // Numbers of timers begin with 0.
    SHOW_ERROR(timer_gettime((timer_t)0, &now));
    return 0;
  }
  with_descriptors();
  with_signals();
  over_processes(values[0]);
  return 0;
}
