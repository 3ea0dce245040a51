// fork, and every way to learn how a child ended: wait4, waitid, status words, rusage, stopping and continuing.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child_of(void) {
  fflush(stdout);
  pid_t pid = fork();
  if (pid < 0) {
    perror("fork");
    exit(98);
  }
  return pid;
}

static void statuses(void) {
  for (int status = 0; status < 256; status += 51) {
    pid_t pid = child_of();
    if (pid == 0) _exit(status);
    int word = -1;
    CHECK(wait4(pid, &word, 0, NULL) == pid);
    printf("exit %d: status %#x\n", status, word);
  }
  const int deadly[] = {SIGTERM, SIGKILL, SIGUSR1, SIGPIPE, SIGALRM, SIGHUP, SIGINT};
  for (size_t i = 0; i < COUNT(deadly); i++) {
    pid_t pid = child_of();
    if (pid == 0) {
      for (;;) pause();
    }
    CHECK(kill(pid, deadly[i]) == 0);
    int word = -1;
    CHECK(waitpid(pid, &word, 0) == pid);
    CHECK(WIFSIGNALED(word) && !WCOREDUMP(word));
    printf("killed by %d: status %#x\n", deadly[i], word);
  }
  pid_t pid = child_of();
  if (pid == 0) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    int *volatile nowhere = NULL;
    *nowhere = 1;
    _exit(1);
  }
  int word;
  CHECK(waitpid(pid, &word, 0) == pid);
  printf("fault: signal %d\n", WTERMSIG(word));
}

static void memory(void) {
  int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int *private = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *wiped = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *missing = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  *wiped = *missing = 5;
  CHECK(madvise(wiped, 4096, MADV_WIPEONFORK) == 0);
  CHECK(madvise(missing, 4096, MADV_DONTFORK) == 0);
  *shared = *private = 1;
  pid_t pid = child_of();
  if (pid == 0) {
    CHECK(*private == 1 && *shared == 1 && *wiped == 0);
    unsigned char there;
    CHECK(mincore(missing, 4096, &there) == -1 && errno == ENOMEM);
    *private = 2;
    *shared = 2;
    _exit(*private);
  }
  int word;
  CHECK(waitpid(pid, &word, 0) == pid && WEXITSTATUS(word) == 2);
  printf("private %d, shared %d, kept %d\n", *private, *shared, *wiped);
}

static void identifiers(void) {
  siginfo_t info;
  pid_t parent = getpid();
  pid_t pid = child_of();
  if (pid == 0) {
    CHECK(getppid() == parent && getpid() == syscall(SYS_gettid) && getpid() != parent);
    _exit(33);
  }
  CHECK(waitid(P_PID, pid, &info, WEXITED | WNOWAIT) == 0);
  CHECK(info.si_pid == pid && info.si_code == CLD_EXITED && info.si_status == 33 && info.si_signo == SIGCHLD);
  memset(&info, 0, sizeof info);
  struct rusage usage;
  CHECK(syscall(SYS_waitid, P_ALL, 0, &info, WEXITED, &usage) == 0);
  CHECK(info.si_pid == pid && info.si_status == 33);
  CHECK(usage.ru_maxrss >= 0);
  CHECK(waitid(P_PID, pid, &info, WEXITED) == -1 && errno == ECHILD);
  CHECK(wait4(-1, NULL, 0, NULL) == -1 && errno == ECHILD);
  CHECK(wait4(-1, NULL, 0x40000, NULL) == -1 && errno == EINVAL);
  printf("numbers are right\n");
}

static void stopping(void) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  pid_t pid = child_of();
  if (pid == 0) {
    char byte;
    close(ends[1]);
    raise(SIGSTOP);
    _exit(read(ends[0], &byte, 1) == 0 ? 12 : 13);
  }
  int word;
  CHECK(waitpid(pid, &word, WUNTRACED) == pid && WIFSTOPPED(word));
  printf("stopped by %d: status %#x\n", WSTOPSIG(word), word);
  CHECK(kill(pid, SIGCONT) == 0);
  CHECK(waitpid(pid, &word, WCONTINUED) == pid && WIFCONTINUED(word));
  printf("continued: status %#x\n", word);
  close(ends[0]);
  close(ends[1]);
  CHECK(waitpid(pid, &word, 0) == pid);
  printf("then exit %d\n", WEXITSTATUS(word));
}

static void hanging(void) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  pid_t pid = child_of();
  if (pid == 0) {
    char byte;
    close(ends[1]);
    _exit(read(ends[0], &byte, 1) == 0 ? 21 : 22);
  }
  int word = 77;
  CHECK(waitpid(pid, &word, WNOHANG) == 0 && word == 77);
  close(ends[1]);
  CHECK(waitpid(pid, &word, 0) == pid && WEXITSTATUS(word) == 21);
  printf("WNOHANG returns 0\n");
}

static void ignored(void) {
  signal(SIGCHLD, SIG_IGN);
  pid_t pid = child_of();
  if (pid == 0) _exit(1);
  CHECK(waitpid(pid, NULL, 0) == -1 && errno == ECHILD);
  signal(SIGCHLD, SIG_DFL);
  printf("ignored children leave nothing\n");
}

static int depth(int left) {
  if (left == 0) return 0;
  pid_t pid = child_of();
  if (pid == 0) _exit(depth(left - 1) + 1);
  int word;
  CHECK(waitpid(pid, &word, 0) == pid);
  return WEXITSTATUS(word);
}

static void many(void) {
  pid_t children[20];
  for (int i = 0; i < 20; i++) {
    children[i] = child_of();
    if (children[i] == 0) _exit(i);
  }
  int sum = 0;
  for (int i = 19; i >= 0; i--) {
    int word;
    CHECK(waitpid(children[i], &word, 0) == children[i]);
    sum += WEXITSTATUS(word);
  }
  printf("twenty children: %d; depth %d\n", sum, depth(8));
  for (int i = 0; i < 200; i++) {
    pid_t pid = child_of();
    if (pid == 0) _exit(0);
    CHECK(waitpid(pid, NULL, 0) == pid);
  }
  printf("two hundred in sequence\n");
}

int main(void) {
  statuses();
  memory();
  identifiers();
  stopping();
  hanging();
  ignored();
  many();
  return 0;
}
