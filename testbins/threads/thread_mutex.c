// Mutexes of all types, with several threads at them: mutual exclusion, try and timed locks, errors.
// variants: O0 O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { THREADS = 4, ROUNDS = 20000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static volatile long count, inside, broken;

static void *add(void *unused) {
  for (int i = 0; i < ROUNDS; i++) {
    pthread_mutex_lock(&lock);
    if (++inside != 1) broken++;
    count++;
    inside--;
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

static void *try_to_add(void *unused) {
  for (int i = 0; i < ROUNDS / 10; i++) {
    while (pthread_mutex_trylock(&lock) != 0) sched_yield();
    if (++inside != 1) broken++;
    count++;
    inside--;
    pthread_mutex_unlock(&lock);
  }
  return unused;
}

static void together(const char *label, void *(*body)(void *)) {
  pthread_t threads[THREADS];
  count = broken = 0;
  for (long i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, body, (void *)i) == 0);
  for (long i = 0; i < THREADS; i++) {
    void *result;
    CHECK(pthread_join(threads[i], &result) == 0 && (long)result == i);
  }
  printf("%s: %ld, broken %ld\n", label, count, broken);
}

static void *expect_busy(void *mutex) {
  struct timespec soon;
  clock_gettime(CLOCK_REALTIME, &soon);
  soon.tv_nsec += 2000000;
  if (soon.tv_nsec >= 1000000000) soon.tv_sec++, soon.tv_nsec -= 1000000000;
  const int tried = pthread_mutex_trylock(mutex);
  const int timed = pthread_mutex_timedlock(mutex, &soon);
  printf("held by another: %s, %s, unlock %s\n", tried == EBUSY ? "EBUSY" : "?", timed == ETIMEDOUT ? "ETIMEDOUT" : "?",
         pthread_mutex_unlock(mutex) == EPERM ? "EPERM" : "?");
  return NULL;
}

static void types(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutex_t recursive, checking;
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&recursive, &attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
  pthread_mutex_init(&checking, &attributes);
  for (int i = 0; i < 3; i++) CHECK(pthread_mutex_lock(&recursive) == 0);
  CHECK(pthread_mutex_lock(&checking) == 0);
  printf("again: %s\n", pthread_mutex_lock(&checking) == EDEADLK ? "EDEADLK" : "?");
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, expect_busy, &checking) == 0 && pthread_join(thread, NULL) == 0);
  CHECK(pthread_create(&thread, NULL, expect_busy, &recursive) == 0 && pthread_join(thread, NULL) == 0);
  for (int i = 0; i < 3; i++) CHECK(pthread_mutex_unlock(&recursive) == 0);
  printf("once too often: %s\n", pthread_mutex_unlock(&recursive) == EPERM ? "EPERM" : "?");
  CHECK(pthread_mutex_unlock(&checking) == 0);
}

int main(void) {
  together("lock", add);
  together("try", try_to_add);
  types();
  return 0;
}
