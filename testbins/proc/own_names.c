// run:
// run: some "arguments here" ""
// /proc/self/exe, cmdline, environ, comm, cwd, root, fd: what they say of this program.

#define _GNU_SOURCE
#include "procfile.h"

#include <limits.h>
#include <sys/prctl.h>
#include <sys/stat.h>

static char buffer[65536];

int main(int argc, char **argv, char **envp) {
  char link[PATH_MAX] = "", real[PATH_MAX];
  CHECK(readlink("/proc/self/exe", link, sizeof link - 1) > 0 && realpath(argv[0], real) && strcmp(link, real) == 0);
  struct stat a, b;
  CHECK(stat("/proc/self/exe", &a) == 0 && stat(argv[0], &b) == 0 && a.st_ino == b.st_ino && a.st_size == b.st_size);
  int fd = open("/proc/self/exe", O_RDONLY);
  char magic[4];
  CHECK(fd >= 0 && read(fd, magic, 4) == 4 && memcmp(magic, "\177ELF", 4) == 0);
  CHECK(fstat(fd, &a) == 0 && a.st_ino == b.st_ino);
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/exe", getpid());
  char again[PATH_MAX] = "";
  CHECK(readlink(path, again, sizeof again - 1) > 0 && strcmp(again, link) == 0);
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  memset(again, 0, sizeof again);
  CHECK(readlink(path, again, sizeof again - 1) > 0 && strcmp(again, link) == 0);
  puts("exe is this program");

  size_t size = read_file("/proc/self/cmdline", buffer, sizeof buffer), at = 0;
  for (int i = 0; i < argc; i++) {
    CHECK(at < size && strcmp(buffer + at, argv[i]) == 0);
    at += strlen(argv[i]) + 1;
  }
  CHECK(at == size);
  puts("cmdline is argv");
  size = read_file("/proc/self/environ", buffer, sizeof buffer), at = 0;
  for (char **e = envp; *e; e++) {
    CHECK(at < size && strcmp(buffer + at, *e) == 0);
    at += strlen(*e) + 1;
  }
  CHECK(at == size);
  puts("environ is envp");
  read_file("/proc/self/comm", buffer, sizeof buffer);
  const char *name = strrchr(argv[0], '/');
  name = name ? name + 1 : argv[0];
  CHECK(strncmp(buffer, name, strlen(name) < 15 ? strlen(name) : 15) == 0);
  printf("comm is %s", buffer);
  CHECK(prctl(PR_SET_NAME, "renamed") == 0);
  read_file("/proc/self/comm", buffer, sizeof buffer);
  printf("then %s", buffer);
  char here[PATH_MAX];
  memset(link, 0, sizeof link);
  CHECK(getcwd(here, sizeof here) && readlink("/proc/self/cwd", link, sizeof link - 1) > 0 && strcmp(here, link) == 0);
  memset(link, 0, sizeof link);
  CHECK(readlink("/proc/self/root", link, sizeof link - 1) == 1 && link[0] == '/');
  puts("cwd and root fit");
  return 0;
}
