// Thousands of threads one after another, a thousand at once, and detached ones: nothing may run out.
// variants: O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

static void *give_back(void *value) { return value; }

static sem_t ended;
static long detached_count;
static void *count_and_go(void *unused) {
  __atomic_add_fetch(&detached_count, 1, __ATOMIC_SEQ_CST);
  sem_post(&ended);
  return unused;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int present, leave;
static void *stay(void *value) {
  pthread_mutex_lock(&lock);
  present++;
  pthread_cond_broadcast(&changed);
  while (!leave) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
  return value;
}

int main(void) {
  long wrong = 0;
  for (long i = 0; i < 3000; i++) {
    pthread_t thread;
    void *result;
    CHECK(pthread_create(&thread, NULL, give_back, (void *)i) == 0);
    CHECK(pthread_join(thread, &result) == 0);
    wrong += (long)result != i;
  }
  printf("one after another: wrong %ld\n", wrong);

  CHECK(sem_init(&ended, 0, 0) == 0);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  CHECK(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0);
  for (int i = 0; i < 1000; i++) {
    pthread_t thread;
    CHECK(pthread_create(&thread, &attributes, count_and_go, NULL) == 0);
    if (i % 8 == 7) {
      for (int k = 0; k < 8; k++) while (sem_wait(&ended) != 0) CHECK(errno == EINTR);
    }
  }
  printf("detached: %ld\n", detached_count);

  enum { MANY = 1000 };
  static pthread_t threads[MANY];
  pthread_attr_init(&attributes);
  CHECK(pthread_attr_setstacksize(&attributes, 65536) == 0);
  for (long i = 0; i < MANY; i++) CHECK(pthread_create(&threads[i], &attributes, stay, (void *)i) == 0);
  pthread_mutex_lock(&lock);
  while (present < MANY) pthread_cond_wait(&changed, &lock);
  leave = 1;
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  for (long i = 0; i < MANY; i++) {
    void *result;
    CHECK(pthread_join(threads[i], &result) == 0 && (long)result == i);
  }
  printf("at once: %d\n", present);
  return 0;
}
