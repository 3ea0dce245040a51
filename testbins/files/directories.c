// mkdir, rmdir, chdir, getcwd, openat, getdents through readdir, seekdir, and their errors.

#define _GNU_SOURCE
#include "errors.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

static void list(const char *path) {
  struct dirent **entries;
  int n = scandir(path, &entries, NULL, by_name);
  CHECK(n >= 0);
  printf("%s:", path);
  for (int i = 0; i < n; i++) {
    printf(" %s/%d", entries[i]->d_name, entries[i]->d_type);
    free(entries[i]);
  }
  puts("");
  free(entries);
}

int main(void) {
  char start[4096], here[4096];
  CHECK(getcwd(start, sizeof start));
  CHECK(mkdir("a", 0755) == 0 && mkdir("a/b", 0700) == 0 && mkdir("a/b/c", 0777) == 0);
  SHOW_ERROR(mkdir("a", 0755));
  SHOW_ERROR(mkdir("x/y", 0755));
  SHOW_ERROR(rmdir("a"));
  SHOW_ERROR(rmdir("missing"));
  for (int i = 0; i < 5; i++) {
    char name[20];
    snprintf(name, sizeof name, "a/file%d", i);
    CHECK(close(open(name, O_CREAT | O_WRONLY, 0600)) == 0);
  }
  CHECK(symlink("../a", "a/up") == 0 && mkfifo("a/fifo", 0600) == 0);
  list("a");
  CHECK(chdir("a/b") == 0 && getcwd(here, sizeof here));
  CHECK(strncmp(here, start, strlen(start)) == 0);
  printf("now in %s\n", here + strlen(start));
  list(".");
  CHECK(chdir("../up/b/c") == 0 && getcwd(here, sizeof here));
  printf("now in %s\n", here + strlen(start));
  SHOW_ERROR(chdir("nowhere"));
  SHOW_ERROR(chdir("../../file1"));
  SHOW_ERROR(syscall(SYS_getcwd, here, 2));
  SHOW_ERROR(syscall(SYS_getcwd, 8, 4096));
  int dir = open(start, O_RDONLY | O_DIRECTORY);
  CHECK(dir >= 0 && fchdir(dir) == 0 && getcwd(here, sizeof here) && strcmp(here, start) == 0);
  SHOW_ERROR(open("a/file1", O_RDONLY | O_DIRECTORY));
  SHOW_ERROR(open("a", O_WRONLY));
  SHOW_ERROR(read(dir, here, 10));
  int sub = openat(dir, "a/b", O_PATH | O_DIRECTORY);
  CHECK(sub >= 0 && mkdirat(sub, "viafd", 0755) == 0 && faccessat(dir, "a/b/viafd", F_OK, 0) == 0);
  SHOW_ERROR(openat(77, "a", O_RDONLY));
  SHOW_ERROR(openat(open("a/file1", O_RDONLY), "x", O_RDONLY));
  SHOW_ERROR(unlinkat(sub, "viafd", 0));
  CHECK(unlinkat(sub, "viafd", AT_REMOVEDIR) == 0);
  // The raw call with a buffer too small for one entry, and a rewind.
  char buffer[4096];
  int raw = open("a", O_RDONLY);
  SHOW_ERROR(syscall(SYS_getdents64, raw, buffer, 8));
  SHOW_ERROR(syscall(SYS_getdents64, raw, 8, 4096));
  long first = 0, second = 0, n;
  while ((n = syscall(SYS_getdents64, raw, buffer, 100)) > 0) first += n;
  CHECK(lseek(raw, 0, SEEK_SET) == 0);
  while ((n = syscall(SYS_getdents64, raw, buffer, sizeof buffer)) > 0) second += n;
  printf("same entries twice: %d\n", first == second && first > 0);
  SHOW_ERROR(unlink("a/b"));
  SHOW_ERROR(rmdir("a/file1"));
  DIR *d = opendir("a");
  int count = 0;
  while (readdir(d)) count++;
  rewinddir(d);
  while (readdir(d)) count++;
  CHECK(closedir(d) == 0);
  printf("%d entries in two passes\n", count);
  return 0;
}
