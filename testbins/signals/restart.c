// Which calls a handler ends with EINTR, and which go on after one with SA_RESTART (signal(7)).

#define _GNU_SOURCE
#include "errors.h"

#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int runs;
static int feed = -1;

// The second run gives a waiting read its byte, so that a restarted call ends.
static void tick(int number) {
  runs++;
  if (feed >= 0 && runs == 2) CHECK(write(feed, "x", 1) == 1);
  (void)number;
}

static timer_t timer;

static void start(int flags) {
  struct sigaction action = {.sa_handler = tick, .sa_flags = flags};
  sigaction(SIGALRM, &action, NULL);
  runs = 0;
  const struct itimerspec soon = {{0, 10000000}, {0, 10000000}};
  CHECK(timer_settime(timer, 0, &soon, NULL) == 0);
}

static void stop(const char *name, long result, int error) {
  const struct itimerspec never = {{0, 0}, {0, 0}};
  timer_settime(timer, 0, &never, NULL);
  printf("  %-18s %s", name, result < 0 ? error_name(error) : "done");
  printf(" after %s\n", runs >= 2 ? "several" : runs == 1 ? "one" : "none");
}

#define RUN(name, call)               \
  do {                                \
    start(flags);                     \
    errno = 0;                        \
    long outcome = (long)(call);      \
    stop(name, outcome, errno);       \
  } while (0)

int main(void) {
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
  CHECK(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0);
  for (int round = 0; round < 2; round++) {
    const int flags = round ? SA_RESTART : 0;
    printf("%s\n", round ? "SA_RESTART" : "without SA_RESTART");
    int ends[2], sockets[2];
    char byte;
    CHECK(pipe(ends) == 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0);
    feed = ends[1];
    RUN("read a pipe", read(ends[0], &byte, 1));
    feed = sockets[1];
    RUN("recv", recv(sockets[0], &byte, 1, 0));
    feed = sockets[1];
    RUN("read a socket", read(sockets[0], &byte, 1));
    feed = -1;
    struct timeval limit = {0, 30000};
    int fresh[2];
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, fresh) == 0);
    setsockopt(fresh[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    RUN("recv with limit", recv(fresh[0], &byte, 1, 0));
    struct timespec time = {0, 50000000}, left = {9, 9};
    RUN("nanosleep", nanosleep(&time, &left));
    printf("    less is left: %d\n", left.tv_sec == 0 && left.tv_nsec > 0 && left.tv_nsec < 50000000);
    RUN("clock_nanosleep", syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &time, &left));
    RUN("pause", pause());
    struct pollfd polled = {.fd = fresh[0], .events = POLLIN};
    RUN("poll", poll(&polled, 1, 50));
    RUN("ppoll", ppoll(&polled, 1, &time, NULL));
    struct timeval wait = {0, 50000};
    RUN("select", select(0, NULL, NULL, NULL, &wait));
    int epoll = epoll_create1(0);
    struct epoll_event ready;
    RUN("epoll_wait", epoll_wait(epoll, &ready, 1, 50));
    uint32_t word = 0;
    RUN("futex with time", syscall(SYS_futex, &word, FUTEX_WAIT, 0, &time, NULL, 0));
    siginfo_t info;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    RUN("sigtimedwait", sigtimedwait(&set, &info, &time));
    sigemptyset(&set);
    RUN("sigsuspend", sigsuspend(&set));
    close(epoll), close(ends[0]), close(ends[1]), close(sockets[0]), close(sockets[1]), close(fresh[0]), close(fresh[1]);
  }
  return 0;
}
