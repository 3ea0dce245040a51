// Barriers, read-write locks, spin locks, semaphores and once: who comes when, and how many are inside.
// variants: O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>

enum { THREADS = 5 };

static pthread_barrier_t barrier;
static long steps[THREADS], serial, ahead;

static void *march(void *number) {
  for (int step = 0; step < 200; step++) {
    steps[(long)number] = step;
    const int result = pthread_barrier_wait(&barrier);
    if (result == PTHREAD_BARRIER_SERIAL_THREAD) __atomic_add_fetch(&serial, 1, __ATOMIC_RELAXED);
    for (int i = 0; i < THREADS; i++) {
      if (steps[i] != step) __atomic_add_fetch(&ahead, 1, __ATOMIC_RELAXED);
    }
    pthread_barrier_wait(&barrier);
  }
  return NULL;
}

static pthread_rwlock_t gate = PTHREAD_RWLOCK_INITIALIZER;
static long readers, writers, wrong, a, b;

static void *read_or_write(void *number) {
  for (int i = 0; i < 2000; i++) {
    if ((long)number == 0 || i % 16 == 0) {
      pthread_rwlock_wrlock(&gate);
      if (__atomic_add_fetch(&writers, 1, __ATOMIC_SEQ_CST) != 1 || readers != 0) wrong++;
      a++, b++;
      __atomic_sub_fetch(&writers, 1, __ATOMIC_SEQ_CST);
    } else {
      pthread_rwlock_rdlock(&gate);
      __atomic_add_fetch(&readers, 1, __ATOMIC_SEQ_CST);
      if (writers != 0 || a != b) __atomic_add_fetch(&wrong, 1, __ATOMIC_SEQ_CST);
      __atomic_sub_fetch(&readers, 1, __ATOMIC_SEQ_CST);
    }
    pthread_rwlock_unlock(&gate);
  }
  return NULL;
}

static pthread_spinlock_t spin;
static long spun;

static void *spin_and_add(void *unused) {
  for (int i = 0; i < 3000; i++) {
    pthread_spin_lock(&spin);
    spun++;
    pthread_spin_unlock(&spin);
  }
  return unused;
}

static sem_t places, done;
static long present, most;

static void *sit(void *unused) {
  for (int i = 0; i < 500; i++) {
    while (sem_wait(&places) != 0) CHECK(errno == EINTR);
    const long now = __atomic_add_fetch(&present, 1, __ATOMIC_SEQ_CST);
    if (now > most) most = now;
    if (now > 2) __atomic_add_fetch(&wrong, 1, __ATOMIC_SEQ_CST);
    sched_yield();
    __atomic_sub_fetch(&present, 1, __ATOMIC_SEQ_CST);
    sem_post(&places);
  }
  sem_post(&done);
  return unused;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int initialised;
static void initialise(void) { initialised++; }
static void *use_once(void *unused) {
  CHECK(pthread_once(&once, initialise) == 0 && initialised == 1);
  return unused;
}

static void together(void *(*body)(void *)) {
  pthread_t threads[THREADS];
  for (long i = 0; i < THREADS; i++) CHECK(pthread_create(&threads[i], NULL, body, (void *)i) == 0);
  for (int i = 0; i < THREADS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
}

int main(void) {
  CHECK(pthread_barrier_init(&barrier, NULL, THREADS) == 0);
  together(march);
  printf("barrier: %ld serial, %ld out of step\n", serial, ahead);
  together(read_or_write);
  printf("read-write lock: %ld %ld, wrong %ld\n", a, b, wrong);
  CHECK(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE) == 0);
  together(spin_and_add);
  printf("spin lock: %ld\n", spun);
  CHECK(sem_init(&places, 0, 2) == 0 && sem_init(&done, 0, 0) == 0);
  together(sit);
  int value;
  CHECK(sem_getvalue(&done, &value) == 0);
  printf("semaphores: %d done, wrong %ld\n", value, wrong);
  together(use_once);
  printf("once: %d\n", initialised);
  return 0;
}
