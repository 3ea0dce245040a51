// A program executed by one of several threads takes the whole process: its number is the leader's, the others are gone.
// variants: O2 musl pie dyn
// flags: -pthread
// run: start thread -> exit 5
// run: start leader -> exit 5
// run: start orphan -> exit 5
// run: start missing -> exit 6

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char **own;
static volatile long spins;

static void *spin(void *unused) {
  for (;;) spins++;
  return unused;
}

static void *sleep_long(void *unused) {
  for (;;) pause();
  return unused;
}

static void become(const char *stage) {
  char number[20];
  snprintf(number, sizeof number, "%d", (int)getpid());
  char *arguments[] = {own[0], (char *)stage, number, NULL};
  execv(stage[0] == 'm' ? "/nonexistent" : own[0], arguments);
  printf("not executed: %s\n", strerror(errno));
  exit(6);
}

static void *execute(void *stage) {
  while (spins < 1000) sched_yield();
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  become(stage);
  return NULL;
}

static void *pass(void *value) { return value; }

int main(int count, char **arguments) {
  own = arguments;
  pthread_t thread;
  if (count > 2 && !strcmp(arguments[1], "start")) {
    const char *how = arguments[2];
    CHECK(pthread_create(&thread, NULL, spin, NULL) == 0);
    CHECK(pthread_create(&thread, NULL, sleep_long, NULL) == 0);
    if (!strcmp(how, "leader")) execute((void *)"second");
    CHECK(pthread_create(&thread, NULL, execute, (void *)(!strcmp(how, "missing") ? "missing" : "second")) == 0);
    if (!strcmp(how, "orphan")) pthread_exit(NULL);
    for (;;) pause();
  }
  // The second program.
  const pid_t before = (pid_t)atoi(arguments[2]);
  sigset_t mask;
  pthread_sigmask(SIG_SETMASK, NULL, &mask);
  printf("number %s, thread %s, SIGUSR2 %s\n", getpid() == before ? "kept" : "changed",
         (pid_t)syscall(SYS_gettid) == getpid() ? "the leader" : "another",
         sigismember(&mask, SIGUSR2) ? "blocked" : "free");
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/comm", (int)getpid());
  FILE *file = fopen(path, "r");
  char name[32] = "";
  CHECK(file && fgets(name, sizeof name, file));
  printf("name %s", name);
  for (long i = 0; i < 20; i++) {
    void *result;
    CHECK(pthread_create(&thread, NULL, pass, (void *)i) == 0 && pthread_join(thread, &result) == 0 && (long)result == i);
  }
  const pid_t child = fork();
  if (child < 0) exit(98);
  if (child == 0) _exit(4);
  int status;
  CHECK(waitpid(child, &status, 0) == child);
  printf("child %d\n", WEXITSTATUS(status));
  return 5;
}
