// variants: O2
// flags: -s
// run: -> SIGSEGV
// Writes where nothing is, three calls deep, in a static program without symbols.

#include <stdio.h>

__attribute__((noinline)) static void innermost(volatile long *place, long value) {
  *place = value;
  printf("never\n");
}

__attribute__((noinline)) static void middle(long value) {
  innermost((volatile long *)(value << 12), 0xdead);
  printf("never\n");
}

__attribute__((noinline)) static void outer(int count) {
  middle(count + 6);
  printf("never\n");
}

int main(int argc, char **argv) {
  (void)argv;
  printf("about to crash\n");
  fflush(stdout);
  outer(argc);
  return 0;
}
