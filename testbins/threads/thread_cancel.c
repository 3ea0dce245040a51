// Cancellation: deferred in calls that wait, with cleanup handlers; disabled; asynchronous; pthread_exit.
// variants: O0 O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <pthread.h>
#include <semaphore.h>
#include <time.h>
#include <unistd.h>

static sem_t ready;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static int pipe_ends[2];
static long cleaned;

static void clean(void *value) { cleaned = cleaned * 10 + (long)value; }
static void unlock(void *mutex) { pthread_mutex_unlock(mutex); }

static void *in_read(void *unused) {
  pthread_cleanup_push(clean, (void *)1);
  pthread_cleanup_push(clean, (void *)2);
  sem_post(&ready);
  char byte;
  CHECK(read(pipe_ends[0], &byte, 1) == 1);
  pthread_cleanup_pop(0);
  pthread_cleanup_pop(0);
  return unused;
}

static void *in_wait(void *unused) {
  pthread_mutex_lock(&lock);
  pthread_cleanup_push(unlock, &lock);
  sem_post(&ready);
  for (;;) pthread_cond_wait(&never, &lock);
  pthread_cleanup_pop(1);
  return unused;
}

static void *in_sleep(void *unused) {
  pthread_cleanup_push(clean, (void *)3);
  sem_post(&ready);
  for (;;) sleep(100);
  pthread_cleanup_pop(1);
  return unused;
}

static void *in_loop(void *unused) {
  sem_post(&ready);
  for (;;) pthread_testcancel();
  return unused;
}

static void *in_busy_loop(void *unused) {
  pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
  sem_post(&ready);
  for (volatile long i = 0;; i++) {
  }
  return unused;
}

static sem_t go_on;
static void *in_peace(void *unused) {
  int old;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
  sem_post(&ready);
  while (sem_wait(&go_on) != 0) {
  }
  usleep(1000);
  clean((void *)4);
  pthread_setcancelstate(old, NULL);
  pthread_testcancel();
  clean((void *)5);
  return unused;
}

static void *leaving(void *unused) {
  pthread_cleanup_push(clean, (void *)6);
  sem_post(&ready);
  pthread_exit((void *)77);
  pthread_cleanup_pop(0);
  return unused;
}

static void run(const char *label, void *(*body)(void *), int cancels) {
  pthread_t thread;
  void *result;
  cleaned = 0;
  CHECK(pthread_create(&thread, NULL, body, NULL) == 0);
  while (sem_wait(&ready) != 0) {
  }
  if (cancels) CHECK(pthread_cancel(thread) == 0);
  if (body == in_peace) sem_post(&go_on);
  CHECK(pthread_join(thread, &result) == 0);
  printf("%s: %s, cleaned %ld\n", label, result == PTHREAD_CANCELED ? "cancelled" : result == (void *)77 ? "77" : "ended", cleaned);
}

int main(void) {
  CHECK(sem_init(&ready, 0, 0) == 0 && sem_init(&go_on, 0, 0) == 0 && pipe(pipe_ends) == 0);
  for (int i = 0; i < 20; i++) {
    run("read", in_read, 1);
    run("wait", in_wait, 1);
    CHECK(pthread_mutex_trylock(&lock) == 0 && pthread_mutex_unlock(&lock) == 0);
  }
  run("sleep", in_sleep, 1);
  run("loop", in_loop, 1);
  run("busy loop", in_busy_loop, 1);
  run("disabled", in_peace, 1);
  run("exit", leaving, 0);
  return 0;
}
