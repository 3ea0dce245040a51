// inotify: what is told of files and directories, in which order, with which names and cookies; and its errors.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static int queue;

static void show(const char *what) {
  char buffer[4096] __attribute__((aligned(8)));
  static uint32_t cookie;
  int waiting = 0;
  CHECK(ioctl(queue, FIONREAD, &waiting) == 0);
  printf("%s (%s)\n", what, waiting > 0 ? "some" : "none");
  const ssize_t count = read(queue, buffer, sizeof buffer);
  for (ssize_t at = 0; at < count;) {
    const struct inotify_event *event = (const struct inotify_event *)(buffer + at);
    printf("  watch %d mask %x name %s%s\n", event->wd, event->mask, event->len ? event->name : "-",
           event->cookie == 0 ? "" : event->cookie == cookie ? ", the other half" : ", a cookie");
    cookie = event->cookie;
    at += (ssize_t)(sizeof *event + event->len);
  }
}

int main(void) {
  CHECK((queue = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) >= 0);
  CHECK(mkdir("d", 0755) == 0);
  printf("watch %d\n", inotify_add_watch(queue, "d", IN_ALL_EVENTS));
  show("nothing");
  const int file = open("d/file", O_RDWR | O_CREAT, 0644);
  CHECK(file >= 0 && write(file, "x", 1) == 1);
  show("created and written");
  char byte;
  CHECK(pread(file, &byte, 1, 0) == 1);
  fchmod(file, 0600);
  CHECK(ftruncate(file, 0) == 0);
  close(file);
  show("read, changed, cut, closed");
  printf("watch %d\n", inotify_add_watch(queue, "d/file", IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_MODIFY));
  CHECK(rename("d/file", "d/moved") == 0);
  show("moved");
  CHECK(link("d/moved", "d/second") == 0 && symlink("moved", "d/link") == 0 && mkdir("d/sub", 0755) == 0);
  show("made");
  CHECK(unlink("d/moved") == 0 && unlink("d/second") == 0 && unlink("d/link") == 0 && rmdir("d/sub") == 0);
  show("removed");
  const int other = inotify_add_watch(queue, "d", IN_CREATE | IN_ONESHOT);
  printf("the same watch again: %d\n", other);
  close(open("d/a", O_CREAT | O_WRONLY, 0644));
  close(open("d/b", O_CREAT | O_WRONLY, 0644));
  show("only one");
  SHOW_ERROR(inotify_rm_watch(queue, other));
  printf("watch %d\n", inotify_add_watch(queue, "d", IN_DELETE_SELF | IN_ONLYDIR));
  unlink("d/a"), unlink("d/b");
  CHECK(rmdir("d") == 0);
  show("the directory itself");
  SHOW_ERROR(inotify_add_watch(queue, "d", IN_CREATE));
  SHOW_ERROR(inotify_add_watch(queue, ".", 0));
  SHOW_ERROR(inotify_add_watch(0, ".", IN_CREATE));
  SHOW_ERROR(inotify_add_watch(queue, "/proc/self/exe", IN_CREATE | IN_ONLYDIR));
  SHOW_ERROR(inotify_init1(1));
  char tiny[8];
  CHECK(inotify_add_watch(queue, ".", IN_CREATE) > 0);
  close(open("tiny", O_CREAT | O_WRONLY, 0644));
  SHOW_ERROR(read(queue, tiny, sizeof tiny));
  show("too small a buffer loses nothing");
  return 0;
}
