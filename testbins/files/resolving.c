// openat2 and what it forbids on the way, nameless files, descriptors for a path alone, extended attributes.
// variants: O0 O2 pie dyn

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

static int open2(int base, const char *path, uint64_t flags, uint64_t resolve) {
  const struct open_how how = {.flags = flags, .mode = flags & O_CREAT ? 0600 : 0, .resolve = resolve};
  return (int)syscall(SYS_openat2, base, path, &how, sizeof how);
}

static void resolving(void) {
  CHECK(mkdir("top", 0755) == 0 && mkdir("top/sub", 0755) == 0);
  CHECK(symlink("sub/file", "top/link") == 0 && symlink("/etc/passwd", "top/out") == 0 && symlink("..", "top/up") == 0);
  CHECK(symlink("/sub/file", "top/absolute") == 0);
  const int top = open("top", O_RDONLY | O_DIRECTORY), file = open2(top, "sub/file", O_WRONLY | O_CREAT, 0);
  CHECK(top >= 0 && file >= 0 && write(file, "here", 4) == 4);
  close(file);
  SHOW_ERROR(open2(top, "link", O_RDONLY, 0));
  SHOW_ERROR(open2(top, "link", O_RDONLY, RESOLVE_NO_SYMLINKS));
  SHOW_ERROR(open2(top, "sub/file", O_RDONLY, RESOLVE_NO_SYMLINKS));
  SHOW_ERROR(open2(top, "link", O_RDONLY, RESOLVE_BENEATH));
  SHOW_ERROR(open2(top, "out", O_RDONLY, RESOLVE_BENEATH));
  SHOW_ERROR(open2(top, "up", O_RDONLY, RESOLVE_BENEATH));
  SHOW_ERROR(open2(top, "../top/sub/file", O_RDONLY, RESOLVE_BENEATH));
  SHOW_ERROR(open2(top, "/etc/passwd", O_RDONLY, RESOLVE_BENEATH));
  SHOW_ERROR(open2(top, "absolute", O_RDONLY, RESOLVE_IN_ROOT));
  SHOW_ERROR(open2(top, "../../../sub/file", O_RDONLY, RESOLVE_IN_ROOT));
  SHOW_ERROR(open2(top, "out", O_RDONLY, RESOLVE_IN_ROOT));
  SHOW_ERROR(open2(AT_FDCWD, "/proc/self/fd/1", O_RDONLY, RESOLVE_NO_MAGICLINKS));
  SHOW_ERROR(open2(AT_FDCWD, "/proc/self/status", O_RDONLY, RESOLVE_NO_XDEV));
  SHOW_ERROR(open2(AT_FDCWD, "/proc/self/exe", O_RDONLY, RESOLVE_NO_MAGICLINKS));
  SHOW_ERROR(open2(top, "sub", O_RDONLY, 1 << 20));
  SHOW_ERROR(open2(top, "sub", O_RDONLY | 1ull << 40, 0));
  struct {
    struct open_how how;
    uint64_t more;
  } longer = {.how = {.flags = O_RDONLY}, .more = 0};
  SHOW_ERROR(syscall(SYS_openat2, top, "sub", &longer, sizeof longer));
  longer.more = 1;
  SHOW_ERROR(syscall(SYS_openat2, top, "sub", &longer, sizeof longer));
  SHOW_ERROR(syscall(SYS_openat2, top, "sub", &longer, 8));
  close(top);
}

static void nameless(void) {
  const int fd = open("top", O_TMPFILE | O_RDWR, 0640);
  CHECK(fd >= 0 && write(fd, "nameless", 8) == 8);
  struct stat status;
  CHECK(fstat(fd, &status) == 0);
  printf("links %d mode %o\n", (int)status.st_nlink, status.st_mode & 07777);
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  CHECK(linkat(AT_FDCWD, path, AT_FDCWD, "top/named", AT_SYMLINK_FOLLOW) == 0);
  CHECK(stat("top/named", &status) == 0);
  printf("links %d size %d\n", (int)status.st_nlink, (int)status.st_size);
  close(fd);
  const int exclusive = open("top", O_TMPFILE | O_RDWR | O_EXCL, 0600);
  snprintf(path, sizeof path, "/proc/self/fd/%d", exclusive);
  SHOW_ERROR(linkat(AT_FDCWD, path, AT_FDCWD, "top/never", AT_SYMLINK_FOLLOW));
  close(exclusive);
  SHOW_ERROR(open("top", O_TMPFILE | O_RDONLY, 0600));
  SHOW_ERROR(open("top/named", O_TMPFILE | O_RDWR, 0600));
}

static void path_alone(void) {
  char byte, target[256] = "";
  struct stat status;
  const int fd = open("top/link", O_PATH | O_NOFOLLOW), directory = open("top", O_PATH), file = open("top/named", O_PATH);
  CHECK(fd >= 0 && directory >= 0 && file >= 0);
  CHECK(fstat(fd, &status) == 0 && S_ISLNK(status.st_mode));
  CHECK(readlinkat(fd, "", target, sizeof target) > 0);
  puts(target);
  SHOW_ERROR(read(file, &byte, 1));
  SHOW_ERROR(fchmod(file, 0600));
  SHOW_ERROR(fgetxattr(file, "user.none", target, 10));
  SHOW_ERROR(ftruncate(file, 0));
  SHOW_ERROR(openat(directory, "named", O_RDONLY));
  SHOW_ERROR(faccessat(directory, "named", R_OK, 0));
  SHOW_ERROR(fchdir(directory));
  SHOW_ERROR(chdir(".."));
  SHOW_ERROR(fcntl(file, F_GETFL) & O_PATH ? 0 : -1);
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  const int again = open(path, O_RDONLY);
  printf("opened again: %d\n", read(again, &byte, 1) == 1 && byte == 'n');
  SHOW_ERROR(fstatat(file, "", &status, AT_EMPTY_PATH));
  SHOW_ERROR(linkat(file, "", AT_FDCWD, "top/other", 0));
  close(fd), close(directory), close(file), close(again);
}

static void attributes(void) {
  char value[16];
  const int fd = open("top/named", O_RDWR);
  if (fsetxattr(fd, "user.color", "red", 3, 0) != 0) {
    // Not every file system has them.
    puts("no attributes");
    close(fd);
    return;
  }
  SHOW_ERROR(fsetxattr(fd, "user.color", "blue", 4, XATTR_CREATE));
  SHOW_ERROR(setxattr("top/named", "user.size", "9", 1, XATTR_REPLACE));
  printf("%d %.3s\n", (int)getxattr("top/named", "user.color", value, sizeof value), value);
  SHOW_ERROR(getxattr("top/named", "user.color", value, 2));
  printf("%d\n", (int)getxattr("top/named", "user.color", NULL, 0));
  char list[256];
  printf("%d %s\n", (int)flistxattr(fd, list, sizeof list), list);
  SHOW_ERROR(removexattr("top/named", "user.color"));
  SHOW_ERROR(fremovexattr(fd, "user.color"));
  SHOW_ERROR(setxattr("top/named", "nowhere.x", "9", 1, 0));
  close(fd);
}

int main(void) {
  umask(022);
  resolving();
  nameless();
  path_alone();
  attributes();
  return 0;
}
