// getrlimit, setrlimit, prlimit, getrusage, times, priorities, sysinfo, uname, prctl.

#define _GNU_SOURCE
#include "errors.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <unistd.h>

int main(void) {
  struct rlimit limit, again;
  for (int i = 0; i <= 15; i++) CHECK(getrlimit(i, &limit) == 0);
  SHOW_ERROR(getrlimit(99, &limit));
  CHECK(getrlimit(RLIMIT_CORE, &limit) == 0);
  limit.rlim_cur = 0;
  CHECK(setrlimit(RLIMIT_CORE, &limit) == 0 && getrlimit(RLIMIT_CORE, &again) == 0 && again.rlim_cur == 0);
  CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
  limit.rlim_cur = 100;
  limit.rlim_max = 200;
  CHECK(prlimit(0, RLIMIT_NOFILE, &limit, &again) == 0 && getrlimit(RLIMIT_NOFILE, &again) == 0);
  printf("%ld %ld\n", (long)again.rlim_cur, (long)again.rlim_max);
  limit.rlim_cur = 300;
  SHOW_ERROR(setrlimit(RLIMIT_NOFILE, &limit));
  printf("sysconf follows: %ld\n", sysconf(_SC_OPEN_MAX));

  struct rusage usage;
  CHECK(getrusage(RUSAGE_SELF, &usage) == 0 && usage.ru_maxrss > 0);
  SHOW_ERROR(getrusage(77, &usage));
  struct tms t;
  CHECK(times(&t) != (clock_t)-1);
  CHECK(getpriority(PRIO_PROCESS, 0) <= 19 && setpriority(PRIO_PROCESS, 0, 19) == 0 && getpriority(PRIO_PROCESS, 0) == 19);
  struct sysinfo info;
  CHECK(sysinfo(&info) == 0 && info.totalram > 0 && info.procs > 0 && info.mem_unit > 0);
  struct utsname name;
  CHECK(uname(&name) == 0);
  printf("%s %s\n", name.sysname, name.machine);
  char host[256];
  CHECK(gethostname(host, sizeof host) == 0 && strcmp(host, name.nodename) == 0);
  CHECK(prctl(PR_SET_NAME, "new-name") == 0);
  char comm[17] = "";
  CHECK(prctl(PR_GET_NAME, comm) == 0);
  puts(comm);
  CHECK(prctl(PR_GET_DUMPABLE) == 1 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
  SHOW_ERROR(prctl(9999, 0, 0, 0, 0));
  cpu_set_t set;
  CHECK(sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) >= 1 && sysconf(_SC_NPROCESSORS_ONLN) >= 1);
  CHECK(sched_yield() == 0 && sched_getcpu() >= 0);
  printf("scheduling priorities %d to %d\n", sched_get_priority_min(SCHED_FIFO), sched_get_priority_max(SCHED_FIFO));
  return 0;
}
