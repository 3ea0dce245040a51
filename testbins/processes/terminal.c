// Job control as a user at a terminal sees it: shells in a pseudo-terminal, keys that send signals, jobs that stop and
// go on, background jobs that read and write, and the size of the window. Prints all that the terminal shows, with
// process numbers left out.
// variants: O2
// run: bash
// run: ash
// run: mksh

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define PROMPT "@#@ "

static int terminal;
static pid_t shell;
// What the terminal showed, and how much of it was waited for.
static char shown[1 << 16];
static size_t shown_count, seen;

static void give_up(const char *what) {
  printf("FAILED: waiting for %s in %s\nafter %.*s\n", what, shown + seen, (int)seen, shown);
  fflush(stdout);
  kill(shell, SIGHUP), kill(shell, SIGKILL);
  _exit(99);
}

// Reads until `text` appears behind what was waited for before.
static void expect(const char *text) {
  struct timespec start, now;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (;;) {
    const char *found = strstr(shown + seen, text);
    if (found) {
      seen = (size_t)(found - shown) + strlen(text);
      return;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec - start.tv_sec > 20) give_up(text);
    struct pollfd ready = {terminal, POLLIN, 0};
    if (poll(&ready, 1, 1000) <= 0) continue;
    const ssize_t count = read(terminal, shown + shown_count, sizeof shown - 1 - shown_count);
    if (count <= 0) give_up(text);
    shown_count += (size_t)count;
  }
}

static void type(const char *text) { CHECK(write(terminal, text, strlen(text)) == (ssize_t)strlen(text)); }

// A line at a prompt: once the shell edits it, so that the terminal itself does not echo it.
static void enter(const char *line) {
  struct termios modes;
  for (int i = 0; i < 20000; i++) {
    CHECK(tcgetattr(terminal, &modes) == 0);
    if (!(modes.c_lflag & ICANON)) break;
    usleep(1000);
  }
  type(line), type("\n");
}

// A command that ends by itself: its line, then the next prompt.
static void command(const char *line) {
  enter(line);
  expect("\n");
  expect(PROMPT);
}

// A command that says when it is in the foreground and waits, and a key.
static void interrupt(const char *line, const char *key) {
  enter(line);
  expect("\nready");
  type(key);
  expect(PROMPT);
}

static void resize(unsigned short rows, unsigned short columns) {
  const struct winsize size = {rows, columns, 0, 0};
  CHECK(ioctl(terminal, TIOCSWINSZ, &size) == 0);
}

static void start(char *const arguments[]) {
  char self[300] = "W=";
  CHECK(readlink("/proc/self/exe", self + 2, sizeof self - 3) > 0);
  char *environment[] = {"PS1=" PROMPT, "PATH=/usr/bin:/bin", "TERM=dumb", "LC_ALL=C", "HOME=/nonexistent", "ENV=", self, NULL};
  CHECK((terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) >= 0);
  CHECK(grantpt(terminal) == 0 && unlockpt(terminal) == 0);
  resize(24, 80);
  CHECK((shell = fork()) >= 0);
  if (shell == 0) {
    setsid();
    const int fd = open(ptsname(terminal), O_RDWR);
    if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) != 0) _exit(98);
    dup2(fd, 0), dup2(fd, 1), dup2(fd, 2);
    if (fd > 2) close(fd);
    execve(arguments[0], arguments, environment);
    _exit(97);
  }
}

// What is stopped is seen to be stopped by everybody when this comes back.
#define UNTIL_STOPPED "until grep -q 'State:.T' /proc/$!/status; do :; done"

