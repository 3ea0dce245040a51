// Calls that wait, and signals that come meanwhile.
//
// Each case runs in processes of its own: a driver, and the process that makes the call. Under handlers a timer of the
// latter sends SIGALRM over and over, and its handler ends the wait after some of them; under stops and under ignored
// signals the driver sends them, and ends the wait. So nothing depends on when the call is made, and a slow machine
// can only make a case say less, never something wrong.
#ifndef RESTART_H
#define RESTART_H

#include "check.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { UNDER_HANDLER, UNDER_RESTART, UNDER_STOPS, UNDER_IGNORED, RESTART_MODES };

struct restart_case {
  const char *name;
  void (*prepare)(void);
  long (*call)(void);
  // Makes the wait end; safe in a handler.
  void (*finish)(void);
  void (*clean_up)(void);
  // The error of the call in each mode, 0 if it is served, -1 if it is not to be tried.
  int expected[RESTART_MODES];
};

// What the driver and the process that waits share.
struct restart_shared {
  int fd[6];
  char bytes[64], name[64];
  uint32_t word;
  // The process that waits, and another one that takes part.
  pid_t process, other;
  // Whether signals come from the driver.
  int is_driven;
};
static struct restart_shared *shared;

// Ends a process of a case with a status that no call gives.
#define NEED(condition)                                         \
  do {                                                          \
    if (!(condition)) {                                         \
      dprintf(2, "line %d: %s: errno %d\n", __LINE__, #condition, errno); \
      _exit(200);                                               \
    }                                                           \
  } while (0)

enum { PERIOD = 3000, ENOUGH = 5, TOO_MANY = 3000 };

static volatile sig_atomic_t restart_ticks;
static void (*restart_finish)(void);
static int restart_patience;

static void restart_tick(int number) {
  const int saved = errno;
  (void)number;
  if (++restart_ticks == restart_patience) restart_finish();
  errno = saved;
}

// The process that waits: the error of its call.
static int restart_wait(const struct restart_case *test, int mode) {
  struct sigaction action = {.sa_handler = restart_tick};
  const struct itimerval period = {{0, PERIOD}, {0, PERIOD}}, none = {{0, 0}, {0, 0}};
  shared->process = getpid();
  if (mode == UNDER_HANDLER || mode == UNDER_RESTART) {
    if (mode == UNDER_RESTART) action.sa_flags = SA_RESTART;
    restart_finish = test->finish;
    // A call that comes back with an error is not helped, so that it cannot pass by chance.
    restart_patience = test->expected[mode] == 0 ? ENOUGH : TOO_MANY;
    NEED(sigaction(SIGALRM, &action, NULL) == 0);
    NEED(setitimer(ITIMER_REAL, &period, NULL) == 0);
  }
  errno = 0;
  const long result = test->call();
  const int error = result < 0 ? errno : 0;
  setitimer(ITIMER_REAL, &none, NULL);
  return error;
}

// Sends signals to the process that waits, and ends its wait. Its exit status.
static int restart_drive(const struct restart_case *test, int mode, pid_t process) {
  int status;
  const int patience = test->expected[mode] == 0 ? ENOUGH : TOO_MANY;
  for (int round = 0;; round++) {
    usleep(PERIOD);
    const pid_t ended = waitpid(process, &status, WNOHANG);
    NEED(ended >= 0);
    if (ended == process) return WIFEXITED(status) ? WEXITSTATUS(status) : 201;
    if (round == patience) test->finish();
    // A child that ends while it is told to stop.
    if (mode == UNDER_STOPS) {
      if (round > patience) continue;
      NEED(kill(process, SIGSTOP) == 0);
      NEED(waitpid(process, &status, WUNTRACED) == process);
      if (!WIFSTOPPED(status)) return WIFEXITED(status) ? WEXITSTATUS(status) : 201;
      NEED(kill(process, SIGCONT) == 0);
    } else {
      NEED(kill(process, SIGURG) == 0 && kill(process, SIGWINCH) == 0);
      NEED(kill(process, SIGCHLD) == 0 && kill(process, SIGUSR2) == 0);
    }
  }
}

static int restart_run(const struct restart_case *test, int mode, int number) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return 200;
  shared->is_driven = mode == UNDER_STOPS || mode == UNDER_IGNORED;
  snprintf(shared->name, sizeof shared->name, "/tmp/restart-%d-%d-%d", getpid(), number, mode);
  test->prepare();
  signal(SIGUSR2, SIG_IGN);
  const pid_t process = fork();
  NEED(process >= 0);
  if (process == 0) _exit(restart_wait(test, mode));
  shared->process = process;
  int status, result;
  if (shared->is_driven) {
    result = restart_drive(test, mode, process);
  } else {
    NEED(waitpid(process, &status, 0) == process);
    result = WIFEXITED(status) ? WEXITSTATUS(status) : 201;
  }
  if (test->clean_up) test->clean_up();
  return result;
}

static int run_restart_cases(const struct restart_case *cases, int count) {
  enum { AT_ONCE = 6 };
  int failed = 0;
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  for (int first = 0; first < count; first += AT_ONCE) {
    pid_t drivers[AT_ONCE][RESTART_MODES] = {{0}};
    for (int i = first; i < count && i < first + AT_ONCE; i++) {
      for (int mode = 0; mode < RESTART_MODES; mode++) {
        if (cases[i].expected[mode] < 0) continue;
        const pid_t driver = fork();
        CHECK(driver >= 0);
        if (driver == 0) _exit(restart_run(&cases[i], mode, i));
        drivers[i - first][mode] = driver;
      }
    }
    for (int i = first; i < count && i < first + AT_ONCE; i++) {
      printf("%-30s", cases[i].name);
      for (int mode = 0; mode < RESTART_MODES; mode++) {
        int status = 0;
        if (cases[i].expected[mode] < 0) {
          printf(" %6s", "-");
          continue;
        }
        CHECK(waitpid(drivers[i - first][mode], &status, 0) == drivers[i - first][mode]);
        const int error = WIFEXITED(status) ? WEXITSTATUS(status) : 202;
        printf(" %6s", error == EINTR ? "EINTR" : error == 0 ? "served" : strerror(error));
        if (error != cases[i].expected[mode]) failed++, printf("!");
      }
      puts("");
    }
  }
  printf("%d differ from what Linux does\n", failed);
  return failed ? 99 : 0;
}

#endif
