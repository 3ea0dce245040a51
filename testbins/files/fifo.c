// FIFOs opened for both ends by one process, mknod, socketpair, eventfd, and O_NONBLOCK opens.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

int main(void) {
  CHECK(mknod("fifo", S_IFIFO | 0600, 0) == 0);
  SHOW_ERROR(open("fifo", O_WRONLY | O_NONBLOCK));
  int reader = open("fifo", O_RDONLY | O_NONBLOCK), writer = open("fifo", O_WRONLY | O_NONBLOCK);
  CHECK(reader >= 0 && writer >= 0 && write(writer, "by name", 7) == 7);
  char text[32] = "";
  CHECK(read(reader, text, 31) == 7);
  puts(text);
  SHOW_ERROR(read(reader, text, 1));
  SHOW_ERROR(mknod("fifo", S_IFIFO | 0600, 0));
  CHECK(mknod("plain", S_IFREG | 0600, 0) == 0 && access("plain", F_OK) == 0);
  int pair[2];
  CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  CHECK(write(pair[0], "socket", 6) == 6 && read(pair[1], text, 32) == 6);
  printf("%.6s\n", text);
  CHECK(send(pair[1], "back", 4, 0) == 4 && recv(pair[0], text, 2, MSG_PEEK) == 2 && recv(pair[0], text, 32, MSG_DONTWAIT) == 4);
  printf("%.4s\n", text);
  CHECK(shutdown(pair[0], SHUT_WR) == 0 && read(pair[1], text, 1) == 0);
  int event = eventfd(3, EFD_NONBLOCK);
  uint64_t value = 4;
  CHECK(event >= 0 && write(event, &value, 8) == 8 && read(event, &value, 8) == 8);
  printf("event %llu\n", (unsigned long long)value);
  SHOW_ERROR(read(event, &value, 8));
  SHOW_ERROR(read(event, &value, 4));
  return 0;
}
