// Processes made by a process with several threads: the child has one, with everything in order; spawned programs.
// variants: O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <dirent.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static volatile int stop;

static void *churn(void *unused) {
  while (!stop) {
    char *block = malloc(1000);
    memset(block, 1, 1000);
    free(block);
  }
  return unused;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *lock_often(void *unused) {
  while (!stop) {
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

static int order;
static void prepare(void) {
  pthread_mutex_lock(&lock);
  order = order * 10 + 1;
}
static void parent(void) {
  order = order * 10 + 2;
  pthread_mutex_unlock(&lock);
}
static void child(void) {
  order = order * 10 + 3;
  pthread_mutex_unlock(&lock);
}

static int threads_listed(void) {
  DIR *directory = opendir("/proc/self/task");
  CHECK(directory);
  int count = 0;
  struct dirent *entry;
  while ((entry = readdir(directory)) != NULL) count += entry->d_name[0] != '.';
  closedir(directory);
  return count;
}

static void *give_back(void *value) { return value; }

static int in_child(void) {
  if ((pid_t)syscall(SYS_gettid) != getpid()) return 20;
  if (threads_listed() != 1) return 21;
  free(malloc(100000));
  pthread_mutex_lock(&lock);
  pthread_mutex_unlock(&lock);
  pthread_t thread;
  void *result;
  for (long i = 0; i < 5; i++) {
    if (pthread_create(&thread, NULL, give_back, (void *)i) || pthread_join(thread, &result) || (long)result != i) return 22;
  }
  return 7;
}

static int status_of(pid_t pid) {
  int status;
  pid_t result;
  do result = waitpid(pid, &status, 0);
  while (result < 0 && errno == EINTR);
  CHECK(result == pid);
  return status;
}

static void *fork_often(void *unused) {
  for (int i = 0; i < 15; i++) {
    const pid_t pid = fork();
    if (pid < 0) exit(98);
    if (pid == 0) _exit(in_child());
    const int status = status_of(pid);
    if (status != 7 << 8) {
      printf("FAILED status %#x\n", status);
      exit(99);
    }
  }
  return unused;
}

static void *spawn_often(void *unused) {
  for (int i = 0; i < 5; i++) {
    pid_t pid;
    char *arguments[] = {"sh", "-c", "exit 9", NULL};
    CHECK(posix_spawn(&pid, "/bin/sh", NULL, NULL, arguments, environ) == 0);
    CHECK(status_of(pid) == 9 << 8);
  }
  return unused;
}

static void *open_often(void *unused) {
  for (int i = 0; i < 3; i++) {
    FILE *pipe = popen("echo one two", "r");
    char text[20] = "";
    CHECK(pipe && fgets(text, sizeof text, pipe) && !strcmp(text, "one two\n") && pclose(pipe) == 0);
  }
  return unused;
}

int main(void) {
  pthread_t busy[2], threads[4];
  CHECK(pthread_create(&busy[0], NULL, churn, NULL) == 0 && pthread_create(&busy[1], NULL, lock_often, NULL) == 0);
  CHECK(pthread_atfork(prepare, parent, child) == 0);
  pid_t pid = fork();
  if (pid < 0) exit(98);
  if (pid == 0) _exit(order == 13 ? in_child() : 30);
  printf("from the leader: %d, handlers %d\n", status_of(pid) >> 8, order);
  CHECK(pthread_create(&threads[0], NULL, fork_often, NULL) == 0);
  CHECK(pthread_create(&threads[1], NULL, fork_often, NULL) == 0);
  CHECK(pthread_create(&threads[2], NULL, spawn_often, NULL) == 0);
  CHECK(pthread_create(&threads[3], NULL, open_often, NULL) == 0);
  for (int i = 0; i < 4; i++) CHECK(pthread_join(threads[i], NULL) == 0);
  stop = 1;
  for (int i = 0; i < 2; i++) CHECK(pthread_join(busy[i], NULL) == 0);
  puts("from other threads: well");
  printf("system: %d\n", system("exit 3") >> 8);
  return 0;
}
