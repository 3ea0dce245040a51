// execve and execveat: what the new program keeps of the old one, what it does not, and every error.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef AT_EMPTY_PATH
#define AT_EMPTY_PATH 0x1000
#endif

extern char **environ;
static char self[4096];

static void handler(int number) { (void)number; }

static pid_t child_of(void) {
  fflush(stdout);
  pid_t pid = fork();
  if (pid < 0) {
    perror("fork");
    exit(98);
  }
  return pid;
}

static int status_of(pid_t pid) {
  int word;
  CHECK(waitpid(pid, &word, 0) == pid);
  return word;
}

// What the executed program says about itself.
static int shown(int argc, char **argv) {
  printf("argc %d:", argc);
  for (int i = 0; i < argc; i++) printf(" [%s]", argv[i]);
  int count = 0;
  for (char **entry = environ; *entry; entry++) count++;
  printf(", %d variables\n", count);
  char name[16] = "";
  prctl(PR_GET_NAME, name);
  printf("name %s\n", name);
  struct sigaction action;
  sigaction(SIGUSR1, NULL, &action);
  printf("caught before: %s\n", action.sa_handler == SIG_DFL && action.sa_flags == 0 ? "default" : "kept");
  sigaction(SIGUSR2, NULL, &action);
  printf("ignored before: %s\n", action.sa_handler == SIG_IGN ? "ignored" : "lost");
  sigset_t set;
  sigprocmask(SIG_SETMASK, NULL, &set);
  printf("blocked: %d %d, ", sigismember(&set, SIGTERM), sigismember(&set, SIGINT));
  sigpending(&set);
  printf("pending: %d\n", sigismember(&set, SIGTERM));
  stack_t stack;
  sigaltstack(NULL, &stack);
  printf("alternate stack: %s\n", stack.ss_flags == SS_DISABLE ? "none" : "kept");
  printf("descriptors: %d %d\n", fcntl(40, F_GETFD), fcntl(41, F_GETFD));
  unsigned char there;
  printf("mapping at 0x10000000: %s\n", mincore((void *)0x10000000, 4096, &there) ? "gone" : "kept");
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  printf("limit of files: %d, umask %o, priority %d\n", (int)limit.rlim_cur, umask(0), getpriority(PRIO_PROCESS, 0));
  char link[4096];
  ssize_t length = readlink("/proc/self/exe", link, sizeof link - 1);
  link[length < 0 ? 0 : length] = 0;
  printf("own program: %s\n", strcmp(link, self) == 0 ? "right" : link);
  float one = 1;
  CHECK(one / 3 > 0.33f);
  return 17;
}

static void keeping(void) {
  pid_t pid = child_of();
  if (pid == 0) {
    signal(SIGUSR1, handler);
    signal(SIGUSR2, SIG_IGN);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGTERM);
    static char stack_memory[65536];
    stack_t stack = {.ss_sp = stack_memory, .ss_size = sizeof stack_memory};
    sigaltstack(&stack, NULL);
    CHECK(dup2(1, 40) == 40 && dup3(1, 41, O_CLOEXEC) == 41);
    CHECK(mmap((void *)0x10000000, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED);
    struct rlimit limit = {200, 300};
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    umask(027);
    CHECK(setpriority(PRIO_PROCESS, 0, 5) == 0);
    char *arguments[] = {"other name", "show", "", "a b", NULL};
    char *environment[] = {"A=1", "B=2", NULL};
    execve(self, arguments, environment);
    _exit(96);
  }
  printf("status %#x\n", status_of(pid));
}

static void fails(const char *what, const char *path, char **arguments, char **environment) {
  errno = 0;
  int result = execve(path, arguments, environment);
  printf("%s: %d %s\n", what, result, strerror(errno));
}

static void write_file(const char *name, const char *text, size_t size, int mode) {
  int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  CHECK(file >= 0 && write(file, text, size) == (ssize_t)size && fchmod(file, mode) == 0);
  close(file);
}

static void errors(void) {
  char *arguments[] = {"x", NULL}, *none[] = {NULL};
  fails("missing", "does-not-exist", arguments, none);
  fails("empty", "", arguments, none);
  fails("directory", ".", arguments, none);
  fails("null path", NULL, arguments, none);
  fails("bad arguments", self, (char **)8, none);
  fails("bad environment", self, arguments, (char **)8);
  char *bad[] = {"x", (char *)16, NULL};
  fails("bad string", self, bad, none);
  char long_name[5000];
  memset(long_name, 'a', sizeof long_name);
  long_name[4999] = 0;
  fails("long path", long_name, arguments, none);
  write_file("plain.tmp", "hello\n", 6, 0755);
  fails("no format", "plain.tmp", arguments, none);
  write_file("empty.tmp", "", 0, 0755);
  fails("empty file", "empty.tmp", arguments, none);
  write_file("script.tmp", "#!/nonexistent/shell\n", 21, 0755);
  fails("no interpreter", "script.tmp", arguments, none);
  write_file("under.tmp", "#!/bin/sh\n", 10, 0644);
  fails("not executable", "under.tmp", arguments, none);
  fails("not a directory", "under.tmp/x", arguments, none);
  write_file("again.tmp", "#!./again.tmp\n", 14, 0755);
  fails("script of itself", "again.tmp", arguments, none);
  CHECK(symlink("loop.tmp", "loop.tmp") == 0);
  fails("loop", "loop.tmp", arguments, none);
  unlink("loop.tmp");

  write_file("busy.tmp", "#!/bin/sh\nexit 0\n", 17, 0755);
  int writer = open("busy.tmp", O_WRONLY);
  fails("being written", "busy.tmp", arguments, none);
  close(writer);

  char *string = malloc(131073);
  memset(string, 'a', 131072);
  string[131072] = 0;
  char *large[] = {"x", string, NULL};
  fails("one long string", self, large, none);
  string[131071] = 0;
  static char *many[101];
  many[0] = "x";
  for (int i = 1; i < 100; i++) many[i] = string;
  fails("too many strings", self, many, none);
  free(string);
}

