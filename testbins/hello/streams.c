// run: -> exit 3
// Output on both streams, buffered and not, and a status from main.

#include <stdio.h>
#include <unistd.h>

int main(void) {
  static char buffer[64];
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
  for (int i = 0; i < 20; i++) printf("line %d of a small buffer\n", i);
  fprintf(stderr, "an error line\n");
  fflush(stdout);
  if (write(1, "raw\n", 4) != 4) return 1;
  setvbuf(stdout, NULL, _IONBF, 0);
  printf("unbuffered %s %d\n", "text", 42);
  int c = getchar();
  printf("standard input is %s\n", c == EOF ? "empty" : "not empty");
  return 3;
}
