// The emulator that changes nothing: executes PROGRAM natively. The integration tests are
// proven with it, since all they compare must then be equal.
// Usage: passthrough PROGRAM [ARGUMENTS...]; failures are reported as swemu reports them.

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "passthrough: no program given\n");
    return 2;
  }
  execv(argv[1], argv + 1);
  const int reason = errno;
  fprintf(stderr, "passthrough: %s: %s\n", argv[1], strerror(reason));
  return reason == ENOENT ? 127 : 126;
}
