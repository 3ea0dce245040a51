// run:
// run: one two three
// run: "" " " "a b" "tab	x"
// Arguments, environment and the pointers to them, where the kernel put them.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv, char **envp) {
  CHECK(argc >= 1 && argv[argc] == NULL && envp == environ && envp == argv + argc + 1);
  const char *name = strrchr(argv[0], '/');
  printf("%d arguments to %s\n", argc, name ? name + 1 : argv[0]);
  CHECK(strcmp(program_invocation_short_name, name ? name + 1 : argv[0]) == 0);
  for (int i = 1; i < argc; i++) {
    printf("[%s]\n", argv[i]);
    CHECK(argv[i] == argv[i - 1] + strlen(argv[i - 1]) + 1);  // strings lie one after the other
  }
  int count = 0;
  while (envp[count]) count++;
  if (count) CHECK(envp[0] == argv[argc - 1] + strlen(argv[argc - 1]) + 1);
  CHECK(getenv("PATH") && setenv("NEW_VARIABLE", "value", 1) == 0 && strcmp(getenv("NEW_VARIABLE"), "value") == 0);
  CHECK(unsetenv("PATH") == 0 && !getenv("PATH") && putenv("ANOTHER=1") == 0 && strcmp(getenv("ANOTHER"), "1") == 0);
  CHECK(clearenv() == 0 && !getenv("ANOTHER"));
  puts("the environment is there and can be changed");
  return 0;
}
