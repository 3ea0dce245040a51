// What each thread has of its own: thread-local variables, keys with destructors, errno, deep stacks of chosen sizes.
// variants: O0 O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static __thread int initialised = 42;
static __thread char buffer[4096];
static __thread uint64_t *pointer;
static pthread_key_t first, second;
static long destroyed, order_broken;

static void destroy(void *value) { __atomic_add_fetch(&destroyed, (long)value, __ATOMIC_SEQ_CST); }

// POSIX has destructors run again as long as they set keys.
static void destroy_twice(void *value) {
  if ((long)value > 1000) pthread_setspecific(second, (void *)((long)value - 1000));
  else __atomic_add_fetch(&destroyed, (long)value, __ATOMIC_SEQ_CST);
}

static void *use_storage(void *number) {
  const long me = (long)number;
  if (initialised != 42 || buffer[17] != 0 || pointer != NULL) __atomic_add_fetch(&order_broken, 1, __ATOMIC_SEQ_CST);
  initialised += (int)me;
  memset(buffer, (int)me, sizeof buffer);
  uint64_t own = (uint64_t)me;
  pointer = &own;
  CHECK(pthread_setspecific(first, (void *)me) == 0 && pthread_setspecific(second, (void *)(1000 + me)) == 0);
  errno = (int)me;
  for (int i = 0; i < 100; i++) {
    sched_yield();
    if (initialised != 42 + me || buffer[i * 40] != (char)me || *pointer != (uint64_t)me || errno != (int)me ||
        pthread_getspecific(first) != number)
      __atomic_add_fetch(&order_broken, 1, __ATOMIC_SEQ_CST);
  }
  return (void *)(long)initialised;
}

static uint64_t dig(int depth) {
  volatile char here[1000];
  here[depth % 1000] = (char)depth;
  return depth == 0 ? (uint64_t)here[0] : dig(depth - 1) + (uint64_t)(unsigned char)here[depth % 1000];
}

static void *dig_deep(void *depth) { return (void *)dig((int)(long)depth); }

int main(void) {
  CHECK(pthread_key_create(&first, destroy) == 0 && pthread_key_create(&second, destroy_twice) == 0);
  pthread_t threads[8];
  for (long i = 1; i <= 8; i++) CHECK(pthread_create(&threads[i - 1], NULL, use_storage, (void *)i) == 0);
  long sum = 0;
  for (int i = 0; i < 8; i++) {
    void *result;
    CHECK(pthread_join(threads[i], &result) == 0);
    sum += (long)result;
  }
  printf("sum %ld, destroyed %ld, broken %ld, own %d\n", sum, destroyed, order_broken, initialised);

  const struct {
    size_t stack;
    long depth;
  } cases[] = {{256 << 10, 150}, {1 << 20, 700}, {64 << 20, 50000}};
  for (size_t i = 0; i < COUNT(cases); i++) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    CHECK(pthread_attr_setstacksize(&attributes, cases[i].stack) == 0);
    pthread_t thread;
    void *result;
    CHECK(pthread_create(&thread, &attributes, dig_deep, (void *)cases[i].depth) == 0);
    CHECK(pthread_join(thread, &result) == 0);
    printf("%ld deep: %ld\n", cases[i].depth, (long)result);
  }
  return 0;
}
