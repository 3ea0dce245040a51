// The processor's memory order between threads: message passing, store buffering with fences, locked instructions of
// every width, spin locks without a kernel.
// variants: O2 musl pie
// flags: -pthread -mcx16

#define _GNU_SOURCE
#include "check.h"

#include <pthread.h>
#include <sched.h>

enum { ROUNDS = 20000 };

static volatile long x, y, seen_x, seen_y;
static volatile long turn;

// Both threads do a round and meet: no libc, only loads and stores.
static void meet(long me, long round) {
  if (me == 0) {
    turn = 2 * round + 1;
    while (turn < 2 * round + 2) sched_yield();
  } else {
    while (turn < 2 * round + 1) sched_yield();
    turn = 2 * round + 2;
  }
}

// Two meetings a round: everything of the round is done after the second.
static long forbidden;
static void *store_buffering(void *number) {
  const long me = (long)number;
  for (long round = 0; round < ROUNDS / 10; round++) {
    if (me == 0) x = y = 0;
    meet(me, 2 * round);
    if (me == 0) {
      x = 1;
      __atomic_thread_fence(__ATOMIC_SEQ_CST);
      seen_y = y;
    } else {
      y = 1;
      __asm__ volatile("lock; addl $0, (%%rsp)" ::: "memory", "cc");
      seen_x = x;
    }
    meet(me, 2 * round + 1);
    if (me == 0 && seen_x == 0 && seen_y == 0) forbidden++;
  }
  return NULL;
}

static struct {
  volatile long data[8], ready;
} message;

static void *pass_messages(void *number) {
  if ((long)number == 0) {
    for (long i = 1; i <= ROUNDS; i++) {
      for (int k = 0; k < 8; k++) message.data[k] = i;
      message.ready = i;
    }
  } else {
    long last = 0;
    while (last < ROUNDS) {
      const long ready = message.ready;
      // x86 keeps stores in order, and loads: what was written before is seen.
      for (int k = 7; k >= 0; k--) {
        if (message.data[k] < ready) forbidden++;
      }
      if (ready < last) forbidden++;
      if (ready == last) sched_yield();
      last = ready;
    }
  }
  return NULL;
}

static volatile unsigned char c8;
static volatile unsigned short c16;
static volatile unsigned int c32;
static volatile unsigned long c64, bits;
static volatile unsigned __int128 c128;
static char unaligned[128] __attribute__((aligned(64)));

static void *count_all(void *number) {
  const long me = (long)number;
  for (int i = 0; i < ROUNDS; i++) {
    __asm__ volatile("lock; incb %0" : "+m"(c8)::"cc");
    __asm__ volatile("lock; addw $3, %0" : "+m"(c16)::"cc");
    unsigned int one = 1;
    __asm__ volatile("lock; xaddl %0, %1" : "+r"(one), "+m"(c32)::"cc");
    unsigned long old = c64;
    while (!__atomic_compare_exchange_n(&c64, &old, old + 5, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
    }
    __asm__ volatile("lock; btcq %1, %0" : "+m"(bits) : "r"(me * 7) : "cc");
    // Across a cache line.
    __asm__ volatile("lock; incq %0" : "+m"(*(volatile unsigned long *)(void *)(unaligned + 60))::"cc");
    if (i % 4 == 0) {
      unsigned __int128 expected = c128, wanted;
      do wanted = expected + (((unsigned __int128)1 << 64) | 1);
      while (!({
        unsigned char done;
        unsigned long low = (unsigned long)expected, high = (unsigned long)(expected >> 64);
        __asm__ volatile("lock; cmpxchg16b %1; sete %0"
                         : "=q"(done), "+m"(c128), "+a"(low), "+d"(high)
                         : "b"((unsigned long)wanted), "c"((unsigned long)(wanted >> 64))
                         : "cc");
        expected = (unsigned __int128)high << 64 | low;
        done;
      }));
    }
  }
  return NULL;
}

static volatile int held;
static long guarded;
static void *spin(void *unused) {
  for (int i = 0; i < ROUNDS / 4; i++) {
    int one;
    do {
      one = 1;
      __asm__ volatile("xchgl %0, %1" : "+r"(one), "+m"(held)::"memory");
      if (one) sched_yield();
    } while (one);
    guarded++;
    __asm__ volatile("movl $0, %0" : "=m"(held)::"memory");
  }
  return unused;
}

static volatile unsigned tickets, serving;
static void *queue(void *unused) {
  for (int i = 0; i < ROUNDS / 10; i++) {
    const unsigned mine = __atomic_fetch_add(&tickets, 1, __ATOMIC_SEQ_CST);
    while (serving != mine) sched_yield();
    guarded++;
    __atomic_store_n(&serving, mine + 1, __ATOMIC_RELEASE);
  }
  return unused;
}

static void together(int count, void *(*body)(void *)) {
  pthread_t threads[4];
  for (long i = 0; i < count; i++) CHECK(pthread_create(&threads[i], NULL, body, (void *)i) == 0);
  for (int i = 0; i < count; i++) CHECK(pthread_join(threads[i], NULL) == 0);
}

int main(void) {
  together(2, store_buffering);
  printf("store buffering: forbidden %ld\n", forbidden);
  together(2, pass_messages);
  printf("message passing: forbidden %ld\n", forbidden);
  together(4, count_all);
  printf("%u %u %u %lu %#lx\n", c8, c16, c32, c64, bits);
  printf("128 bits: %lu %lu\n", (unsigned long)c128, (unsigned long)(c128 >> 64));
  printf("unaligned: %lu\n", *(volatile unsigned long *)(void *)(unaligned + 60));
  together(4, spin);
  together(4, queue);
  printf("guarded: %ld\n", guarded);
  return 0;
}
