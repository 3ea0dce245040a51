// epoll: level and edge, once only, nested, several sets, hang-ups, errors, more than 64 descriptors at once.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int set;
static struct epoll_event *volatile nowhere = (struct epoll_event *)8;

static void control(int operation, int fd, uint32_t events, uint64_t data) {
  struct epoll_event event = {.events = events, .data = {.u64 = data}};
  CHECK(epoll_ctl(set, operation, fd, &event) == 0);
}

static void show(const char *what) {
  struct epoll_event events[8];
  const int count = epoll_wait(set, events, 8, 0);
  uint64_t seen[8] = {0};
  printf("%-34s %d:", what, count);
  for (int i = 0; i < count; i++) seen[events[i].data.u64 & 7] = (uint64_t)events[i].events << 32 | events[i].data.u64;
  for (int i = 0; i < 8; i++)
    if (seen[i]) printf(" %llx=%x", (unsigned long long)(seen[i] & 0xffffffff), (unsigned)(seen[i] >> 32));
  puts("");
}

static void levels_and_edges(void) {
  int level[2], edge[2], once[2];
  char bytes[16];
  CHECK(pipe(level) == 0 && pipe(edge) == 0 && pipe(once) == 0);
  control(EPOLL_CTL_ADD, level[0], EPOLLIN, 1);
  control(EPOLL_CTL_ADD, edge[0], EPOLLIN | EPOLLET, 2);
  control(EPOLL_CTL_ADD, once[0], EPOLLIN | EPOLLONESHOT, 3);
  show("nothing yet");
  CHECK(write(level[1], "abc", 3) == 3 && write(edge[1], "abc", 3) == 3 && write(once[1], "abc", 3) == 3);
  show("all three");
  show("the level only");
  CHECK(write(edge[1], "d", 1) == 1 && write(once[1], "d", 1) == 1);
  show("a new edge");
  control(EPOLL_CTL_MOD, once[0], EPOLLIN | EPOLLONESHOT, 4);
  show("armed again, under another name");
  CHECK(read(level[0], bytes, sizeof bytes) == 3);
  show("read empty");
  close(level[1]), close(edge[1]), close(once[1]);
  show("hung up");
  // A closed descriptor leaves the set, one with a duplicate stays.
  const int twin = dup(edge[0]);
  close(level[0]), close(edge[0]);
  show("closed");
  close(twin), close(once[0]);
  show("and its twin");
}

static void nesting(void) {
  const int inner = epoll_create1(EPOLL_CLOEXEC), event = eventfd(0, EFD_NONBLOCK);
  CHECK(inner >= 0 && event >= 0);
  struct epoll_event interest = {.events = EPOLLIN, .data = {.u64 = 7}};
  CHECK(epoll_ctl(inner, EPOLL_CTL_ADD, event, &interest) == 0);
  control(EPOLL_CTL_ADD, inner, EPOLLIN, 5);
  show("an inner set");
  CHECK(eventfd_write(event, 1) == 0);
  show("which is ready");
  struct pollfd ready = {set, POLLIN, 0};
  printf("poll of a set: %d %x\n", poll(&ready, 1, 0), (unsigned)ready.revents);
  SHOW_ERROR(epoll_ctl(inner, EPOLL_CTL_ADD, set, &interest));
  SHOW_ERROR(epoll_ctl(set, EPOLL_CTL_ADD, set, &interest));
  close(inner), close(event);
}

static void errors(void) {
  struct epoll_event event = {.events = EPOLLIN};
  int ends[2];
  CHECK(pipe(ends) == 0);
  SHOW_ERROR(epoll_create(0));
  SHOW_ERROR(epoll_create1(1));
  SHOW_ERROR(epoll_ctl(set, EPOLL_CTL_DEL, ends[0], NULL));
  SHOW_ERROR(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], NULL));
  SHOW_ERROR(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
  SHOW_ERROR(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
  SHOW_ERROR(epoll_ctl(set, 9, ends[0], &event));
  SHOW_ERROR(epoll_ctl(set, EPOLL_CTL_ADD, 999, &event));
  SHOW_ERROR(epoll_ctl(ends[0], EPOLL_CTL_ADD, ends[1], &event));
  const int file = open("/proc/self/exe", O_RDONLY);
  SHOW_ERROR(epoll_ctl(set, EPOLL_CTL_ADD, file, &event));
  SHOW_ERROR(epoll_wait(set, &event, 0, 0));
  SHOW_ERROR(epoll_wait(ends[0], &event, 1, 0));
  SHOW_ERROR(epoll_wait(set, nowhere, 1, 0));
  CHECK(write(ends[1], "x", 1) == 1);
  SHOW_ERROR(epoll_wait(set, nowhere, 1, 0));
  CHECK(epoll_ctl(set, EPOLL_CTL_DEL, ends[0], NULL) == 0);
  close(ends[0]), close(ends[1]), close(file);
}

static void many(void) {
  enum { COUNT_OF_PAIRS = 200 };
  static int pairs[COUNT_OF_PAIRS][2];
  static struct epoll_event events[COUNT_OF_PAIRS];
  for (int i = 0; i < COUNT_OF_PAIRS; i++) {
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pairs[i]) == 0);
    control(EPOLL_CTL_ADD, pairs[i][0], EPOLLIN | EPOLLRDHUP, (uint64_t)i);
  }
  for (int i = 0; i < COUNT_OF_PAIRS; i += 2) CHECK(write(pairs[i][1], "x", 1) == 1);
  for (int i = 1; i < COUNT_OF_PAIRS; i += 4) shutdown(pairs[i][1], SHUT_WR);
  int total = 0, ended = 0;
  uint64_t sum = 0;
  const int count = epoll_wait(set, events, COUNT_OF_PAIRS, 1000);
  for (int i = 0; i < count; i++) {
    total++;
    sum += events[i].data.u64;
    if (events[i].events & EPOLLRDHUP) ended++;
  }
  printf("%d ready, sum %llu, %d ended\n", total, (unsigned long long)sum, ended);
  for (int i = 0; i < COUNT_OF_PAIRS; i++) close(pairs[i][0]), close(pairs[i][1]);
}

// A set and its descriptors are shared with a child.
static void children(void) {
  const int event = eventfd(0, 0);
  control(EPOLL_CTL_ADD, event, EPOLLIN, 6);
  fflush(stdout);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    usleep(20000);
    _exit(eventfd_write(event, 3) == 0 ? 0 : 1);
  }
  struct epoll_event got;
  CHECK(epoll_wait(set, &got, 1, 10000) == 1);
  eventfd_t value;
  CHECK(eventfd_read(event, &value) == 0);
  int status;
  CHECK(waitpid(child, &status, 0) == child && status == 0);
  printf("from a child: %llu, value %llu\n", (unsigned long long)got.data.u64, (unsigned long long)value);
  close(event);
}

int main(void) {
  const struct rlimit enough = {1024, 1024};
  setrlimit(RLIMIT_NOFILE, &enough);
  CHECK((set = epoll_create1(EPOLL_CLOEXEC)) >= 0);
  levels_and_edges();
  nesting();
  errors();
  many();
  children();
  return 0;
}
