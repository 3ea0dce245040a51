#include "CHostFork.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "CHostSyscall.h"

int64_t swemu_host_fork(void) {
  const pid_t child = fork();
  return child < 0 ? -(int64_t)errno : child;
}

// Where the C library keeps the number of a thread (struct pthread, tid), which its mutexes and pthread_kill use and
// its fork sets anew in the child. Its place is not public, so it is believed only where it holds the right number.
static int32_t *own_thread_number(void) {
  enum { OFFSET = 0x2d0 };
  int32_t *place = (int32_t *)((char *)pthread_self() + OFFSET);
  return *place == (int32_t)swemu_syscall(SYS_gettid, 0, 0, 0, 0, 0, 0) ? place : NULL;
}

int64_t swemu_host_clone3(const void *arguments, uint64_t size) {
  int32_t *number = own_thread_number();
  const int64_t child = swemu_syscall(SYS_clone3, (long)arguments, (long)size, 0, 0, 0, 0);
  if (child == 0 && number) *number = (int32_t)swemu_syscall(SYS_gettid, 0, 0, 0, 0, 0, 0);
  return child;
}

void swemu_host_futex_wait(uint32_t *word, uint32_t value, uint32_t milliseconds) {
  const struct timespec limit = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
  swemu_syscall(SYS_futex, (long)word, FUTEX_WAIT, value, (long)&limit, 0, 0);
}

void swemu_host_futex_store(uint32_t *word, uint32_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
  swemu_syscall(SYS_futex, (long)word, FUTEX_WAKE, INT_MAX, 0, 0, 0);
}

uint32_t swemu_host_futex_load(const uint32_t *word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }
