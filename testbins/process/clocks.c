// Clocks and sleeping: monotonic never goes back, sleeps last at least what was asked, calendar
// functions for fixed times.

#define _GNU_SOURCE
#include "errors.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int64_t nanoseconds(clockid_t clock) {
  struct timespec t;
  CHECK(clock_gettime(clock, &t) == 0 && t.tv_nsec >= 0 && t.tv_nsec < 1000000000);
  return t.tv_sec * 1000000000ll + t.tv_nsec;
}

int main(void) {
  static const clockid_t clocks[] = {CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID,
                                     CLOCK_MONOTONIC_COARSE};
  for (size_t i = 0; i < COUNT(clocks); i++) {
    int64_t last = nanoseconds(clocks[i]);
    for (int k = 0; k < 50; k++) {
      int64_t now = nanoseconds(clocks[i]);
      CHECK(now >= last);
      last = now;
    }
  }
  int64_t start = nanoseconds(CLOCK_MONOTONIC);
  struct timespec request = {0, 20000000};
  CHECK(nanosleep(&request, NULL) == 0 && nanoseconds(CLOCK_MONOTONIC) - start >= 20000000);
  start = nanoseconds(CLOCK_MONOTONIC);
  CHECK(clock_nanosleep(CLOCK_MONOTONIC, 0, &request, NULL) == 0 && usleep(1000) == 0 && nanoseconds(CLOCK_MONOTONIC) - start >= 21000000);
  request.tv_nsec = 1000000000;
  SHOW_ERROR(nanosleep(&request, NULL));
  SHOW_ERROR(syscall(SYS_nanosleep, 8, 0));
  SHOW_ERROR(clock_gettime(999, &request));
  SHOW_ERROR(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, 8));
  struct timeval tv;
  CHECK(gettimeofday(&tv, NULL) == 0 && time(NULL) - tv.tv_sec <= 1 && nanoseconds(CLOCK_REALTIME) / 1000000000 - tv.tv_sec <= 1);
  CHECK(clock_getres(CLOCK_MONOTONIC, &request) == 0 && request.tv_sec == 0 && request.tv_nsec > 0);
  CHECK(clock() != (clock_t)-1);
  CHECK(syscall(SYS_time, NULL) - time(NULL) <= 1);
  setenv("TZ", "UTC0", 1);
  tzset();
  static const time_t moments[] = {0, 951782400, 1234567890, 2147483648, -1, 253402300799};
  for (size_t i = 0; i < COUNT(moments); i++) {
    struct tm tm;
    char text[80];
    CHECK(gmtime_r(&moments[i], &tm) && timegm(&tm) == moments[i]);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a %j %U", &tm);
    puts(text);
  }
  setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
  tzset();
  struct tm *local = localtime(&moments[2]);
  printf("%d:%02d dst %d\n", local->tm_hour, local->tm_min, local->tm_isdst);
  return 0;
}
