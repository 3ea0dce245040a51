// Code that one thread writes and another runs, and code that each thread makes for itself on shared pages.
// variants: O2 musl pie
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

typedef long (*function)(long);
static unsigned char *code;

// mov eax, imm32; add rax, rdi; ret
static void emit(unsigned char *at, int number) {
  const unsigned char bytes[] = {0xb8, 0, 0, 0, 0, 0x48, 0x01, 0xf8, 0xc3};
  memcpy(at, bytes, sizeof bytes);
  memcpy(at + 1, &number, 4);
}

static volatile long generation, acknowledged;
static void serialize(void) {
  unsigned a = 0, b, c = 0, d;
  __asm__ volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d)::"memory");
}

// The other thread has stopped using the code before it changes, and serializes before it uses it again (SDM 9.1.3).
static void *run_what_comes(void *unused) {
  long wrong = 0;
  for (long round = 1; round <= 2000; round++) {
    while (generation != round) sched_yield();
    serialize();
    if (((function)code)(1000) != 1000 + round) wrong++;
    acknowledged = round;
  }
  (void)unused;
  return (void *)wrong;
}

static void *own_code(void *number) {
  // A quarter of the page each: the neighbours' writes drop this thread's blocks, and the other way round.
  unsigned char *place = code + (long)number * 1024;
  long wrong = 0;
  for (int i = 0; i < 1500; i++) {
    emit(place + i % 32 * 16, i * 4 + (int)(long)number);
    serialize();
    for (int k = 0; k < 3; k++) wrong += ((function)(place + i % 32 * 16))(k) != i * 4 + (long)number + k;
  }
  return (void *)wrong;
}

// Data beside code: stores that change nothing of it.
static volatile int stop;
static void *store_beside(void *unused) {
  for (unsigned i = 0; !stop; i++) ((volatile unsigned *)(void *)(code + 2048))[i % 256] = i;
  return unused;
}
static void *run_often(void *unused) {
  long sum = 0;
  for (int i = 0; i < 20000; i++) sum += ((function)code)(i);
  (void)unused;
  return (void *)sum;
}

// A word in the middle of an instruction changes atomically: the old or the new number, nothing else.
static void *flip(void *unused) {
  for (int i = 0; i < 3000; i++) {
    __atomic_store_n((int *)(void *)(code + 4096 + 3), i & 1 ? 0x11111111 : 0x22222222, __ATOMIC_SEQ_CST);
    if (i % 16 == 0) sched_yield();
  }
  stop = 1;
  return unused;
}
static void *run_flipped(void *unused) {
  long wrong = 0;
  while (!stop) {
    const long result = ((function)(code + 4096))(0);
    wrong += result != 0x11111111 && result != 0x22222222;
  }
  (void)unused;
  return (void *)wrong;
}

int main(void) {
  code = mmap(NULL, 8192, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(code != MAP_FAILED);
  pthread_t threads[4];
  void *result;
  CHECK(pthread_create(&threads[0], NULL, run_what_comes, NULL) == 0);
  for (long round = 1; round <= 2000; round++) {
    emit(code, (int)round);
    __atomic_store_n(&generation, round, __ATOMIC_RELEASE);
    while (acknowledged != round) sched_yield();
  }
  CHECK(pthread_join(threads[0], &result) == 0);
  printf("from another thread: wrong %ld\n", (long)result);

  long wrong = 0;
  for (long i = 0; i < 4; i++) CHECK(pthread_create(&threads[i], NULL, own_code, (void *)i) == 0);
  for (int i = 0; i < 4; i++) {
    CHECK(pthread_join(threads[i], &result) == 0);
    wrong += (long)result;
  }
  printf("each its own: wrong %ld\n", wrong);

  emit(code, 5);
  CHECK(pthread_create(&threads[0], NULL, store_beside, NULL) == 0 && pthread_create(&threads[1], NULL, run_often, NULL) == 0);
  CHECK(pthread_join(threads[1], &result) == 0);
  stop = 1;
  CHECK(pthread_join(threads[0], NULL) == 0);
  printf("data beside code: %ld\n", (long)result);

  // nop; nop; mov eax, imm32 with the number at a multiple of four less one: within a cache line.
  stop = 0;
  code[4096] = 0x90;
  code[4097] = 0x90;
  emit(code + 4098, 0x11111111);
  CHECK(pthread_create(&threads[0], NULL, flip, NULL) == 0 && pthread_create(&threads[1], NULL, run_flipped, NULL) == 0);
  CHECK(pthread_join(threads[0], NULL) == 0 && pthread_join(threads[1], &result) == 0);
  printf("flipped: wrong %ld\n", (long)result);
  return 0;
}
