// Deep and wide recursion: Fibonacci, Ackermann, Hanoi, mutual recursion, tail calls.

#include "check.h"

static unsigned fibonacci(unsigned n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

static unsigned ackermann(unsigned m, unsigned n) {
  if (m == 0) return n + 1;
  return ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

static uint64_t moves;
static void hanoi(int n, int from, int to, int via) {
  if (n == 0) return;
  hanoi(n - 1, from, via, to);
  moves = moves * 31 + (uint64_t)(from * 3 + to);
  hanoi(n - 1, via, to, from);
}

static int is_odd(unsigned n);
static int is_even(unsigned n) { return n == 0 ? 1 : is_odd(n - 1); }
static int is_odd(unsigned n) { return n == 0 ? 0 : is_even(n - 1); }

int main(void) {
  printf("fibonacci %u\n", fibonacci(24));
  printf("ackermann %u\n", ackermann(2, 300));
  hanoi(14, 0, 2, 1);
  report("hanoi", moves);
  printf("even %d odd %d\n", is_even(10000), is_odd(9999));
  CHECK(fibonacci(20) == 6765 && ackermann(2, 3) == 9);
  return 0;
}
