// Ancillary data: descriptors and credentials that travel over sockets, cut short, and closed on exec.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int pair[2];

static void send_descriptors(const int *fds, int count) {
  char control[CMSG_SPACE(16 * sizeof(int))] = {0};
  struct iovec vector = {(char *)"d", 1};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = CMSG_SPACE((size_t)count * sizeof(int))};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET, header->cmsg_type = SCM_RIGHTS, header->cmsg_len = CMSG_LEN((size_t)count * sizeof(int));
  memcpy(CMSG_DATA(header), fds, (size_t)count * sizeof(int));
  CHECK(sendmsg(pair[0], &message, 0) == 1);
}

// How many came, in `fds`.
static int receive_descriptors(int *fds, size_t room, int flags) {
  char control[CMSG_SPACE(16 * sizeof(int))] = {0}, byte;
  struct iovec vector = {&byte, 1};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = room};
  CHECK(recvmsg(pair[1], &message, flags) == 1);
  int count = 0;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header && header->cmsg_type == SCM_RIGHTS) {
    count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(fds, CMSG_DATA(header), (size_t)count * sizeof(int));
  }
  printf("%d came, flags %x", count, (unsigned)message.msg_flags);
  if (count > 0) printf(", close on exec %d", fcntl(fds[0], F_GETFD));
  puts("");
  return count;
}

static void descriptors(void) {
  int ends[2], got[16];
  char text[16] = "";
  CHECK(pipe(ends) == 0);
  send_descriptors(ends, 2);
  CHECK(receive_descriptors(got, CMSG_SPACE(16 * sizeof(int)), MSG_CMSG_CLOEXEC) == 2);
  CHECK(write(got[1], "through", 7) == 7 && read(ends[0], text, sizeof text) == 7);
  puts(text);
  close(got[0]), close(got[1]);
  // Room for one of two: the other is closed, and MSG_CTRUNC says so.
  send_descriptors(ends, 2);
  CHECK(receive_descriptors(got, CMSG_LEN(sizeof(int)), 0) == 1);
  close(got[0]);
  send_descriptors(ends, 2);
  receive_descriptors(got, 0, 0);
  // A child sends what the parent has not.
  fflush(stdout);
  const pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    const int fd = open("/proc/self/cmdline", O_RDONLY);
    send_descriptors(&fd, 1);
    _exit(0);
  }
  int status;
  CHECK(receive_descriptors(got, CMSG_SPACE(16 * sizeof(int)), 0) == 1);
  CHECK(waitpid(child, &status, 0) == child && status == 0);
  close(got[0]);
  // In flight when their last other descriptor is closed.
  send_descriptors(ends + 1, 1);
  close(ends[1]);
  CHECK(receive_descriptors(got, CMSG_SPACE(16 * sizeof(int)), 0) == 1);
  CHECK(write(got[0], "late", 4) == 4);
  memset(text, 0, sizeof text);
  CHECK(read(ends[0], text, sizeof text) == 4);
  puts(text);
  close(got[0]), close(ends[0]);
}

static void credentials(void) {
  const int on = 1;
  CHECK(setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on) == 0);
  CHECK(send(pair[0], "c", 1, 0) == 1);
  char control[CMSG_SPACE(sizeof(struct ucred))], byte;
  struct iovec vector = {&byte, 1};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  CHECK(recvmsg(pair[1], &message, 0) == 1);
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  CHECK(header && header->cmsg_type == SCM_CREDENTIALS);
  struct ucred who;
  memcpy(&who, CMSG_DATA(header), sizeof who);
  printf("from itself: %d %d %d\n", who.pid == getpid(), who.uid == getuid(), who.gid == getgid());
  socklen_t size = sizeof who;
  CHECK(getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, &who, &size) == 0);
  printf("peer: %d\n", who.pid == getpid());
}

static void errors(void) {
  char byte = 'x';
  struct iovec vector = {&byte, 1};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
  char control[CMSG_SPACE(sizeof(int))] = {0};
  message.msg_control = control, message.msg_controllen = sizeof control;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET, header->cmsg_type = SCM_RIGHTS, header->cmsg_len = CMSG_LEN(sizeof(int));
  const int bad = 999;
  memcpy(CMSG_DATA(header), &bad, sizeof bad);
  SHOW_ERROR(sendmsg(pair[0], &message, 0));
  header->cmsg_len = 3;
  SHOW_ERROR(sendmsg(pair[0], &message, 0));
  SHOW_ERROR(recv(pair[0], &byte, 1, MSG_DONTWAIT));
}

int main(void) {
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  descriptors();
  errors();
  credentials();
  return 0;
}
