// variants: O0 O2 pie dyn
// stat, lstat, fstat, fstatat, statx: types, modes, sizes, link counts, times set by hand.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static void show(const char *label, const struct stat *s) {
  printf("%-10s mode %06o links %ld size %ld mtime %ld.%09ld atime %ld\n", label, s->st_mode, (long)s->st_nlink,
         S_ISDIR(s->st_mode) ? 0 : (long)s->st_size, (long)s->st_mtim.tv_sec, s->st_mtim.tv_nsec, (long)s->st_atim.tv_sec);
}

int main(void) {
  struct stat s, t;
  umask(022);
  int fd = open("file", O_RDWR | O_CREAT, 0640);
  CHECK(fd >= 0 && write(fd, "twelve bytes", 12) == 12);
  const struct timespec times[2] = {{1000000000, 111}, {1234567890, 987654321}};
  CHECK(futimens(fd, times) == 0 && fstat(fd, &s) == 0);
  show("file", &s);
  CHECK(mkdir("dir", 0751) == 0 && utimensat(AT_FDCWD, "dir", times, 0) == 0 && stat("dir", &t) == 0);
  show("dir", &t);
  CHECK(symlink("file", "link") == 0 && utimensat(AT_FDCWD, "link", times, AT_SYMLINK_NOFOLLOW) == 0);
  CHECK(lstat("link", &t) == 0);
  show("link", &t);
  CHECK(stat("link", &t) == 0 && t.st_ino == s.st_ino && t.st_dev == s.st_dev);
  CHECK(link("file", "dir/hard") == 0 && stat("dir/hard", &t) == 0 && t.st_ino == s.st_ino);
  show("hard link", &t);
  CHECK(mkfifo("fifo", 0600) == 0 && utimensat(AT_FDCWD, "fifo", times, 0) == 0 && stat("fifo", &t) == 0);
  show("fifo", &t);
  CHECK(stat("/dev/null", &t) == 0 && S_ISCHR(t.st_mode) && major(t.st_rdev) == 1 && minor(t.st_rdev) == 3);
  CHECK(fstatat(AT_FDCWD, "link", &t, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(t.st_mode));
  CHECK(fstatat(fd, "", &t, AT_EMPTY_PATH) == 0 && t.st_ino == s.st_ino);
  struct statx x;
  CHECK(statx(AT_FDCWD, "file", 0, STATX_BASIC_STATS, &x) == 0);
  printf("statx mode %06o size %llu links %u mtime %lld.%09u\n", x.stx_mode, (unsigned long long)x.stx_size, x.stx_nlink,
         (long long)x.stx_mtime.tv_sec, x.stx_mtime.tv_nsec);
  CHECK(x.stx_ino == s.st_ino && x.stx_dev_major == major(s.st_dev) && x.stx_dev_minor == minor(s.st_dev));
  // UTIME_OMIT and UTIME_NOW.
  const struct timespec partly[2] = {{0, UTIME_OMIT}, {77, 0}};
  CHECK(utimensat(AT_FDCWD, "file", partly, 0) == 0 && stat("file", &t) == 0 && t.st_atime == 1000000000 && t.st_mtime == 77);
  const struct timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  CHECK(utimensat(AT_FDCWD, "file", now, 0) == 0 && stat("file", &t) == 0 && t.st_mtime > 1600000000);
  SHOW_ERROR(stat("nowhere", &t));
  SHOW_ERROR(stat("file/below", &t));
  SHOW_ERROR(stat("", &t));
  SHOW_ERROR(stat((char *)8, &t));
  SHOW_ERROR(stat("file", (struct stat *)8));
  SHOW_ERROR(fstat(77, &t));
  SHOW_ERROR(fstatat(fd, "", &t, 0x40000000));
  CHECK(symlink("loop2", "loop1") == 0 && symlink("loop1", "loop2") == 0);
  SHOW_ERROR(stat("loop1", &t));
  char name[300];
  memset(name, 'n', 299);
  name[299] = 0;
  SHOW_ERROR(stat(name, &t));
  return 0;
}
