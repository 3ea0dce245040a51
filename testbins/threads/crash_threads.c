// Dies in one thread while others wait, for debuggers to find all of them in the core file.
// variants: O0 dyn
// flags: -g
// links: -pthread
// run: never

#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static pthread_barrier_t meeting;
volatile int places[3] = {1, 2, 3};

static __attribute__((noinline)) void wait_at(int place) {
  places[place]++;
  pthread_barrier_wait(&meeting);
  for (;;) pause();
}

static void *work(void *argument) {
  wait_at((int)(long)argument);
  return argument;
}

static __attribute__((noinline)) void *fail(void *argument) {
  pthread_barrier_wait(&meeting);
  // The others are in pause by then.
  usleep(100000);
  *(volatile int *)argument = 42;
  return argument;
}

int main(void) {
  pthread_t threads[3];
  pthread_barrier_init(&meeting, NULL, 4);
  for (long i = 0; i < 2; i++)
    if (pthread_create(&threads[i], NULL, work, (void *)i) != 0) return 1;
  if (pthread_create(&threads[2], NULL, fail, (void *)16) != 0) return 1;
  wait_at(2);
  return 0;
}
