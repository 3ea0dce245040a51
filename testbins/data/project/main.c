#include "part.h"

#include <stdio.h>

int main(void) {
  printf("%d %d %d %d\n", one(1), two(2), three(3), four(4));
  return 0;
}
