// The system calls behind threads, made raw: futexes with all operations, their errors, clone's flags, names, barriers.
// variants: O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif
#ifndef SYS_membarrier
#define SYS_membarrier 324
#endif
// linux/futex.h, which musl's headers lack.
enum {
  FUTEX_WAIT = 0, FUTEX_WAKE = 1, FUTEX_CMP_REQUEUE = 4, FUTEX_WAKE_OP = 5, FUTEX_LOCK_PI = 6, FUTEX_UNLOCK_PI = 7,
  FUTEX_TRYLOCK_PI = 8, FUTEX_WAIT_BITSET = 9, FUTEX_WAKE_BITSET = 10, FUTEX_PRIVATE_FLAG = 128,
  FUTEX_CLOCK_REALTIME = 256, FUTEX_OP_ADD = 1, FUTEX_OP_CMP_EQ = 0,
};
#define FUTEX_OP(op, oparg, cmp, cmparg) ((unsigned)(op) << 28 | (cmp) << 24 | (oparg) << 12 | (cmparg))

#ifndef CLONE_NEWPID
#define CLONE_NEWPID 0x20000000
#endif

static long futex(void *word, int operation, unsigned value, void *fourth, void *second, unsigned third) {
  return syscall(SYS_futex, word, operation, value, fourth, second, third);
}

static void show(const char *label, long result) {
  if (result < 0) printf("%s: %s\n", label, strerror(errno));
  else printf("%s: %ld\n", label, result);
}

static unsigned word, other;
static volatile int waiting;

static void *wait_on(void *bits) {
  __atomic_add_fetch(&waiting, 1, __ATOMIC_SEQ_CST);
  const long result = futex(&word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, (unsigned)(long)bits);
  return (void *)result;
}

static int sleepers(void) {
  // Who waits cannot be seen from outside but in the state of the threads.
  int count = 0;
  char path[64], text[512];
  for (int tid = getpid() + 1; tid < getpid() + 200; tid++) {
    snprintf(path, sizeof path, "/proc/self/task/%d/stat", tid);
    FILE *file = fopen(path, "r");
    if (!file) continue;
    if (fgets(text, sizeof text, file)) {
      const char *end = strrchr(text, ')');
      count += end && end[2] == 'S';
    }
    fclose(file);
  }
  return count;
}

static void settle(int wanted) {
  while (waiting < wanted) sched_yield();
  for (int i = 0; i < 2000 && sleepers() < wanted; i++) usleep(200);
}

static void wake_and_requeue(void) {
  pthread_t threads[6];
  for (long i = 0; i < 6; i++) CHECK(pthread_create(&threads[i], NULL, wait_on, (void *)(i < 2 ? 1L : 6L)) == 0);
  settle(6);
  show("wake bits that nobody has", futex(&word, FUTEX_WAKE_BITSET | FUTEX_PRIVATE_FLAG, INT_MAX, NULL, NULL, 8));
  show("wake bit 1", futex(&word, FUTEX_WAKE_BITSET | FUTEX_PRIVATE_FLAG, INT_MAX, NULL, NULL, 1));
  show("requeue, wrong value", futex(&word, FUTEX_CMP_REQUEUE | FUTEX_PRIVATE_FLAG, 1, (void *)2L, &other, 5));
  show("requeue two, wake one", futex(&word, FUTEX_CMP_REQUEUE | FUTEX_PRIVATE_FLAG, 1, (void *)2L, &other, 0));
  show("wake at the new place", futex(&other, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, INT_MAX, NULL, NULL, 0));
  // other = other + 3; wake one here, and one there if it was 0.
  show("wake op", futex(&word, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 1, (void *)1L, &other, FUTEX_OP(FUTEX_OP_ADD, 3, FUTEX_OP_CMP_EQ, 0)));
  printf("other word: %u\n", other);
  long sum = 0;
  for (int i = 0; i < 6; i++) {
    void *result;
    CHECK(pthread_join(threads[i], &result) == 0);
    sum += (long)result;
  }
  printf("waits: %ld\n", sum);
}

static void errors(void) {
  struct timespec soon = {0, 2000000}, bad = {0, 2000000000}, past = {1, 0};
  show("wait, another value", futex(&word, FUTEX_WAIT, 1, NULL, NULL, 0));
  show("wait, time limit", futex(&word, FUTEX_WAIT, 0, &soon, NULL, 0));
  show("wait, bad time", futex(&word, FUTEX_WAIT, 0, &bad, NULL, 0));
  show("wait until the past", futex(&word, FUTEX_WAIT_BITSET, 0, &past, NULL, ~0u));
  show("wait until the past, real", futex(&word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &past, NULL, ~0u));
  show("wait for no bits", futex(&word, FUTEX_WAIT_BITSET, 0, &past, NULL, 0));
  show("not aligned", futex((char *)&word + 1, FUTEX_WAIT, 0, NULL, NULL, 0));
  show("nowhere", futex((void *)0x10000, FUTEX_WAIT, 0, NULL, NULL, 0));
  show("kernel", futex((void *)0xffff800000000000, FUTEX_WAIT, 0, NULL, NULL, 0));
  show("above", futex((void *)0x7fffffffe000, FUTEX_WAIT, 1234567, NULL, NULL, 0) < 0 ? -1 : 0);
  show("unknown", futex(&word, 77, 0, NULL, NULL, 0));
  unsigned *readable = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(readable != MAP_FAILED);
  show("read only", futex(readable, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 5, NULL, NULL, 0));
  show("wake read only", futex(readable, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 5, NULL, NULL, 0));
}

