// links: -lm
// A flood of SIGALRM, 10,000 a second, on a computing loop, on system calls and on memory: nothing may be lost.

#define _GNU_SOURCE
#include "check.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static volatile unsigned long ticks;
static void tick(int number) {
  ticks++;
  (void)number;
}

static uint64_t compute(void) {
  uint64_t digest = DIGEST_SEED, state = 1;
  double sum = 0;
  for (int i = 0; i < 2000000; i++) {
    digest ^= random_u64(&state);
    digest = digest << 7 | digest >> 57;
    if ((i & 1023) == 0) sum += sqrt((double)i) / 3;
  }
  return digest_double(digest, sum);
}

static uint64_t call(void) {
  uint64_t digest = DIGEST_SEED;
  int ends[2];
  CHECK(pipe(ends) == 0);
  for (int i = 0; i < 20000; i++) {
    char byte = (char)i, back;
    CHECK(write(ends[1], &byte, 1) == 1 && read(ends[0], &back, 1) == 1);
    digest = digest_u64(digest, (uint64_t)back);
  }
  return digest;
}

static uint64_t move(void) {
  static char a[1 << 16], b[1 << 16];
  for (size_t i = 0; i < sizeof a; i++) a[i] = (char)(i * 7);
  for (int i = 0; i < 400; i++) {
    memcpy(b, a, sizeof a);
    memmove(a + 1, b, sizeof a - 1);
  }
  return digest_bytes(DIGEST_SEED, a, sizeof a);
}

int main(void) {
  struct sigaction action = {.sa_handler = tick, .sa_flags = SA_RESTART};
  sigaction(SIGALRM, &action, NULL);
  const struct itimerval often = {{0, 100}, {0, 100}}, never = {{0, 0}, {0, 0}};
  CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
  report("compute", compute());
  report("system calls", call());
  report("memory", move());
  CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
  printf("ticks came: %d\n", ticks > 10);
  return 0;
}
