// Robust mutexes whose owners end, in this process and in others, and mutexes with priority inheritance.
// variants: O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t *shared;

static const char *name(int error) {
  return error == 0 ? "0" : error == EOWNERDEAD ? "EOWNERDEAD" : error == ENOTRECOVERABLE ? "ENOTRECOVERABLE"
       : error == EBUSY ? "EBUSY" : error == ETIMEDOUT ? "ETIMEDOUT" : error == EDEADLK ? "EDEADLK" : "?";
}

static void make(pthread_mutex_t *mutex, int protocol, int sharing) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  CHECK(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0);
  CHECK(pthread_mutexattr_setprotocol(&attributes, protocol) == 0);
  CHECK(pthread_mutexattr_setpshared(&attributes, sharing) == 0);
  CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static void *lock_and_end(void *mutex) {
  CHECK(pthread_mutex_lock(mutex) == 0);
  return NULL;
}

static sem_t waiting;
static void *wait_for(void *mutex) {
  sem_post(&waiting);
  const int result = pthread_mutex_lock(mutex);
  if (result == EOWNERDEAD) pthread_mutex_consistent(mutex);
  if (result == 0 || result == EOWNERDEAD) pthread_mutex_unlock(mutex);
  return (void *)(long)result;
}

static void in_threads(const char *label, int protocol) {
  pthread_mutex_t mutex;
  pthread_t thread;
  for (int i = 0; i < 50; i++) {
    make(&mutex, protocol, PTHREAD_PROCESS_PRIVATE);
    CHECK(pthread_create(&thread, NULL, lock_and_end, &mutex) == 0 && pthread_join(thread, NULL) == 0);
    CHECK(pthread_mutex_trylock(&mutex) == EOWNERDEAD);
    if (i == 49) break;
    CHECK(pthread_mutex_consistent(&mutex) == 0 && pthread_mutex_unlock(&mutex) == 0);
    CHECK(pthread_mutex_destroy(&mutex) == 0);
  }
  // Not made consistent: nobody ever gets it again.
  CHECK(pthread_mutex_unlock(&mutex) == 0);
  printf("%s: given up: %s\n", label, name(pthread_mutex_lock(&mutex)));
}

static void in_processes(const char *label, int protocol, int signal) {
  make(shared, protocol, PTHREAD_PROCESS_SHARED);
  int ends[2];
  CHECK(pipe(ends) == 0);
  const pid_t child = fork();
  if (child < 0) exit(98);
  if (child == 0) {
    if (pthread_mutex_lock(shared) != 0) _exit(1);
    if (write(ends[1], "x", 1) != 1) _exit(2);
    if (signal) for (;;) pause();
    usleep(2000);
    _exit(0);
  }
  char byte;
  CHECK(read(ends[0], &byte, 1) == 1);
  if (signal) CHECK(kill(child, signal) == 0);
  const int result = pthread_mutex_lock(shared);
  int status;
  CHECK(waitpid(child, &status, 0) == child);
  printf("%s: %s, status %d\n", label, name(result), status);
  CHECK(pthread_mutex_consistent(shared) == 0 && pthread_mutex_unlock(shared) == 0);
  printf("again: %s\n", name(pthread_mutex_lock(shared)));
  pthread_mutex_unlock(shared);
  close(ends[0]);
  close(ends[1]);
}

static pthread_mutex_t inheriting;
static long count;
static void *contend(void *unused) {
  for (int i = 0; i < 3000; i++) {
    CHECK(pthread_mutex_lock(&inheriting) == 0);
    count++;
    CHECK(pthread_mutex_unlock(&inheriting) == 0);
  }
  return unused;
}

static void *try_inheriting(void *unused) {
  struct timespec soon;
  clock_gettime(CLOCK_REALTIME, &soon);
  soon.tv_nsec += 3000000;
  if (soon.tv_nsec >= 1000000000) soon.tv_sec++, soon.tv_nsec -= 1000000000;
  printf("held: %s, %s\n", name(pthread_mutex_trylock(&inheriting)), name(pthread_mutex_timedlock(&inheriting, &soon)));
  return unused;
}

static void inheritance(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  CHECK(pthread_mutexattr_setprotocol(&attributes, PTHREAD_PRIO_INHERIT) == 0);
  CHECK(pthread_mutex_init(&inheriting, &attributes) == 0);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) CHECK(pthread_create(&threads[i], NULL, contend, NULL) == 0);
  for (int i = 0; i < 4; i++) CHECK(pthread_join(threads[i], NULL) == 0);
  printf("inheriting: %ld\n", count);
  CHECK(pthread_mutex_lock(&inheriting) == 0);
  CHECK(pthread_create(&threads[0], NULL, try_inheriting, NULL) == 0 && pthread_join(threads[0], NULL) == 0);
  CHECK(pthread_mutex_unlock(&inheriting) == 0);
}

int main(void) {
  shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(shared != MAP_FAILED && sem_init(&waiting, 0, 0) == 0);
  in_threads("thread", PTHREAD_PRIO_NONE);
  in_threads("thread, inheriting", PTHREAD_PRIO_INHERIT);
  pthread_mutex_t mutex;
  make(&mutex, PTHREAD_PRIO_NONE, PTHREAD_PROCESS_PRIVATE);
  fflush(stdout);
  in_processes("process that ends", PTHREAD_PRIO_NONE, 0);
  in_processes("process that is killed", PTHREAD_PRIO_NONE, SIGKILL);
  in_processes("inheriting, killed", PTHREAD_PRIO_INHERIT, SIGKILL);
  inheritance();

  pthread_t thread;
  void *result;
  CHECK(pthread_mutex_lock(&mutex) == 0 && pthread_create(&thread, NULL, wait_for, &mutex) == 0);
  while (sem_wait(&waiting) != 0) {
  }
  usleep(2000);
  CHECK(pthread_mutex_unlock(&mutex) == 0 && pthread_join(thread, &result) == 0);
  printf("waited: %s\n", name((int)(long)result));
  return 0;
}