static void jobs(void) {
  // The foreground process group gets what the keys send.
  interrupt("$W", "\003");
  command("echo \"status $?\"");
  interrupt("$W | cat", "\003");
  command("echo \"status $?\"");
  interrupt("$W", "\034");
  command("echo \"status $?\"");

  // Stopped, listed, continued in the foreground and in the background.
  interrupt("$W", "\032");
  command("jobs");
  enter("fg");
  expect("continued");
  type("\003");
  expect(PROMPT);
  interrupt("$W", "\032");
  command("bg");
  command("kill %1; wait %1 2>/dev/null; echo \"status $?\"");

  // A stopped pipeline is one job.
  interrupt("$W | cat | cat", "\032");
  command("jobs");
  enter("fg");
  expect("continued");
  type("\003");
  expect(PROMPT);

  // Whoever reads in the background is stopped.
  command("cat & " UNTIL_STOPPED "; echo stopped");
  enter("fg");
  expect("cat");
  type("typed\n");
  expect("typed\r\ntyped");
  type("\004");
  expect(PROMPT);
  // And who writes, if the terminal says so.
  command("stty tostop");
  command("/bin/echo written & " UNTIL_STOPPED "; echo stopped");
  enter("fg");
  expect("written\r\n");
  expect(PROMPT);
  command("stty -tostop");
}

static void window(void) {
  command("stty size");
  // While a program runs: a shell at its prompt would draw it anew.
  enter("$W");
  expect("\nready");
  resize(40, 120);
  expect("40 120");
  type("\003");
  expect(PROMPT);
  command("stty size");
}

static void scripts(void) {
  command("trap 'echo trapped' INT");
  command("kill -INT $$");
  command("trap - INT");
  command("for i in 1 2 3; do (exit $i); echo \"$i: $?\"; done");
  command("echo one two | while read a b; do echo $b $a; done");
  enter("cat <<END");
  expect("> ");
  enter("here $((6 * 7))");
  expect("> ");
  enter("END");
  expect("here 42");
  expect(PROMPT);
  command("sleep 0.2 & wait $!; echo \"status $?\"");
}

// What the shells start: it says that it is there, and what comes.
static void tell_continued(int number) {
  (void)number;
  // In the background it would come between what the shell writes.
  if (tcgetpgrp(0) != getpgrp()) return;
  CHECK(write(1, "continued\n", 10) == 10);
}

static void tell_size(int number) {
  (void)number;
  struct winsize size;
  char text[40];
  CHECK(ioctl(0, TIOCGWINSZ, &size) == 0);
  const int length = snprintf(text, sizeof text, "%d %d\n", size.ws_row, size.ws_col);
  CHECK(write(1, text, (size_t)length) == length);
}

static int wait_for_signals(void) {
  // Nobody might be left to end it.
  alarm(60);
  signal(SIGCONT, tell_continued), signal(SIGWINCH, tell_size);
  CHECK(write(1, "ready\n", 6) == 6);
  for (;;) pause();
}

// Digits of three and more are process numbers.
static void print_shown(void) {
  for (size_t i = 0; i < shown_count;) {
    size_t count = 0;
    while (shown[i + count] >= '0' && shown[i + count] <= '9') count++;
    if (count >= 3 && !(count == 3 && strchr("123", shown[i]) && shown[i + 1] <= '4')) {
      printf("PID");
      i += count;
    } else if (shown[i] == '\r') {
      i++;
    } else {
      putchar(shown[i++]);
    }
  }
}

int main(int count, char **arguments) {
  static char *const bash[] = {"/bin/bash-static", "--norc", "--noprofile", "-i", NULL};
  static char *const ash[] = {"/bin/busybox", "ash", "-i", NULL};
  static char *const mksh[] = {"/bin/mksh", "-i", NULL};
  if (count == 1) return wait_for_signals();
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  const char *name = arguments[1];
  start(strcmp(name, "bash") == 0 ? bash : strcmp(name, "ash") == 0 ? ash : mksh);
  expect(PROMPT);
  window();
  jobs();
  scripts();
  // Leaving with a stopped job takes two tries.
  interrupt("$W", "\032");
  command("exit");
  enter("fg");
  expect("continued");
  type("\003");
  expect(PROMPT);
  enter("exit 3");
  int status;
  for (;;) {
    const ssize_t got = read(terminal, shown + shown_count, sizeof shown - 1 - shown_count);
    if (got <= 0) break;
    shown_count += (size_t)got;
  }
  CHECK(waitpid(shell, &status, 0) == shell);
  print_shown();
  printf("\nended: %s %d\n", WIFEXITED(status) ? "status" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
  return 0;
}
