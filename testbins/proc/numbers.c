// /proc/self/stat, statm, status, limits, auxv: the fields that a program can check of itself.

#define _GNU_SOURCE
#include "procfile.h"

#include <elf.h>
#include <sys/mman.h>
#include <sys/resource.h>

static char buffer[65536];

static long status_value(const char *key) {
  char *at = strstr(buffer, key);
  CHECK(at && at[strlen(key)] == ':');
  return strtol(at + strlen(key) + 1, NULL, 10);
}

int main(int argc, char **argv, char **envp) {
  (void)argc;
  int local;
  size_t size = read_file("/proc/self/stat", buffer, sizeof buffer);
  CHECK(size > 0 && buffer[size - 1] == '\n');
  char *close_name = strrchr(buffer, ')'), state;
  const char *name = strrchr(argv[0], '/');
  CHECK(close_name && strncmp(strchr(buffer, '(') + 1, name ? name + 1 : argv[0], 5) == 0);
  int parent, group, session;
  CHECK(sscanf(close_name + 2, "%c %d %d %d", &state, &parent, &group, &session) == 4);
  CHECK(atoi(buffer) == getpid() && state == 'R' && parent == getppid() && group == getpgrp() && session == getsid(0));
  unsigned long fields[53] = {0};
  int n = 3;
  for (char *p = close_name + 2; (p = strchr(p, ' ')) && n < 53; p++) fields[++n] = strtoul(p + 1, NULL, 10);
  printf("%d fields\n", n);
  void *code;
  int (*function)(int, char **, char **) = main;
  memcpy(&code, &function, sizeof code);
  CHECK(fields[20] == 1);                                                            // threads
  CHECK(fields[26] <= (unsigned long)code && fields[27] > (unsigned long)code);      // startcode, endcode
  CHECK(fields[28] > (unsigned long)&local && fields[28] - (unsigned long)&local < 65536 * 16);  // startstack
  CHECK(fields[48] == (unsigned long)argv[0]);                                       // arg_start
  CHECK(!envp[0] || fields[50] == (unsigned long)envp[0]);                           // env_start
  CHECK(fields[47] <= (unsigned long)sbrk(0));                                       // start_brk
  CHECK(fields[23] > 16384 && fields[23] >= 4096 * fields[24]);                      // vsize, rss (which lags behind)
  puts("stat fits");

  long total, resident;
  read_file("/proc/self/statm", buffer, sizeof buffer);
  CHECK(sscanf(buffer, "%ld %ld", &total, &resident) == 2 && total > 0 && resident >= 0 && total >= resident);
  CHECK(mmap(NULL, 4096 * 100, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
  long later;
  read_file("/proc/self/statm", buffer, sizeof buffer);
  CHECK(sscanf(buffer, "%ld", &later) == 1 && later == total + 100);
  puts("statm counts pages");

  read_file("/proc/self/status", buffer, sizeof buffer);
  CHECK(status_value("\nPid") == getpid() && status_value("\nPPid") == getppid() && status_value("\nTgid") == getpid());
  CHECK(status_value("\nThreads") == 1 && (uid_t)status_value("\nUid") == getuid() && (gid_t)status_value("\nGid") == getgid());
  CHECK(status_value("\nVmSize") == later * 4 && status_value("\nVmRSS") >= 0 && status_value("\nVmStk") > 0 && status_value("\nVmPeak") >= later * 4);
  CHECK(strncmp(buffer, "Name:\t", 6) == 0 && strstr(buffer, "\nState:\tR (running)\n"));
  puts("status fits");

  struct rlimit limit = {77, 78};
  CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
  read_file("/proc/self/limits", buffer, sizeof buffer);
  char *line = strstr(buffer, "Max open files");
  long soft, hard;
  CHECK(line && sscanf(line + 14, "%ld %ld", &soft, &hard) == 2 && soft == 77 && hard == 78);
  puts("limits fit");

  size = read_file("/proc/self/auxv", buffer, sizeof buffer);
  char **p = envp;
  while (*p) p++;
  CHECK(size % 16 == 0 && memcmp(buffer, p + 1, size) == 0);
  puts("auxv is the vector on the stack");
  return 0;
}
