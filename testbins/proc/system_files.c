// Files of /proc and /sys that programs read: they exist and have the shape they must have.

#define _GNU_SOURCE
#include "procfile.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/utsname.h>

static char buffer[1 << 18];

static int numeric_entries(const char *path) {
  DIR *d = opendir(path);
  CHECK(d);
  int count = 0;
  for (struct dirent *e; (e = readdir(d));) count += e->d_name[0] >= '0' && e->d_name[0] <= '9';
  closedir(d);
  return count;
}

int main(void) {
  struct utsname name;
  CHECK(uname(&name) == 0);
  read_file("/proc/sys/kernel/osrelease", buffer, sizeof buffer);
  CHECK(strncmp(buffer, name.release, strlen(name.release)) == 0);
  read_file("/proc/sys/kernel/hostname", buffer, sizeof buffer);
  CHECK(strncmp(buffer, name.nodename, strlen(name.nodename)) == 0);
  read_file("/proc/meminfo", buffer, sizeof buffer);
  CHECK(strncmp(buffer, "MemTotal:", 9) == 0);
  read_file("/proc/uptime", buffer, sizeof buffer);
  CHECK(strtod(buffer, NULL) > 0);
  read_file("/proc/loadavg", buffer, sizeof buffer);
  CHECK(strchr(buffer, '/'));
  read_file("/proc/mounts", buffer, sizeof buffer);
  CHECK(strstr(buffer, " /proc "));
  char self[32] = "", expected[32];
  snprintf(expected, sizeof expected, "%d", getpid());
  CHECK(readlink("/proc/self", self, 31) > 0 && strcmp(self, expected) == 0);
  puts("system files are there");
  // Descriptors: only what this program has, whatever runs it.
  int before = numeric_entries("/proc/self/fd");
  CHECK(open("/dev/null", O_RDONLY) == 3 && open("/dev/null", O_RDONLY) == 4);
  printf("%d descriptors, then %d\n", before, numeric_entries("/proc/self/fd"));
  printf("%d thread\n", numeric_entries("/proc/self/task"));
  struct stat s;
  CHECK(stat("/proc/self", &s) == 0 && S_ISDIR(s.st_mode));
  CHECK(stat("/proc/1", &s) == 0 && stat("/proc/999999999", &s) != 0);
  // An entry that cannot be there.
  CHECK(open("/proc/self/nonsense", O_RDONLY) < 0);
  return 0;
}