static void inheritance(void) {
  unsigned lock = 0;
  const unsigned me = (unsigned)syscall(SYS_gettid);
  show("lock", futex(&lock, FUTEX_LOCK_PI | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, 0));
  printf("owner: %d\n", lock == me);
  show("lock again", futex(&lock, FUTEX_LOCK_PI | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, 0));
  show("try", futex(&lock, FUTEX_TRYLOCK_PI | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, 0));
  show("unlock", futex(&lock, FUTEX_UNLOCK_PI | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, 0));
  show("unlock again", futex(&lock, FUTEX_UNLOCK_PI | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, 0));
  lock = 0x3ffffff0;
  show("owner who is not", futex(&lock, FUTEX_LOCK_PI | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, 0));
}

struct waiter {
  uint64_t value, address;
  uint32_t flags, reserved;
};

static void *wake_later(void *place) {
  usleep(3000);
  for (int i = 0; i < 1000 && futex(place, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0) == 0; i++) usleep(200);
  return NULL;
}

static void several(void) {
  unsigned words[3] = {0, 0, 0};
  struct waiter waiters[3];
  for (int i = 0; i < 3; i++) waiters[i] = (struct waiter){0, (uint64_t)(uintptr_t)&words[i], 2 | FUTEX_PRIVATE_FLAG, 0};
  struct timespec past = {1, 0};
  show("waitv until the past", syscall(SYS_futex_waitv, waiters, 3, 0, &past, CLOCK_MONOTONIC));
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, wake_later, &words[2]) == 0);
  show("waitv, woken", syscall(SYS_futex_waitv, waiters, 3, 0, NULL, CLOCK_MONOTONIC));
  CHECK(pthread_join(thread, NULL) == 0);
  waiters[1].value = 5;
  show("waitv, another value", syscall(SYS_futex_waitv, waiters, 3, 0, NULL, CLOCK_MONOTONIC));
  waiters[1].reserved = 1;
  show("waitv, reserved word", syscall(SYS_futex_waitv, waiters, 3, 0, NULL, CLOCK_MONOTONIC));
  show("waitv, none", syscall(SYS_futex_waitv, waiters, 0, 0, NULL, CLOCK_MONOTONIC));
  show("waitv, no list", syscall(SYS_futex_waitv, NULL, 1, 0, NULL, CLOCK_MONOTONIC));
}

static void *named(void *unused) {
  char name[16], leader[32] = "";
  CHECK(prctl(PR_SET_NAME, "a very long name of a thread") == 0 && prctl(PR_GET_NAME, name) == 0);
  FILE *file = fopen("/proc/self/comm", "r");
  CHECK(file && fgets(leader, sizeof leader, file));
  fclose(file);
  printf("name: %s, the leader's is another: %d\n", name, strncmp(leader, "a very", 6) != 0);
  const pid_t tid = (pid_t)syscall(SYS_gettid);
  printf("number: %d\n", tid != getpid() && tid > 0);
  printf("kill: %ld %ld\n", syscall(SYS_tgkill, getpid(), tid, 0), syscall(SYS_tkill, tid, 0));
  show("tgkill, another group", syscall(SYS_tgkill, 1, tid, 0));
  printf("scheduler: %d\n", sched_getscheduler(tid));
  return unused;
}

static void clone_flags(void) {
  show("thread without memory", syscall(SYS_clone, CLONE_THREAD | CLONE_SIGHAND, 0, 0, 0, 0));
  show("thread without handlers", syscall(SYS_clone, CLONE_THREAD | CLONE_VM, 0, 0, 0, 0));
  show("handlers without memory", syscall(SYS_clone, CLONE_SIGHAND | SIGCHLD, 0, 0, 0, 0));
  show("thread of new numbers", syscall(SYS_clone, CLONE_THREAD | CLONE_VM | CLONE_SIGHAND | CLONE_NEWPID, 0, 0, 0, 0));
  uint64_t arguments[8] = {CLONE_THREAD | CLONE_VM | CLONE_SIGHAND, 0, 0, 0, SIGCHLD, 0, 0, 0};
  show("clone3: thread with a signal", syscall(SYS_clone3, arguments, sizeof arguments));
  arguments[4] = 0;
  arguments[6] = 4096;
  show("clone3: size without stack", syscall(SYS_clone3, arguments, sizeof arguments));
  show("clone3: too small", syscall(SYS_clone3, arguments, 8));
}

int main(void) {
  wake_and_requeue();
  errors();
  inheritance();
  several();
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, named, NULL) == 0 && pthread_join(thread, NULL) == 0);
  printf("set_tid_address: %d\n", (pid_t)syscall(SYS_set_tid_address, 0) == getpid());
  clone_flags();
  CHECK(syscall(SYS_membarrier, 16, 0, 0) == 0);
  show("membarrier", syscall(SYS_membarrier, 8, 0, 0));
  return 0;
}
