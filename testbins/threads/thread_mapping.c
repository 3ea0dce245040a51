// Memory that comes, goes and changes its rights while other threads use it: each access is made or faults, whole.
// variants: O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const size_t page = 4096;
static volatile int stop;
static char *area;

static __thread sigjmp_buf back;
static __thread volatile int may_fault;
static void jump_back(int number) {
  if (!may_fault) _exit(97);
  siglongjmp(back, number);
}

static void *use(void *number) {
  volatile long faults = 0, rounds = 0;
  volatile unsigned long *word = (volatile unsigned long *)(area + (long)number * 64);
  may_fault = 1;
  while (!stop) {
    if (sigsetjmp(back, 1) == 0) {
      const unsigned long old = *word;
      // All bytes or none.
      if (old != 0 && old != 0x0101010101010101ul * (old & 255)) _exit(96);
      *word = 0x0101010101010101ul * (unsigned long)(rounds++ & 255);
      __asm__ volatile("lock; addq $0, %0" : "+m"(*word)::"cc");
    } else {
      faults++;
    }
  }
  may_fault = 0;
  return (void *)(long)(faults > 0);
}

static void *change_rights(void *unused) {
  for (int i = 0; i < 100; i++) {
    CHECK(mprotect(area, page, PROT_READ) == 0);
    CHECK(mprotect(area, page, PROT_NONE) == 0);
    CHECK(mprotect(area, page, PROT_READ | PROT_WRITE) == 0);
    sched_yield();
  }
  return unused;
}

static void *map_anew(void *unused) {
  for (int i = 0; i < 100; i++) {
    CHECK(munmap(area, page) == 0);
    sched_yield();
    CHECK(mmap(area, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == area);
    CHECK(madvise(area, page, MADV_DONTNEED) == 0);
  }
  return unused;
}

static void against(const char *label, void *(*body)(void *)) {
  pthread_t users[2], changer;
  stop = 0;
  for (long i = 0; i < 2; i++) CHECK(pthread_create(&users[i], NULL, use, (void *)i) == 0);
  CHECK(pthread_create(&changer, NULL, body, NULL) == 0 && pthread_join(changer, NULL) == 0);
  stop = 1;
  for (int i = 0; i < 2; i++) CHECK(pthread_join(users[i], NULL) == 0);
  printf("%s: whole\n", label);
}

// Each thread maps, fills, checks and unmaps its own.
static void *churn(void *number) {
  uint64_t state = (uint64_t)(long)number + 1;
  for (int i = 0; i < 80; i++) {
    const size_t size = (1 + random_u64(&state) % 20) * page;
    unsigned char *own = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(own != MAP_FAILED);
    for (size_t k = 0; k < size; k += 512) {
      CHECK(own[k] == 0);
      own[k] = (unsigned char)(long)number;
    }
    if (i % 3 == 0) {
      own = mremap(own, size, size * 2, MREMAP_MAYMOVE);
      CHECK(own != MAP_FAILED);
    }
    for (size_t k = 0; k < size; k += 512) CHECK(own[k] == (unsigned char)(long)number);
    CHECK(munmap(own, i % 3 == 0 ? size * 2 : size) == 0);
  }
  return NULL;
}

// System calls on memory that goes away: EFAULT, or done.
static void *call_on(void *unused) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  char bytes[64];
  while (!stop) {
    const ssize_t count = write(ends[1], area, sizeof bytes);
    if (count > 0) CHECK(read(ends[0], bytes, (size_t)count) == count);
    syscall(SYS_rt_sigpending, area + 512, 8);
    syscall(SYS_uname, area + 1024);
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, area + 2048);
  }
  close(ends[0]);
  close(ends[1]);
  return unused;
}

int main(void) {
  area = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(area != MAP_FAILED);
  struct sigaction action = {.sa_handler = jump_back};
  sigaction(SIGSEGV, &action, NULL);
  against("rights", change_rights);
  against("mappings", map_anew);
  pthread_t threads[4];
  for (long i = 0; i < 4; i++) CHECK(pthread_create(&threads[i], NULL, churn, (void *)(i + 1)) == 0);
  for (int i = 0; i < 4; i++) CHECK(pthread_join(threads[i], NULL) == 0);
  puts("own mappings: kept");
  memset(area, 0, page);
  stop = 0;
  pthread_t caller, changer;
  CHECK(pthread_create(&caller, NULL, call_on, NULL) == 0 && pthread_create(&changer, NULL, map_anew, NULL) == 0);
  CHECK(pthread_join(changer, NULL) == 0);
  stop = 1;
  CHECK(pthread_join(caller, NULL) == 0);
  puts("system calls: done or refused");
  return 0;
}
