// run: 0 -> exit 0
// run: 1 -> exit 1
// run: 77 -> exit 77
// run: 127 -> exit 127
// run: 128 -> exit 128
// run: 255 -> exit 255
// run: 256 -> exit 0
// run: -1 -> exit 255
// run: 1000 -> exit 232
// run: _exit -> exit 3
// run: quick -> exit 4
// run: raw -> exit 5
// run: thread -> exit 6
// Every way to end with a status, with atexit handlers and unflushed output where they count.

#define _GNU_SOURCE
#include "check.h"

#include <sys/syscall.h>
#include <unistd.h>

static void handler(void) { puts("exit handler"); }
static void quick_handler(void) {
  puts("quick handler");
  fflush(stdout);
}

__attribute__((constructor)) static void before(void) { puts("constructor"); }
__attribute__((destructor)) static void after(void) { puts("destructor"); }

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "0";
  atexit(handler);
  at_quick_exit(quick_handler);
  printf("leaving with %s\n", mode);
  if (strcmp(mode, "_exit") == 0) {
    fflush(stdout);
    printf("lost");
    _exit(3);
  }
  if (strcmp(mode, "quick") == 0) quick_exit(4);
  fflush(stdout);
  if (strcmp(mode, "raw") == 0) syscall(SYS_exit_group, 5);
  if (strcmp(mode, "thread") == 0) syscall(SYS_exit, 6);  // of the only thread
  exit(atoi(mode));
}
