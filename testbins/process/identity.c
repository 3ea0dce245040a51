// Process and user identities: consistent with one another and with /proc where it shows them.

#define _GNU_SOURCE
#include "errors.h"

#include <grp.h>
#include <sys/fsuid.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  CHECK(getpid() > 0 && getpid() == syscall(SYS_gettid) && getppid() > 0);
  CHECK(getpgrp() == getpgid(0) && getsid(0) == getsid(getpid()));
  uid_t real, effective, saved;
  gid_t g_real, g_effective, g_saved;
  CHECK(getresuid(&real, &effective, &saved) == 0 && real == getuid() && effective == geteuid());
  CHECK(getresgid(&g_real, &g_effective, &g_saved) == 0 && g_real == getgid() && g_effective == getegid());
  int count = getgroups(0, NULL);
  gid_t groups[256];
  CHECK(count >= 0 && (count > 256 || getgroups(256, groups) == count));
  CHECK(setuid(geteuid()) == 0 && setgid(getegid()) == 0 && setresuid((uid_t)-1, (uid_t)-1, (uid_t)-1) == 0);
  CHECK((uid_t)setfsuid((uid_t)-1) == geteuid());
  SHOW_ERROR(getpgid(0x3fffffff));
  SHOW_ERROR(setpgid(0x3fffffff, 0));
  SHOW_ERROR(syscall(SYS_getresuid, 8, &effective, &saved));
  puts("identities agree");
  return 0;
}
