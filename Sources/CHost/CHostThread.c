#define _GNU_SOURCE
#include "CHostThread.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "CHostSignals.h"
#include "CHostSyscall.h"

// The gate: who starts the thread opens it when everything is ready; the number lies behind it.
enum { CLOSED = 0, OPEN = 1, REFUSED = 2, WAITING = 3 };

struct start {
  uint32_t *gate;
  void (*body)(void *);
  void *argument;
  uint32_t number;
};

static int32_t own_number(void) { return (int32_t)swemu_syscall(SYS_gettid, 0, 0, 0, 0, 0, 0); }

static void *run_thread(void *data) {
  // It lies below the frame of whoever starts the thread, who has gone on once the gate is open.
  const struct start start = *(struct start *)data;
  uint32_t *number = &((struct start *)data)->number;
  __atomic_store_n(number, (uint32_t)own_number(), __ATOMIC_RELEASE);
  swemu_syscall(SYS_futex, (long)number, FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
  uint32_t state;
  while ((state = __atomic_load_n(start.gate, __ATOMIC_ACQUIRE)) == CLOSED || state == WAITING) {
    uint32_t closed = CLOSED;
    __atomic_compare_exchange_n(start.gate, &closed, WAITING, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    swemu_syscall(SYS_futex, (long)start.gate, FUTEX_WAIT_PRIVATE, WAITING, 0, 0, 0);
  }
  if (state == OPEN) start.body(start.argument);
  return NULL;
}

void swemu_open_gate(uint32_t *gate, int is_open) {
  if (__atomic_exchange_n(gate, is_open ? OPEN : REFUSED, __ATOMIC_SEQ_CST) == WAITING) {
    swemu_syscall(SYS_futex, (long)gate, FUTEX_WAKE_PRIVATE, INT_MAX, 0, 0, 0);
  }
}

// Where the C library keeps the number of a thread (struct pthread, tid). Its place is not public, so it is believed
// only where it holds the right number for the calling thread.
enum { NUMBER_OFFSET = 0x2d0 };

static int knows_number_place(void) {
  static int known = -1;
  if (known < 0) known = *(int32_t *)((char *)pthread_self() + NUMBER_OFFSET) == own_number();
  return known;
}

int64_t swemu_start_thread(void *stack, uint64_t size, uint32_t *gate, void (*body)(void *), void *argument) {
  // On the new thread's stack, at its far end: it outlives this frame.
  struct start *start = stack;
  *start = (struct start){gate, body, argument, 0};
  *gate = CLOSED;
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error) return -error;
  pthread_t thread;
  error = pthread_attr_setstack(&attributes, stack, size);
  if (!error) error = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (!error) {
    const uint64_t mask = swemu_block_signals();
    error = pthread_create(&thread, &attributes, run_thread, start);
    swemu_set_host_mask(mask);
  }
  pthread_attr_destroy(&attributes);
  if (error) return -error;
  if (knows_number_place()) return *(int32_t *)((char *)thread + NUMBER_OFFSET);
  uint32_t number;
  while ((number = __atomic_load_n(&start->number, __ATOMIC_ACQUIRE)) == 0) {
    swemu_syscall(SYS_futex, (long)&start->number, FUTEX_WAIT_PRIVATE, 0, 0, 0, 0);
  }
  return number;
}

int swemu_thread_exists(int32_t process, int32_t number) {
  return swemu_syscall(SYS_tgkill, process, number, 0, 0, 0, 0) == 0;
}

uint64_t swemu_block_signals(void) {
  uint64_t old = 0;
  const uint64_t all = ~SWEMU_OWN_SIGNALS;
  swemu_syscall(SYS_rt_sigprocmask, 2, (long)&all, (long)&old, 8, 0, 0);
  return old;
}

void swemu_set_host_mask(uint64_t mask) { swemu_syscall(SYS_rt_sigprocmask, 2, (long)&mask, 0, 8, 0, 0); }

void swemu_wait_word(uint32_t *word, uint32_t value, uint32_t milliseconds) {
  const struct timespec limit = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
  swemu_syscall(SYS_futex, (long)word, FUTEX_WAIT_PRIVATE, value, (long)&limit, 0, 0);
}

void swemu_bump_word(uint32_t *word) {
  __atomic_fetch_add(word, 1, __ATOMIC_SEQ_CST);
  swemu_syscall(SYS_futex, (long)word, FUTEX_WAKE_PRIVATE, INT_MAX, 0, 0, 0);
}

uint32_t swemu_load_word(const uint32_t *word) { return __atomic_load_n(word, __ATOMIC_SEQ_CST); }
void swemu_store_word(uint32_t *word, uint32_t value) { __atomic_store_n(word, value, __ATOMIC_SEQ_CST); }
void swemu_count(uint64_t *counter) { __atomic_fetch_add(counter, 1, __ATOMIC_RELAXED); }
