// vfork and clone with CLONE_VM: the parent sees all that the child did to memory, and runs only after it.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1;
static char large[300000];
static char *volatile heap;
static char *volatile mapped;
static char *volatile guarded;

static int finish(pid_t pid) {
  int word;
  CHECK(waitpid(pid, &word, 0) == pid);
  return word;
}

static void simple(void) {
  volatile int local = 1;
  pid_t pid = vfork();
  if (pid < 0) _exit(98);
  if (pid == 0) {
    local = 2;
    global = 2;
    _exit(3);
  }
  printf("local %d, global %d\n", local, global);
  printf("status %#x\n", finish(pid));
}

static void mappings(void) {
  guarded = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *gone = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  void *before = sbrk(0);
  pid_t pid = vfork();
  if (pid < 0) _exit(98);
  if (pid == 0) {
    heap = malloc(200000);
    memset(heap, 'h', 200000);
    mapped = mmap(NULL, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(mapped + 4000, 'm', 200);
    guarded[0] = 'g';
    mprotect(guarded, 4096, PROT_READ);
    munmap(gone, 4096);
    if (sbrk(8192) == before) memset(before, 'b', 8192);
    memset(large, 'l', sizeof large);
    _exit(0);
  }
  CHECK(finish(pid) == 0);
  CHECK(heap[0] == 'h' && heap[199999] == 'h');
  CHECK(mapped[3999] == 0 && mapped[4000] == 'm' && mapped[4199] == 'm' && mapped[4200] == 0);
  mapped[0] = 1;
  CHECK(guarded[0] == 'g');
  unsigned char there;
  CHECK(mincore(gone, 4096, &there) == -1 && errno == ENOMEM);
  for (size_t i = 0; i < sizeof large; i++) CHECK(large[i] == 'l');
  free(heap);
  char *again = malloc(100000);
  memset(again, 1, 100000);
  free(again);
  printf("heap, mappings and %zu bytes came back\n", sizeof large);
  pid = fork();
  if (pid < 0) _exit(98);
  if (pid == 0) {
    guarded[0] = 'x';
    _exit(1);
  }
  printf("a page made read-only by the child: status %#x\n", finish(pid) & 0x7f);
}

static void executing(void) {
  static char argument[32];
  pid_t pid = vfork();
  if (pid < 0) _exit(98);
  if (pid == 0) {
    strcpy(argument, "exit 7");
    global = 70;
    char *arguments[] = {"sh", "-c", argument, NULL}, *none[] = {NULL};
    execve("/bin/sh", arguments, none);
    _exit(1);
  }
  printf("before it ends: global %d, argument %s\n", global, argument);
  printf("status %#x\n", finish(pid));
  pid = vfork();
  if (pid < 0) _exit(98);
  if (pid == 0) {
    char *arguments[] = {"none", NULL};
    execve("/nonexistent/program", arguments, arguments + 1);
    global = errno;
    _exit(127);
  }
  CHECK(finish(pid) == 127 << 8 && global == ENOENT);
  printf("errno comes back\n");
}

static void nested(void) {
  pid_t pid = vfork();
  if (pid < 0) _exit(98);
  if (pid == 0) {
    static pid_t inner;
    inner = vfork();
    if (inner < 0) _exit(98);
    if (inner == 0) {
      global = 1000;
      _exit(0);
    }
    global += 1;
    int word;
    if (waitpid(inner, &word, 0) != inner) _exit(97);
    _exit(0);
  }
  CHECK(finish(pid) == 0);
  printf("nested: %d\n", global);
}

static int function(void *argument) {
  *(int *)argument = 55;
  global = 56;
  return 9;
}

static void cloned(void) {
  static char stack[65536] __attribute__((aligned(16)));
  int value = 0;
  const int flags[] = {CLONE_VM | CLONE_VFORK | SIGCHLD, CLONE_VM | SIGCHLD, CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD};
  for (size_t i = 0; i < COUNT(flags); i++) {
    value = global = 0;
    pid_t pid = clone(function, stack + sizeof stack, flags[i], &value);
    CHECK(pid > 0);
    int word = finish(pid);
    printf("clone %#x: %d %d status %#x\n", flags[i], value, global, word);
  }
  int numbers[2] = {0, 0};
  pid_t pid = clone(function, stack + sizeof stack, CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | SIGCHLD, &value,
                    &numbers[0], NULL, &numbers[1]);
  CHECK(pid > 0 && numbers[0] == pid && numbers[1] == 0);
  finish(pid);
  printf("numbers are stored\n");
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  simple();
  mappings();
  executing();
  nested();
  cloned();
  return 0;
}
