// Condition variables: producers and consumers, broadcasts, waits with a time limit on both clocks.
// variants: O0 O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { ITEMS = 6000, SLOTS = 8 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER, emptied = PTHREAD_COND_INITIALIZER;
static long ring[SLOTS], head, tail;

static void *produce(void *first) {
  for (long i = 0; i < ITEMS; i++) {
    pthread_mutex_lock(&lock);
    while (head - tail == SLOTS) pthread_cond_wait(&emptied, &lock);
    ring[head++ % SLOTS] = (long)first + i;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

static void *consume(void *unused) {
  long sum = 0;
  for (long i = 0; i < ITEMS; i++) {
    pthread_mutex_lock(&lock);
    while (head == tail) pthread_cond_wait(&filled, &lock);
    sum += ring[tail++ % SLOTS];
    pthread_cond_broadcast(&emptied);
    pthread_mutex_unlock(&lock);
  }
  (void)unused;
  return (void *)sum;
}

static pthread_cond_t start = PTHREAD_COND_INITIALIZER;
static int started, waiting;

static void *wait_for_start(void *unused) {
  pthread_mutex_lock(&lock);
  waiting++;
  pthread_cond_signal(&filled);
  while (!started) pthread_cond_wait(&start, &lock);
  pthread_mutex_unlock(&lock);
  return unused;
}

static void time_out(clockid_t clock) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  CHECK(pthread_condattr_setclock(&attributes, clock) == 0);
  pthread_cond_t never;
  pthread_cond_init(&never, &attributes);
  struct timespec before, limit, after;
  clock_gettime(clock, &before);
  limit = before;
  limit.tv_nsec += 20000000;
  if (limit.tv_nsec >= 1000000000) limit.tv_sec++, limit.tv_nsec -= 1000000000;
  pthread_mutex_lock(&lock);
  int result;
  do result = pthread_cond_timedwait(&never, &lock, &limit);
  while (result == 0);
  pthread_mutex_unlock(&lock);
  clock_gettime(clock, &after);
  const long passed = (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
  printf("time limit: %s, not before: %d\n", result == ETIMEDOUT ? "ETIMEDOUT" : "?", passed >= 20000000);
  pthread_cond_destroy(&never);
}

int main(void) {
  pthread_t threads[6];
  for (long i = 0; i < 3; i++) CHECK(pthread_create(&threads[i], NULL, produce, (void *)(i * ITEMS)) == 0);
  for (int i = 3; i < 6; i++) CHECK(pthread_create(&threads[i], NULL, consume, NULL) == 0);
  long sum = 0;
  for (int i = 0; i < 6; i++) {
    void *part;
    CHECK(pthread_join(threads[i], &part) == 0);
    if (i >= 3) sum += (long)part;
  }
  printf("sum %ld of %ld\n", sum, 3L * ITEMS * (3L * ITEMS - 1) / 2);

  for (int i = 0; i < 6; i++) CHECK(pthread_create(&threads[i], NULL, wait_for_start, NULL) == 0);
  pthread_mutex_lock(&lock);
  while (waiting < 6) pthread_cond_wait(&filled, &lock);
  started = 1;
  pthread_cond_broadcast(&start);
  pthread_mutex_unlock(&lock);
  for (int i = 0; i < 6; i++) CHECK(pthread_join(threads[i], NULL) == 0);
  puts("all were told");
  time_out(CLOCK_REALTIME);
  time_out(CLOCK_MONOTONIC);
  return 0;
}
