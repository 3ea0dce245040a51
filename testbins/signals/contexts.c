// variants: O0 O2 pie dyn
// Leaving a handler by siglongjmp and by swapcontext, and coming back.

#include "check.h"

#include <setjmp.h>
#include <signal.h>
#include <ucontext.h>

static sigjmp_buf place;
static ucontext_t main_context, worker, interrupted;
static char stack[65536];
static int turns;

static void jump(int number) { siglongjmp(place, number); }

static void swap(int number) {
  (void)number;
  printf("  handler %d swaps\n", turns);
  swapcontext(&interrupted, &main_context);
  printf("  handler goes on\n");
}

static void work(void) {
  for (turns = 0; turns < 3; turns++) {
    printf("  worker %d\n", turns);
    raise(SIGUSR2);
  }
  puts("  worker is done");
}

int main(void) {
  signal(SIGUSR1, jump);
  for (volatile int i = 0; i < 3; i++) {
    int value = sigsetjmp(place, 1);
    if (value == 0) raise(SIGUSR1);
    sigset_t now;
    sigprocmask(SIG_SETMASK, NULL, &now);
    printf("back with %d, blocked %d\n", value, sigismember(&now, SIGUSR1));
  }
  signal(SIGUSR2, swap);
  CHECK(getcontext(&worker) == 0);
  worker.uc_stack.ss_sp = stack;
  worker.uc_stack.ss_size = sizeof stack;
  worker.uc_link = &main_context;
  makecontext(&worker, work, 0);
  CHECK(swapcontext(&main_context, &worker) == 0);
  while (turns < 3) {
    puts("main");
    CHECK(swapcontext(&main_context, &interrupted) == 0);
  }
  return 0;
}
