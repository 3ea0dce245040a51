// Dies in a way that leaves a core file, with known contents in memory and registers, for debuggers to find.
// variants: O0 dyn
// flags: -g
// run: never

#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

const char *text = "found in the core file";
int *volatile nowhere = (int *)16;
double numbers[4] = {1.5, -2.25, 1e300, 0};
static char zeros[1 << 20];
char *heap, *shared, *hidden, *untouched;

static __attribute__((noinline)) int fail(int *place, int value) {
  // What a debugger shows of these is what was put there.
  __asm__ volatile("movupd %0, %%xmm7\n\tfldpi" : : "m"(numbers) : "xmm7");
  *place = value;
  return value;
}

static __attribute__((noinline)) int middle(int depth, int *place) {
  return depth == 0 ? fail(place, 42) : middle(depth - 1, place) + 1;
}

static void die_of(int number) {
  const pid_t parent = getpid(), child = fork();
  if (child < 0) exit(98);
  if (child == 0) {
    kill(parent, number);
    _exit(0);
  }
  for (;;) pause();
}

int main(int count, char **arguments) {
  const char *way = count > 1 ? arguments[1] : "fault";
  heap = malloc(100000);
  memset(heap, 'h', 100000);
  zeros[70000] = 'z';
  shared = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  strcpy(shared, "shared");
  hidden = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  strcpy(hidden, "hidden");
  madvise(hidden, 8192, MADV_DONTDUMP);
  untouched = mmap(NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  untouched[32 << 20] = 'u';
  if (strcmp(way, "fault") == 0) return middle(3, nowhere);
  if (strcmp(way, "abort") == 0) abort();
  if (strcmp(way, "divide") == 0) return count / (count - 2);
  if (strcmp(way, "quit") == 0) die_of(SIGQUIT);
  if (strcmp(way, "terminate") == 0) die_of(SIGTERM);
  if (strcmp(way, "secret") == 0) {
    prctl(PR_SET_DUMPABLE, 0);
    abort();
  }
  return 97;
}
