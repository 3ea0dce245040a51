// The C library's own ways to start programs: posix_spawn, popen, system, wordexp, execvp.
// variants: O0 O2 pie dyn

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wordexp.h>

extern char **environ;

static int status_of(pid_t pid) {
  int word;
  CHECK(waitpid(pid, &word, 0) == pid);
  return word;
}

static void spawn(void) {
  fflush(stdout);
  pid_t pid;
  char *arguments[] = {"sh", "-c", "echo spawned; exit 5", NULL};
  CHECK(posix_spawn(&pid, "/bin/sh", NULL, NULL, arguments, environ) == 0);
  printf("status %#x\n", status_of(pid));
  char *nothing[] = {"x", NULL};
  printf("missing: %s\n", strerror(posix_spawn(&pid, "/nonexistent", NULL, NULL, nothing, environ)));
  printf("missing in PATH: %s\n", strerror(posix_spawnp(&pid, "no-such-program", NULL, NULL, nothing, environ)));

  int ends[2];
  CHECK(pipe2(ends, O_CLOEXEC) == 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addchdir_np(&actions, "/");
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  posix_spawnattr_setsigmask(&attributes, &set);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  char *script[] = {"sh", "-c", "pwd; cat; echo done", NULL};
  CHECK(posix_spawnp(&pid, "sh", &actions, &attributes, script, environ) == 0);
  close(ends[1]);
  char text[200];
  size_t used = 0;
  ssize_t count;
  while ((count = read(ends[0], text + used, sizeof text - used)) > 0) used += count;
  printf("%.*sstatus %#x\n", (int)used, text, status_of(pid));
  close(ends[0]);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  for (int i = 0; i < 30; i++) {
    char *quick[] = {"true", NULL};
    CHECK(posix_spawnp(&pid, "true", NULL, NULL, quick, environ) == 0);
    CHECK(status_of(pid) == 0);
  }
  printf("thirty in sequence\n");
}

static void pipes(void) {
  char line[100];
  FILE *input = popen("echo from the shell | tr a-z A-Z", "r");
  CHECK(input && fgets(line, sizeof line, input));
  printf("%s", line);
  printf("pclose %#x\n", pclose(input));
  fflush(stdout);
  FILE *output = popen("sort -r; exit 3", "w");
  CHECK(output);
  fprintf(output, "a\nc\nb\n");
  printf("pclose %#x\n", pclose(output));
}

static void shell(void) {
  fflush(stdout);
  printf("system %#x\n", system("exit 4"));
  printf("system %#x\n", system("kill -9 $$"));
  printf("shell there: %d\n", system(NULL) != 0);
  fflush(stdout);
  printf("system %#x\n", system("for i in 1 2 3; do echo line $i; done | tail -n 1"));
}

static void words(void) {
  wordexp_t result;
  setenv("VARIABLE", "two words", 1);
  CHECK(wordexp("a $VARIABLE \"$VARIABLE\" $(echo sub stitution) ~root", &result, 0) == 0);
  for (size_t i = 0; i < result.we_wordc; i++) printf("[%s]", result.we_wordv[i]);
  printf("\n");
  wordfree(&result);
  CHECK(wordexp("$(echo no)", &result, WRDE_NOCMD) == WRDE_CMDSUB);
}

static void search(void) {
  fflush(stdout);
  pid_t pid = fork();
  CHECK(pid >= 0);
  if (pid == 0) {
    execlp("sh", "sh", "-c", "echo $0 found; exit 2", NULL);
    _exit(96);
  }
  printf("status %#x\n", status_of(pid));
  int file = open("text.tmp", O_WRONLY | O_CREAT | O_TRUNC, 0755);
  CHECK(file >= 0 && write(file, "echo without a first line\n", 26) == 26);
  close(file);
  pid = fork();
  CHECK(pid >= 0);
  if (pid == 0) {
    execlp("./text.tmp", "text", NULL);
    _exit(96);
  }
  printf("status %#x\n", status_of(pid));
  unlink("text.tmp");
}

int main(void) {
  spawn();
  pipes();
  shell();
  words();
  search();
  return 0;
}
