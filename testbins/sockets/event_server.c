// A web server as servers are built: one process, epoll with edges, non-blocking sockets, keep-alive, sendfile; clients
// in processes of their own keep it busy over the loopback device and check every answer.

#define _GNU_SOURCE
#include "check.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLIENTS = 4, CONNECTIONS = 8, ROUNDS = 25, FILE_SIZE = 20000, SLOTS = 256 };

struct connection {
  char request[512];
  size_t length;
  char header[160];
  size_t header_length, header_sent;
  off_t file_sent;
  size_t file_left;
  int is_last;
};

static struct connection connections[SLOTS];
static int set, file;
static long served, accepted;

static void answer(struct connection *c) {
  const int is_known = strncmp(c->request, "GET /file ", 10) == 0;
  const size_t size = is_known ? FILE_SIZE : 0;
  c->is_last = strstr(c->request, "Connection: close") != NULL;
  c->header_length = (size_t)snprintf(c->header, sizeof c->header, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n",
                                      is_known ? "200 OK" : "404 Not Found", size);
  c->header_sent = 0;
  c->file_sent = 0;
  c->file_left = size;
  served++;
}

// Whether the connection goes on.
static int progress(int fd, struct connection *c) {
  for (;;) {
    while (c->header_sent < c->header_length) {
      const ssize_t count = send(fd, c->header + c->header_sent, c->header_length - c->header_sent, MSG_NOSIGNAL | MSG_MORE);
      if (count < 0) return errno == EAGAIN;
      c->header_sent += (size_t)count;
    }
    while (c->file_left > 0) {
      const ssize_t count = sendfile(fd, file, &c->file_sent, c->file_left);
      if (count <= 0) return count < 0 && errno == EAGAIN;
      c->file_left -= (size_t)count;
    }
    if (c->header_length && c->is_last) return 0;
    c->header_length = c->header_sent = 0;
    char *end = memmem(c->request, c->length, "\r\n\r\n", 4);
    if (!end) {
      const ssize_t count = read(fd, c->request + c->length, sizeof c->request - 1 - c->length);
      if (count == 0) return 0;
      if (count < 0) return errno == EAGAIN;
      c->length += (size_t)count;
      c->request[c->length] = 0;
      continue;
    }
    const size_t used = (size_t)(end + 4 - c->request);
    answer(c);
    memmove(c->request, c->request + used, c->length - used + 1);
    c->length -= used;
  }
}

static void add(int fd, uint32_t events) {
  struct epoll_event event = {.events = events, .data = {.fd = fd}};
  CHECK(epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) == 0);
}

static void serve(int listener) {
  sigset_t children;
  sigemptyset(&children), sigaddset(&children, SIGCHLD);
  const int ends = signalfd(-1, &children, SFD_NONBLOCK);
  const int clock = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  const struct itimerspec period = {{0, 50000000}, {0, 50000000}};
  CHECK((set = epoll_create1(0)) >= 0 && timerfd_settime(clock, 0, &period, NULL) == 0);
  add(listener, EPOLLIN), add(ends, EPOLLIN), add(clock, EPOLLIN);
  int running = CLIENTS, failed = 0;
  while (running > 0) {
    struct epoll_event events[16];
    const int count = epoll_wait(set, events, 16, 30000);
    CHECK(count > 0);
    for (int i = 0; i < count; i++) {
      const int fd = events[i].data.fd;
      if (fd == listener) {
        int made;
        while ((made = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
          CHECK(made < SLOTS);
          memset(&connections[made], 0, sizeof connections[made]);
          add(made, EPOLLIN | EPOLLOUT | EPOLLET | EPOLLRDHUP);
          accepted++;
        }
      } else if (fd == ends) {
        struct signalfd_siginfo info;
        int status;
        while (read(ends, &info, sizeof info) == sizeof info) {}
        while (waitpid(-1, &status, WNOHANG) > 0) {
          running--;
          if (status != 0) failed++;
        }
      } else if (fd == clock) {
        uint64_t ticks;
        CHECK(read(clock, &ticks, 8) == 8);
      } else if (!progress(fd, &connections[fd])) {
        close(fd);
      }
    }
  }
  printf("%ld connections, %ld requests, %d clients failed\n", accepted, served, failed);
}

static void get_all(int fd, char *buffer, size_t size) {
  for (size_t at = 0; at < size;) {
    const ssize_t count = read(fd, buffer + at, size - at);
    if (count <= 0) _exit(3);
    at += (size_t)count;
  }
}

static void be_client(const struct sockaddr_in *address, const char *contents) {
  static const char good[] = "GET /file HTTP/1.1\r\nHost: here\r\n\r\n", bad[] = "GET /none HTTP/1.1\r\n\r\n";
  static const char last[] = "GET /file HTTP/1.1\r\nConnection: close\r\n\r\n";
  static const char found[] = "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n", missing[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  static char buffer[FILE_SIZE];
  int fds[CONNECTIONS];
  for (int i = 0; i < CONNECTIONS; i++) {
    fds[i] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fds[i], (const struct sockaddr *)address, sizeof *address) != 0) _exit(1);
  }
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < CONNECTIONS; i++) {
      // Two requests at once, the second in two pieces.
      if (send(fds[i], good, sizeof good - 1, 0) < 0 || send(fds[i], bad, 7, 0) < 0) _exit(2);
      if (send(fds[i], bad + 7, sizeof bad - 8, 0) < 0) _exit(2);
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      get_all(fds[i], buffer, sizeof found - 1);
      if (memcmp(buffer, found, sizeof found - 1) != 0) _exit(4);
      get_all(fds[i], buffer, FILE_SIZE);
      if (memcmp(buffer, contents, FILE_SIZE) != 0) _exit(5);
      get_all(fds[i], buffer, sizeof missing - 1);
      if (memcmp(buffer, missing, sizeof missing - 1) != 0) _exit(6);
    }
  }
  for (int i = 0; i < CONNECTIONS; i++) {
    if (send(fds[i], last, sizeof last - 1, 0) < 0) _exit(2);
    get_all(fds[i], buffer, sizeof found - 1);
    get_all(fds[i], buffer, FILE_SIZE);
    if (read(fds[i], buffer, 1) != 0) _exit(7);
  }
  _exit(0);
}

int main(void) {
  static char contents[FILE_SIZE];
  uint64_t state = 1;
  for (int i = 0; i < FILE_SIZE; i++) contents[i] = (char)random_u64(&state);
  CHECK((file = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600)) >= 0);
  CHECK(write(file, contents, FILE_SIZE) == FILE_SIZE);
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  CHECK(bind(listener, (struct sockaddr *)&address, size) == 0 && listen(listener, 64) == 0);
  CHECK(getsockname(listener, (struct sockaddr *)&address, &size) == 0);
  sigset_t children;
  sigemptyset(&children), sigaddset(&children, SIGCHLD);
  sigprocmask(SIG_BLOCK, &children, NULL);
  for (int i = 0; i < CLIENTS; i++) {
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) be_client(&address, contents);
  }
  serve(listener);
  return 0;
}
