// TCP and UDP over the loopback device, and Unix sockets by name: connecting, options, urgent and out of order, ends.

#define _GNU_SOURCE
#include "errors.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_in any_port(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  return address;
}

static void tcp(void) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
  struct sockaddr_in address = any_port(), peer;
  socklen_t size = sizeof address;
  CHECK(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0);
  CHECK(bind(listener, (struct sockaddr *)&address, size) == 0 && listen(listener, 8) == 0);
  CHECK(getsockname(listener, (struct sockaddr *)&address, &size) == 0);
  fflush(stdout);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    char text[64];
    if (connect(fd, (struct sockaddr *)&address, size) != 0) _exit(1);
    ssize_t count = read(fd, text, sizeof text);
    if (count <= 0 || write(fd, text, (size_t)count) != count) _exit(2);
    if (send(fd, "!", 1, MSG_OOB) != 1) _exit(3);
    shutdown(fd, SHUT_WR);
    count = read(fd, text, sizeof text);
    _exit(count == 3 && read(fd, text, 1) == 0 ? 0 : 4);
  }
  const int fd = accept4(listener, (struct sockaddr *)&peer, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
  CHECK(fd >= 0 && ntohl(peer.sin_addr.s_addr) == INADDR_LOOPBACK);
  printf("flags %d %x\n", fcntl(fd, F_GETFD), (unsigned)fcntl(fd, F_GETFL));
  char text[64] = "";
  SHOW_ERROR(read(fd, text, sizeof text));
  CHECK(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0);
  CHECK(write(fd, "hello tcp", 9) == 9);
  struct pollfd ready = {fd, POLLIN | POLLPRI | POLLRDHUP, 0};
  do {
    CHECK(poll(&ready, 1, 10000) == 1);
  } while (!(ready.revents & POLLRDHUP));
  printf("events %x\n", (unsigned)ready.revents);
  SHOW_ERROR(recv(fd, text, 1, MSG_OOB));
  printf("urgent %c\n", text[0]);
  int waiting = 0;
  CHECK(ioctl(fd, FIONREAD, &waiting) == 0);
  CHECK(recv(fd, text, sizeof text, MSG_PEEK) == 9 && read(fd, text, sizeof text) == 9);
  printf("%d %.9s, then %zd\n", waiting, text, read(fd, text, sizeof text));
  CHECK(write(fd, "end", 3) == 3);
  close(fd);
  int status;
  CHECK(waitpid(child, &status, 0) == child);
  printf("child %x\n", status);
  close(listener);
  SHOW_ERROR(connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&address, size) < 0 && errno == ECONNREFUSED ? 0 : -1);
}

static void udp(void) {
  const int one = socket(AF_INET, SOCK_DGRAM, 0), two = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in first = any_port(), second = any_port(), from;
  socklen_t size = sizeof first;
  CHECK(bind(one, (struct sockaddr *)&first, size) == 0 && getsockname(one, (struct sockaddr *)&first, &size) == 0);
  CHECK(bind(two, (struct sockaddr *)&second, size) == 0 && getsockname(two, (struct sockaddr *)&second, &size) == 0);
  char bytes[4][8];
  struct iovec vectors[4];
  struct mmsghdr messages[4];
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < 4; i++) {
    snprintf(bytes[i], sizeof bytes[i], "part %d", i);
    vectors[i] = (struct iovec){bytes[i], 6};
    messages[i].msg_hdr = (struct msghdr){.msg_name = &second, .msg_namelen = sizeof second, .msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  CHECK(sendmmsg(one, messages, 4, 0) == 4);
  printf("sent %u %u %u %u\n", messages[0].msg_len, messages[1].msg_len, messages[2].msg_len, messages[3].msg_len);
  char text[16] = "";
  CHECK(recvfrom(two, text, 3, MSG_TRUNC, (struct sockaddr *)&from, &size) == 6);
  printf("cut to %.3s, from the first: %d\n", text, from.sin_port == first.sin_port);
  memset(bytes, 0, sizeof bytes);
  for (int i = 0; i < 4; i++) messages[i].msg_hdr.msg_name = NULL, messages[i].msg_hdr.msg_namelen = 0, vectors[i].iov_len = 8;
  const int count = recvmmsg(two, messages, 4, MSG_DONTWAIT, NULL);
  printf("%d: %s %s %s\n", count, bytes[0], bytes[1], bytes[2]);
  SHOW_ERROR(recv(two, text, 1, MSG_DONTWAIT));
  SHOW_ERROR(sendto(one, text, 70000, 0, (struct sockaddr *)&second, sizeof second) < 0 ? 0 : -1);
  close(one), close(two);
}

static void by_name(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"}, shown;
  socklen_t size = sizeof shown;
  const int listener = socket(AF_UNIX, SOCK_SEQPACKET, 0), client = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  CHECK(bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 1) == 0);
  SHOW_ERROR(access("socket", F_OK));
  CHECK(connect(client, (struct sockaddr *)&address, sizeof address) == 0);
  const int server = accept(listener, NULL, NULL);
  CHECK(getpeername(client, (struct sockaddr *)&shown, &size) == 0);
  puts(shown.sun_path);
  CHECK(send(client, "one", 3, 0) == 3 && send(client, "second", 6, 0) == 6);
  char text[16] = "";
  printf("%zd ", recv(server, text, sizeof text, 0));
  printf("%zd\n", recv(server, text, sizeof text, 0));
  close(client);
  printf("end %zd\n", recv(server, text, sizeof text, 0));
  signal(SIGPIPE, SIG_IGN);
  SHOW_ERROR(send(server, "x", 1, 0));
  int type = 0;
  size = sizeof type;
  CHECK(getsockopt(server, SOL_SOCKET, SO_TYPE, &type, &size) == 0);
  printf("type %d size %u\n", type, (unsigned)size);
  SHOW_ERROR(getsockopt(server, SOL_SOCKET, 9999, &type, &size) < 0 ? 0 : -1);
  SHOW_ERROR(socket(AF_UNIX, 99, 0));
  SHOW_ERROR(bind(listener, (struct sockaddr *)&address, sizeof address));
  SHOW_ERROR(listen(0, 1) < 0 ? 0 : -1);
  unlink("socket");
  SHOW_ERROR(connect(socket(AF_UNIX, SOCK_SEQPACKET, 0), (struct sockaddr *)&address, sizeof address));
}

int main(void) {
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  tcp();
  udp();
  by_name();
  return 0;
}
