// rename, renameat2, link, symlink, readlink, unlink, and what they refuse.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NOREPLACE = 1, EXCHANGE = 2 };  // RENAME_*, which not every C library declares

static void make(const char *name, const char *text) {
  int fd = open(name, O_CREAT | O_TRUNC | O_WRONLY, 0644);
  CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
}

static const char *contents(const char *name) {
  static char text[64];
  int fd = open(name, O_RDONLY);
  if (fd < 0) return "(none)";
  ssize_t n = read(fd, text, 63);
  text[n < 0 ? 0 : n] = 0;
  close(fd);
  return text;
}

int main(void) {
  make("a", "first");
  make("b", "second");
  CHECK(mkdir("d", 0755) == 0 && mkdir("e", 0755) == 0);
  CHECK(rename("a", "c") == 0);
  printf("a %s, ", contents("a"));
  printf("c %s\n", contents("c"));
  CHECK(rename("c", "b") == 0);
  printf("b %s\n", contents("b"));
  SHOW_ERROR(rename("missing", "x"));
  SHOW_ERROR(rename("b", "d"));
  SHOW_ERROR(rename("d", "b"));
  SHOW_ERROR(rename("d", "d/inside"));
  CHECK(rename("d", "e") == 0);
  make("e/one", "one");
  make("two", "two");
  SHOW_ERROR(syscall(SYS_renameat2, AT_FDCWD, "two", AT_FDCWD, "e/one", NOREPLACE));
  CHECK(syscall(SYS_renameat2, AT_FDCWD, "two", AT_FDCWD, "e/one", EXCHANGE) == 0);
  printf("exchanged: %s ", contents("two"));
  printf("%s\n", contents("e/one"));
  SHOW_ERROR(link("missing", "x"));
  SHOW_ERROR(link("e", "x"));
  CHECK(link("two", "three") == 0);
  SHOW_ERROR(link("two", "three"));
  CHECK(unlink("two") == 0);
  printf("the other name stays: %s\n", contents("three"));
  SHOW_ERROR(symlink("three", "three"));
  CHECK(symlink("three", "s") == 0 && symlink("/nonexistent/target", "dangling") == 0);
  char target[64] = "";
  printf("readlink %zd ", readlink("s", target, sizeof target));
  puts(target);
  memset(target, 0, sizeof target);
  printf("cut short %zd ", readlink("dangling", target, 6));
  puts(target);
  SHOW_ERROR(readlink("three", target, 64));
  SHOW_ERROR(readlink("s", target, 0));
  SHOW_ERROR(open("dangling", O_RDONLY));
  SHOW_ERROR(open("s", O_RDONLY | O_NOFOLLOW));
  SHOW_ERROR(unlink("missing"));
  CHECK(linkat(AT_FDCWD, "s", AT_FDCWD, "hard", AT_SYMLINK_FOLLOW) == 0);
  printf("through the symlink: %s\n", contents("hard"));
  CHECK(remove("s") == 0 && access("three", F_OK) == 0);
  // A deleted open file keeps its contents.
  int fd = open("hard", O_RDONLY);
  CHECK(unlink("hard") == 0 && unlink("three") == 0);
  struct stat s;
  char text[8] = "";
  CHECK(fstat(fd, &s) == 0 && read(fd, text, 7) == 3);
  printf("deleted: links %ld, contents %s\n", (long)s.st_nlink, text);
  return 0;
}
