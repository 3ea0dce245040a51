// variants: O0 dyn
// flags: -g -O0 -fno-inline -fcf-protection=none
// run: -> exit 0
// run: signal -> exit 0
// run: fault -> exit 0
// run: fork -> exit 0
// run: exec -> exit 0
// run: numbers -> exit 0
// What the tests of the debugger look at: small functions with known lines, variables and calls.

#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

volatile int counter;
volatile int32_t table[100];
volatile uint8_t small;
volatile uint64_t wide = 0x1122334455667788;
static sigjmp_buf escape;

static int add(int a, int b) {
  int sum = a + b;
  return sum;
}

static int factorial(int n) {
  if (n <= 1) return 1;
  return n * factorial(n - 1);
}

static void count_to(int limit) {
  for (int i = 1; i <= limit; i++) {
    counter = add(counter, i);
    table[i - 1] = i * i;
  }
}

static int read_table(int index) { return table[index]; }

static double halve(double x) { return x / 2; }
static long double third(long double x) { return x / 3; }

static void on_signal(int number) {
  counter += number;
  if (number == SIGSEGV) siglongjmp(escape, 1);
}

static void take_signals(void) {
  signal(SIGUSR1, on_signal);
  counter = 100;
  raise(SIGUSR1);
  printf("after the signal %d\n", counter);
}

static void fault(volatile int *address) { *address = 1; }

static void take_fault(void) {
  signal(SIGSEGV, on_signal);
  if (sigsetjmp(escape, 1) == 0) fault((int *)0x10);
  printf("after the fault %d\n", counter);
}

static void child_work(void) { counter = 7; }

static void forks(void) {
  fflush(stdout);
  pid_t child = fork();
  if (child < 0) _exit(100);
  if (child == 0) {
    child_work();
    _exit(counter);
  }
  int status = 0;
  waitpid(child, &status, 0);
  counter = WEXITSTATUS(status);
  printf("the child said %d\n", counter);
}

static void numbers(void) {
  printf("%g %Lg\n", halve(5), third(6));
}

/// Runs until somebody changes `counter`.
static void spin(void) {
  while (counter == 0) small++;
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "";
  if (!strcmp(mode, "signal")) {
    take_signals();
  } else if (!strcmp(mode, "fault")) {
    take_fault();
  } else if (!strcmp(mode, "fork")) {
    forks();
  } else if (!strcmp(mode, "exec")) {
    fflush(stdout);
    execl(argv[0], argv[0], "numbers", (char *)0);
    return 99;
  } else if (!strcmp(mode, "numbers")) {
    numbers();
  } else if (!strcmp(mode, "spin")) {
    spin();
    printf("spun\n");
  } else if (!strcmp(mode, "wait")) {
    pause();
  } else {
    count_to(10);
    small = (uint8_t)(read_table(3) + read_table(4));
    wide++;
    printf("counter %d, factorial %d, small %d\n", counter, factorial(5), small);
  }
  return 0;
}
