// Signals and threads: to one, to whoever does not block it, waited for, on the thread that faults, from timers.
// variants: O0 O2 musl pie dyn
// flags: -pthread

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

static __thread volatile int handled;
static __thread volatile int value;
static __thread siginfo_t last;
static long outside;
static void handle(int number, siginfo_t *info, void *context) {
  handled++;
  value = info->si_value.sival_int;
  last = *info;
  char here;
  stack_t stack;
  sigaltstack(NULL, &stack);
  if (stack.ss_flags == SS_ONSTACK && ((char *)stack.ss_sp > &here || &here >= (char *)stack.ss_sp + stack.ss_size))
    __atomic_add_fetch(&outside, 1, __ATOMIC_SEQ_CST);
  (void)number, (void)context;
}

static sem_t ready, next;
static void take(sem_t *semaphore) {
  while (sem_wait(semaphore) != 0) CHECK(errno == EINTR);
}

static volatile int stop;
static void *count_own(void *unused) {
  static const size_t size = 32768;
  stack_t stack = {.ss_sp = malloc(size), .ss_size = size};
  sigaltstack(&stack, NULL);
  sem_post(&ready);
  while (!stop) {
  }
  stack.ss_flags = SS_DISABLE;
  sigaltstack(&stack, NULL);
  free(stack.ss_sp);
  (void)unused;
  return (void *)(long)handled;
}

static void to_each(void) {
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) CHECK(pthread_create(&threads[i], NULL, count_own, NULL) == 0);
  for (int i = 0; i < 3; i++) take(&ready);
  // Real-time signals queue: none is lost.
  for (int round = 0; round < 100; round++) {
    for (int i = 0; i < 3; i++) CHECK(pthread_kill(threads[i], SIGRTMIN + 3) == 0);
  }
  usleep(20000);
  stop = 1;
  long sum = 0;
  for (int i = 0; i < 3; i++) {
    void *result;
    CHECK(pthread_join(threads[i], &result) == 0);
    sum += (long)result;
  }
  printf("to each: %ld, own %d, off the stack %ld\n", sum, handled, outside);
}

static void *only_receiver(void *unused) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  sem_post(&ready);
  while (handled < 5) pause();
  (void)unused;
  return (void *)(long)handled;
}

static void to_whoever(void) {
  sigset_t set, old;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, &old);
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, only_receiver, NULL) == 0);
  take(&ready);
  // More than five: one may come before pause, and they do not queue.
  for (int i = 0; i < 2000 && pthread_kill(thread, 0) == 0 && i < 50; i++) {
    kill(getpid(), SIGUSR1);
    usleep(500);
  }
  void *result;
  CHECK(pthread_join(thread, &result) == 0);
  printf("to whoever: %d, own %d\n", (long)result >= 5, handled);
  struct timespec now = {0, 0};
  sigtimedwait(&set, NULL, &now);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static void *wait_for_signals(void *unused) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN + 4);
  sigaddset(&set, SIGUSR2);
  long sum = 0;
  sem_post(&ready);
  for (;;) {
    siginfo_t info;
    const int number = sigwaitinfo(&set, &info);
    if (number == SIGUSR2) break;
    CHECK(number == SIGRTMIN + 4 && info.si_code == SI_QUEUE);
    sum += info.si_value.sival_int;
  }
  (void)unused;
  return (void *)sum;
}

static void waited_for(void) {
  sigset_t set, old;
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN + 4);
  sigaddset(&set, SIGUSR2);
  pthread_sigmask(SIG_BLOCK, &set, &old);
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, wait_for_signals, NULL) == 0);
  take(&ready);
  for (int i = 1; i <= 50; i++) CHECK(sigqueue(getpid(), SIGRTMIN + 4, (union sigval){.sival_int = i}) == 0);
  usleep(5000);
  CHECK(pthread_kill(thread, SIGUSR2) == 0);
  void *result;
  CHECK(pthread_join(thread, &result) == 0);
  printf("waited for: %ld\n", (long)result);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static __thread sigjmp_buf back;
static __thread void *fault_address;
static void jump_back(int number, siginfo_t *info, void *context) {
  fault_address = info->si_addr;
  siglongjmp(back, number);
  (void)context;
}

static void *fault(void *page) {
  volatile long caught = 0;
  for (int i = 0; i < 200; i++) {
    if (sigsetjmp(back, 1) == 0) {
      *(volatile char *)page = 1;
    } else {
      caught += fault_address == page;
    }
  }
  return (void *)caught;
}

static void faults(void) {
  struct sigaction action = {.sa_sigaction = jump_back, .sa_flags = SA_SIGINFO}, old;
  sigaction(SIGSEGV, &action, &old);
  char *pages = mmap(NULL, 4 * 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(pages != MAP_FAILED);
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) CHECK(pthread_create(&threads[i], NULL, fault, pages + i * 4096) == 0);
  long sum = 0;
  for (int i = 0; i < 4; i++) {
    void *result;
    CHECK(pthread_join(threads[i], &result) == 0);
    sum += (long)result;
  }
  printf("faults: %ld\n", sum);
  sigaction(SIGSEGV, &old, NULL);
}

static void *with_timer(void *unused) {
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN + 5};
  event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
  event.sigev_value.sival_int = 99;
  timer_t timer;
  CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
  const struct itimerspec often = {{0, 1000000}, {0, 1000000}};
  CHECK(timer_settime(timer, 0, &often, NULL) == 0);
  while (handled < 10) {
  }
  CHECK(timer_delete(timer) == 0);
  printf("timer: value %d, code %d\n", value, last.si_code == SI_TIMER);
  return unused;
}

static void *suspend(void *unused) {
  sigset_t none, all, old;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  sem_post(&ready);
  take(&next);
  sigemptyset(&none);
  const int before = handled;
  const int result = sigsuspend(&none);
  printf("sigsuspend: %s, before %d, after %d\n", result == -1 && errno == EINTR ? "EINTR" : "?", before, handled);
  return unused;
}

int main(void) {
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  for (int number = 0; number < 3; number++) sigaction(SIGRTMIN + 3 + number, &action, NULL);
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGUSR2, &action, NULL);
  CHECK(sem_init(&ready, 0, 0) == 0 && sem_init(&next, 0, 0) == 0);
  to_each();
  to_whoever();
  waited_for();
  faults();
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, with_timer, NULL) == 0 && pthread_join(thread, NULL) == 0);
  CHECK(pthread_create(&thread, NULL, suspend, NULL) == 0);
  take(&ready);
  CHECK(pthread_kill(thread, SIGUSR2) == 0);
  sem_post(&next);
  CHECK(pthread_join(thread, NULL) == 0);
  return 0;
}
