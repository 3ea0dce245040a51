// access, chmod, fchmod, fchmodat, chown, umask: modes as they are kept (works for any user).

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned mode(const char *name) {
  struct stat s;
  CHECK(lstat(name, &s) == 0);
  return s.st_mode & 07777;
}

int main(void) {
  umask(027);
  printf("umask is %03o\n", umask(0));
  CHECK(close(open("plain", O_CREAT | O_WRONLY, 0666)) == 0);
  umask(077);
  CHECK(close(open("masked", O_CREAT | O_WRONLY, 0666)) == 0 && mkdir("dir", 0777) == 0);
  printf("%04o %04o %04o\n", mode("plain"), mode("masked"), mode("dir"));
  CHECK(chmod("plain", 0751) == 0);
  printf("%04o\n", mode("plain"));
  int fd = open("plain", O_RDWR);
  CHECK(fchmod(fd, 04711) == 0);
  printf("%04o\n", mode("plain"));
  CHECK(fchmodat(AT_FDCWD, "plain", 01644, 0) == 0);
  printf("%04o\n", mode("plain"));
  CHECK(chown("plain", getuid(), getgid()) == 0 && fchown(fd, (uid_t)-1, (gid_t)-1) == 0);
  CHECK(lchown("plain", getuid(), (gid_t)-1) == 0 && fchownat(AT_FDCWD, "plain", getuid(), getgid(), AT_SYMLINK_NOFOLLOW) == 0);
  CHECK(access("plain", F_OK) == 0 && access("plain", R_OK | W_OK) == 0);
  CHECK(chmod("plain", 0600) == 0);
  SHOW_ERROR(access("plain", X_OK));
  SHOW_ERROR(access("missing", F_OK));
  SHOW_ERROR(access("plain", 077));
  SHOW_ERROR(access("plain/x", F_OK));
  SHOW_ERROR(chmod("missing", 0600));
  SHOW_ERROR(fchmod(99, 0600));
  SHOW_ERROR(chmod((char *)8, 0600));
  CHECK(faccessat(AT_FDCWD, "plain", R_OK, AT_EACCESS) == 0);
  return 0;
}