static void scripts(void) {
  write_file("script.tmp", "#!/bin/sh one\necho \"$0 $1 $2\"\n", 30, 0755);
  write_file("one", "echo \"interpreter file one: $0 $1 $2\"\n", 38, 0644);
  pid_t pid = child_of();
  if (pid == 0) {
    char *arguments[] = {"gone", "a1", NULL};
    execve("./script.tmp", arguments, environ);
    _exit(96);
  }
  printf("status %#x\n", status_of(pid));
}

static void by_descriptor(void) {
  char *arguments[] = {"by descriptor", "count", NULL};
  pid_t pid = child_of();
  if (pid == 0) {
    int file = open(self, O_PATH | O_CLOEXEC);
    syscall(SYS_execveat, file, "", arguments, environ, AT_EMPTY_PATH);
    _exit(96);
  }
  printf("by descriptor: status %#x\n", status_of(pid));
  pid = child_of();
  if (pid == 0) {
    int directory = open(".", O_PATH | O_DIRECTORY);
    syscall(SYS_execveat, directory, "script.tmp", arguments, environ, 0);
    _exit(96);
  }
  printf("script under a directory: status %#x\n", status_of(pid));
  int directory = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  errno = 0;
  syscall(SYS_execveat, directory, "script.tmp", arguments, environ, 0);
  printf("out of reach: %s\n", strerror(errno));
  errno = 0;
  syscall(SYS_execveat, 999, "script.tmp", arguments, environ, 0);
  printf("no such descriptor: %s\n", strerror(errno));
  errno = 0;
  syscall(SYS_execveat, directory, "", arguments, environ, 0);
  printf("empty path: %s\n", strerror(errno));
  errno = 0;
  syscall(SYS_execveat, directory, "", arguments, environ, AT_EMPTY_PATH);
  printf("a directory: %s\n", strerror(errno));
  errno = 0;
  syscall(SYS_execveat, directory, "one", arguments, environ, 0x8000);
  printf("bad flags: %s\n", strerror(errno));
  CHECK(symlink("script.tmp", "link.tmp") == 0);
  errno = 0;
  syscall(SYS_execveat, directory, "link.tmp", arguments, environ, AT_SYMLINK_NOFOLLOW);
  printf("a link: %s\n", strerror(errno));
  close(directory);

  // A program that exists in memory only.
  int memory = memfd_create("program", MFD_CLOEXEC), file = open(self, O_RDONLY);
  char buffer[65536];
  ssize_t count;
  while ((count = read(file, buffer, sizeof buffer)) > 0) CHECK(write(memory, buffer, count) == count);
  close(file);
  pid = child_of();
  if (pid == 0) {
    syscall(SYS_execveat, memory, "", arguments, environ, AT_EMPTY_PATH);
    _exit(96);
  }
  printf("from memory: status %#x\n", status_of(pid));
  close(memory);
}

static void own_program(void) {
  char *arguments[] = {"again", "count", NULL};
  const char *paths[] = {"/proc/self/exe", "/proc/thread-self/exe", "/proc/self/task/../exe"};
  for (size_t i = 0; i < COUNT(paths); i++) {
    pid_t pid = child_of();
    if (pid == 0) {
      execve(paths[i], arguments, environ);
      _exit(96);
    }
    printf("%s: status %#x\n", paths[i], status_of(pid));
  }
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/exe", getpid());
  pid_t pid = child_of();
  if (pid == 0) {
    execve(path, arguments, environ);
    _exit(96);
  }
  printf("the parent's: status %#x\n", status_of(pid));
}

static void no_arguments(void) {
  pid_t pid = child_of();
  if (pid == 0) {
    syscall(SYS_execve, self, NULL, NULL);
    _exit(96);
  }
  printf("without arguments: status %#x\n", status_of(pid));
}

int main(int argc, char **argv) {
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  CHECK(length > 0);
  if (argc == 1 && argv[0][0] == 0) return 41;
  if (argc > 1 && strcmp(argv[1], "show") == 0) return shown(argc, argv);
  if (argc > 1 && strcmp(argv[1], "count") == 0) return argc + 40;
  // The directory is the test's own; a name that both runs share.
  keeping();
  errors();
  scripts();
  by_descriptor();
  own_program();
  no_arguments();
  const char *names[] = {"plain.tmp", "empty.tmp", "script.tmp", "under.tmp", "again.tmp", "busy.tmp", "link.tmp", "one"};
  for (size_t i = 0; i < COUNT(names); i++) unlink(names[i]);
  return 0;
}
