// The end of a process with several threads: exit and deadly signals from any of them, the leader first, the last one.
// variants: O2 musl pie dyn
// flags: -pthread
// run: group -> exit 7
// run: leader -> exit 0
// run: last -> exit 0
// run: return -> exit 3
// run: fault -> SIGSEGV
// run: abort -> SIGABRT
// run: signal -> SIGTERM
// run: raw -> exit 11

#define _GNU_SOURCE
#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *how;
static pthread_t leader;
static volatile long spins;

static void *spin(void *unused) {
  for (;;) spins++;
  return unused;
}

static void *sleep_long(void *unused) {
  for (;;) pause();
  return unused;
}

static void *end(void *unused) {
  while (spins < 1000) sched_yield();
  if (!strcmp(how, "group")) exit(7);
  static volatile int *volatile nowhere;
  if (!strcmp(how, "fault")) *nowhere = 1;
  if (!strcmp(how, "abort")) abort();
  if (!strcmp(how, "signal")) kill(getpid(), SIGTERM);
  if (!strcmp(how, "raw")) syscall(SYS_exit_group, 11);
  for (;;) pause();
  return unused;
}

static void *outlive(void *unused) {
  CHECK(pthread_join(leader, NULL) == 0);
  puts("the leader has ended");
  fflush(stdout);
  if (!strcmp(how, "leader")) exit(0);
  return unused;
}

int main(int count, char **arguments) {
  how = count > 1 ? arguments[1] : "group";
  leader = pthread_self();
  pthread_t thread;
  if (!strcmp(how, "leader") || !strcmp(how, "last")) {
    CHECK(pthread_create(&thread, NULL, outlive, NULL) == 0);
    pthread_exit(NULL);
  }
  CHECK(pthread_create(&thread, NULL, spin, NULL) == 0);
  CHECK(pthread_create(&thread, NULL, sleep_long, NULL) == 0);
  CHECK(pthread_create(&thread, NULL, end, NULL) == 0);
  if (!strcmp(how, "return")) {
    while (spins < 1000) sched_yield();
    return 3;
  }
  pthread_join(thread, NULL);
  return 1;
}
