// run:
// run: arg1
// run: one "two words" "" 'three'
// The first program: greets, then shows its arguments.

#include <stdio.h>

int main(int argc, char **argv) {
  puts("Hello from a static Linux program!");
  for (int i = 1; i < argc; i++) printf("argument %d: %s\n", i, argv[i]);
  return 0;
}
