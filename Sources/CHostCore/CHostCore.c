// Dying of a signal with the flag for a core file, and without a core file of the emulator's.
#define _GNU_SOURCE
#include "CHostCore.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static int write_file(const char *path, const char *text) {
  const int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  const ssize_t count = write(fd, text, strlen(text));
  close(fd);
  return count == (ssize_t)strlen(text);
}

// A mount namespace of this process's own: for root at once, for others in a user namespace where their numbers are
// what they were.
static int leave_file_systems(void) {
  if (unshare(CLONE_NEWNS) == 0) return 1;
  char user[64], group[64];
  snprintf(user, sizeof user, "%u %u 1", geteuid(), geteuid());
  snprintf(group, sizeof group, "%u %u 1", getegid(), getegid());
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return 0;
  return write_file("/proc/self/setgroups", "deny") && write_file("/proc/self/uid_map", user) &&
         write_file("/proc/self/gid_map", group);
}

// The directory where the host will write a core file; the working directory becomes it for a relative pattern.
static int core_directory(char *directory, size_t size) {
  const int fd = open("/proc/sys/kernel/core_pattern", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  const ssize_t count = read(fd, directory, size - 1);
  close(fd);
  if (count <= 0 || directory[0] == '|' || directory[0] == '@') return 0;
  directory[count] = 0;
  char *const last = strrchr(directory, '/');
  if (!last) {
    strcpy(directory, "/tmp");
    return 1;
  }
  // A directory that is named after the process is beyond this, and so is a relative one.
  if (directory[0] != '/' || last == directory) return 0;
  *last = 0;
  return strchr(directory, '%') == NULL;
}

void swemu_host_die_dumped(int32_t signal_number) {
  char directory[256];
  struct rlimit limit;
  if (!core_directory(directory, sizeof directory) || !leave_file_systems() ||
      mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
      mount("none", directory, "tmpfs", 0, "size=16m") != 0 || chdir(directory) != 0 ||
      !write_file("/proc/self/coredump_filter", "0") || getrlimit(RLIMIT_CORE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_CORE, &limit);
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  // Raw, because the C library keeps signals 32 and 33 to itself.
  const uint64_t default_action[4] = {0, 0, 0, 0};
  const uint64_t mask = (uint64_t)1 << (signal_number - 1);
  syscall(SYS_rt_sigaction, signal_number, default_action, NULL, 8);
  syscall(SYS_rt_sigprocmask, 1 /* SIG_UNBLOCK */, &mask, NULL, 8);
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal_number);
}
