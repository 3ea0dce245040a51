// What becomes of a call that waits when a signal comes (man 7 signal, "Interruption of system calls"): each of them
// under a handler, under one with SA_RESTART, under SIGSTOP and SIGCONT without any handler, and under signals that
// are ignored. No signal can be missed: a timer sends them over and over until the call has ended.
// links: -lrt

#define _GNU_SOURCE
#include "restart.h"

#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/un.h>

static struct timespec long_time(void) { return (struct timespec){.tv_sec = 20}; }

// An interrupted wait tells how much of its 20 seconds is left; EPROTO if that cannot be.
static long told_left(long result, struct timespec left) {
  if (result == -1 && errno == EINTR && (left.tv_sec < 10 || left.tv_sec > 19)) errno = EPROTO;
  return result;
}

// --- Pipes and the like

static void make_pipe(void) { NEED(pipe(shared->fd) == 0); }
static void put_byte(void) { NEED(write(shared->fd[1], "x", 1) == 1); }
static long read_one(void) { return read(shared->fd[0], shared->bytes, 8); }
static long readv_one(void) {
  struct iovec vector = {shared->bytes, 8};
  return readv(shared->fd[0], &vector, 1);
}
static long splice_one(void) { return splice(shared->fd[0], NULL, shared->fd[3], NULL, 8, 0); }
static long tee_one(void) { return tee(shared->fd[0], shared->fd[3], 8, 0); }
static void two_pipes(void) {
  make_pipe();
  NEED(pipe(shared->fd + 2) == 0);
}

static void fill(int fd) {
  static char block[4096];
  NEED(fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
  while (write(fd, block, sizeof block) > 0) {}
  while (write(fd, block, 1) > 0) {}
  NEED(errno == EAGAIN);
  NEED(fcntl(fd, F_SETFL, 0) == 0);
}
static void full_pipe(void) {
  make_pipe();
  fill(shared->fd[1]);
}
static void drain(void) {
  char block[4096];
  NEED(fcntl(shared->fd[0], F_SETFL, O_NONBLOCK) == 0);
  while (read(shared->fd[0], block, sizeof block) > 0) {}
}
static long write_one(void) { return write(shared->fd[1], "x", 1); }
static long writev_one(void) {
  struct iovec vector = {(char *)"x", 1};
  return writev(shared->fd[1], &vector, 1);
}
static void full_pipe_and_file(void) {
  full_pipe();
  NEED((shared->fd[2] = memfd_create("source", 0)) >= 0);
  NEED(write(shared->fd[2], "source", 6) == 6);
}
static long sendfile_one(void) {
  off_t offset = 0;
  return sendfile(shared->fd[1], shared->fd[2], &offset, 6);
}

static void make_fifo(void) { NEED(mkfifo(shared->name, 0600) == 0); }
static long open_fifo(void) { return open(shared->name, O_RDONLY); }
static void open_other_end(void) { NEED(open(shared->name, O_RDWR | O_NONBLOCK) >= 0); }
static void remove_name(void) { unlink(shared->name); }

static void make_eventfd(void) { NEED((shared->fd[0] = shared->fd[1] = eventfd(0, 0)) >= 0); }
static void put_event(void) { NEED(eventfd_write(shared->fd[1], 1) == 0); }
static void make_timerfd(void) { NEED((shared->fd[0] = timerfd_create(CLOCK_MONOTONIC, 0)) >= 0); }
static void set_timer(void) {
  const struct itimerspec soon = {.it_value = {.tv_nsec = 1}};
  NEED(timerfd_settime(shared->fd[0], 0, &soon, NULL) == 0);
}
static sigset_t hangup;
static void block_hangup(void) {
  sigemptyset(&hangup), sigaddset(&hangup, SIGHUP);
  sigprocmask(SIG_BLOCK, &hangup, NULL);
}
static long read_signal(void) {
  struct signalfd_siginfo info;
  const int fd = signalfd(-1, &hangup, 0);
  return read(fd, &info, sizeof info);
}
static void send_hangup(void) { NEED(kill(shared->process, SIGHUP) == 0); }
static void watch_file(void) {
  NEED((shared->fd[0] = inotify_init1(0)) >= 0);
  NEED(close(open(shared->name, O_WRONLY | O_CREAT, 0600)) == 0);
  NEED(inotify_add_watch(shared->fd[0], shared->name, IN_OPEN) >= 0);
}
static long read_events(void) {
  char events[512];
  return read(shared->fd[0], events, sizeof events);
}
static void touch_file(void) { NEED(close(open(shared->name, O_RDONLY)) == 0); }
static void make_terminal(void) {
  NEED((shared->fd[1] = posix_openpt(O_RDWR | O_NOCTTY)) >= 0);
  NEED(unlockpt(shared->fd[1]) == 0);
  NEED((shared->fd[0] = open(ptsname(shared->fd[1]), O_RDWR | O_NOCTTY)) >= 0);
}
static void type_line(void) { NEED(write(shared->fd[1], "\n", 1) == 1); }

// --- Sockets

static void make_sockets(void) { NEED(socketpair(AF_UNIX, SOCK_STREAM, 0, shared->fd) == 0); }
static void full_sockets(void) {
  make_sockets();
  fill(shared->fd[1]);
}
static void limit_time(int fd, int option) {
  const struct timeval limit = {.tv_sec = 20};
  NEED(setsockopt(fd, SOL_SOCKET, option, &limit, sizeof limit) == 0);
}
static void limited_sockets(void) {
  make_sockets();
  limit_time(shared->fd[0], SO_RCVTIMEO);
}
static void limited_full_sockets(void) {
  full_sockets();
  limit_time(shared->fd[1], SO_SNDTIMEO);
}
static long recv_one(void) { return recv(shared->fd[0], shared->bytes, 8, 0); }
static long recvmsg_one(void) {
  struct iovec vector = {shared->bytes, 8};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
  return recvmsg(shared->fd[0], &message, 0);
}
static long recvmmsg_one(void) {
  struct iovec vector = {shared->bytes, 8};
  struct mmsghdr message = {.msg_hdr = {.msg_iov = &vector, .msg_iovlen = 1}};
  return recvmmsg(shared->fd[0], &message, 1, 0, NULL);
}
static long send_one(void) { return send(shared->fd[1], "x", 1, 0); }
static long sendmsg_one(void) {
  struct iovec vector = {(char *)"x", 1};
  struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
  return sendmsg(shared->fd[1], &message, 0);
}

// An address that the kernel chooses.
static struct sockaddr_un address;
static socklen_t address_length;
static void make_listener(void) {
  address.sun_family = AF_UNIX;
  address_length = sizeof address;
  NEED((shared->fd[0] = socket(AF_UNIX, SOCK_STREAM, 0)) >= 0);
  NEED(bind(shared->fd[0], (struct sockaddr *)&address, sizeof(sa_family_t)) == 0);
  NEED(getsockname(shared->fd[0], (struct sockaddr *)&address, &address_length) == 0);
  NEED(listen(shared->fd[0], 0) == 0);
}
static void limited_listener(void) {
  make_listener();
  limit_time(shared->fd[0], SO_RCVTIMEO);
}
static long accept_one(void) { return accept(shared->fd[0], NULL, NULL); }
static long connect_to(void) { return connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&address, address_length); }
static void connect_once(void) { NEED(connect_to() == 0); }
static void full_listener(void) {
  make_listener();
  connect_once();
}
static void accept_earlier(void) { NEED(accept_one() >= 0); }

// --- Children and locks

static void make_grandchild(void) {
  // Of the child's own, so it is made in the child.
  const pid_t process = fork();
  NEED(process >= 0);
  if (process == 0) {
    close(shared->fd[1]);
    _exit(read(shared->fd[0], shared->bytes, 1) == 1 ? 0 : 1);
  }
  shared->other = process;
}
static long wait4_one(void) {
  make_grandchild();
  int status;
  return wait4(shared->other, &status, 0, NULL);
}
static long waitid_one(void) {
  make_grandchild();
  siginfo_t info;
  return waitid(P_PID, (id_t)shared->other, &info, WEXITED);
}
static void lock_file(void) {
  NEED((shared->fd[0] = open(shared->name, O_RDWR | O_CREAT, 0600)) >= 0);
  NEED(flock(shared->fd[0], LOCK_EX) == 0);
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  NEED(fcntl(shared->fd[0], F_OFD_SETLK, &lock) == 0);
}
static void unlock_file(void) {
  struct flock lock = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
  NEED(fcntl(shared->fd[0], F_OFD_SETLK, &lock) == 0);
  NEED(flock(shared->fd[0], LOCK_UN) == 0);
}
static long flock_one(void) { return flock(open(shared->name, O_RDWR), LOCK_EX); }
static long wait_lock(int command) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  return fcntl(open(shared->name, O_RDWR), command, &lock);
}
static long setlkw(void) { return wait_lock(F_SETLKW); }
static long ofd_setlkw(void) { return wait_lock(F_OFD_SETLKW); }

// --- Queues and semaphores

static void make_queue(void) {
  struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = 8};
  NEED((shared->fd[0] = mq_open(strrchr(shared->name, '/'), O_RDWR | O_CREAT | O_EXCL, 0600, &attributes)) >= 0);
  mq_unlink(strrchr(shared->name, '/'));
}
static void put_message(void) { NEED(mq_send(shared->fd[0], "x", 1, 0) == 0); }
static void full_queue(void) {
  make_queue();
  put_message();
}
static void take_message(void) { NEED(mq_receive(shared->fd[0], shared->bytes, 8, NULL) == 1); }
static long mq_receive_one(void) { return mq_receive(shared->fd[0], shared->bytes, 8, NULL); }
static long mq_timedreceive_one(void) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 20;
  return mq_timedreceive(shared->fd[0], shared->bytes, 8, NULL, &until);
}
static long mq_send_one(void) { return mq_send(shared->fd[0], "x", 1, 0); }

static void make_semaphore(void) { NEED((shared->fd[0] = semget(IPC_PRIVATE, 1, 0600)) >= 0); }
static void remove_semaphore(void) { semctl(shared->fd[0], 0, IPC_RMID); }
static void raise_semaphore(void) {
  struct sembuf raise = {.sem_op = 1};
  NEED(semop(shared->fd[0], &raise, 1) == 0);
}
static long semop_one(void) {
  struct sembuf lower = {.sem_op = -1};
  return semop(shared->fd[0], &lower, 1);
}
static long semtimedop_one(void) {
  struct sembuf lower = {.sem_op = -1};
  const struct timespec limit = long_time();
  return semtimedop(shared->fd[0], &lower, 1, &limit);
}
struct message {
  long type;
  char text[8192];
};
static const struct message message = {1, ""};
static void make_messages(void) { NEED((shared->fd[0] = msgget(IPC_PRIVATE, 0600)) >= 0); }
static void full_messages(void) {
  make_messages();
  while (msgsnd(shared->fd[0], &message, sizeof message.text, IPC_NOWAIT) == 0) {}
}
static void remove_messages(void) { msgctl(shared->fd[0], IPC_RMID, NULL); }
static void send_message(void) { NEED(msgsnd(shared->fd[0], &message, 1, 0) == 0); }
static void receive_message(void) {
  struct message got;
  NEED(msgrcv(shared->fd[0], &got, sizeof got.text, 0, 0) >= 0);
}
static long msgrcv_one(void) {
  struct message got;
  return msgrcv(shared->fd[0], &got, sizeof got.text, 0, 0);
}
static long msgsnd_one(void) { return msgsnd(shared->fd[0], &message, sizeof message.text, 0); }

// --- Descriptors

static long poll_forever(void) { return poll(&(struct pollfd){shared->fd[0], POLLIN, 0}, 1, -1); }
static long poll_long(void) { return poll(&(struct pollfd){shared->fd[0], POLLIN, 0}, 1, 20000); }
static long ppoll_long(void) {
  struct timespec time = long_time();
  // Through the system call itself: the C library keeps the time left to itself.
  struct pollfd fd = {shared->fd[0], POLLIN, 0};
  const long result = syscall(SYS_ppoll, &fd, 1, &time, NULL, 8);
  return told_left(result, time);
}
static long ppoll_masked(void) {
  sigset_t none;
  sigemptyset(&none);
  return ppoll(&(struct pollfd){shared->fd[0], POLLIN, 0}, 1, NULL, &none);
}
static long select_long(void) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(shared->fd[0], &set);
  struct timeval time = {.tv_sec = 20};
  // The system call itself: musl keeps the time left to itself, and goes on with sigtimedwait after EINTR.
  const long result = syscall(SYS_select, shared->fd[0] + 1, &set, NULL, NULL, &time);
  return told_left(result, (struct timespec){.tv_sec = time.tv_sec});
}
static long pselect_long(void) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(shared->fd[0], &set);
  struct timespec time = long_time();
  const long result = syscall(SYS_pselect6, shared->fd[0] + 1, &set, NULL, NULL, &time, NULL);
  return told_left(result, time);
}
static void make_epoll(void) {
  make_pipe();
  NEED((shared->fd[2] = epoll_create1(0)) >= 0);
  struct epoll_event event = {.events = EPOLLIN};
  NEED(epoll_ctl(shared->fd[2], EPOLL_CTL_ADD, shared->fd[0], &event) == 0);
}
static long epoll_wait_one(void) { return epoll_wait(shared->fd[2], &(struct epoll_event){0}, 1, 20000); }
static long epoll_pwait_one(void) {
  sigset_t none;
  sigemptyset(&none);
  return epoll_pwait(shared->fd[2], &(struct epoll_event){0}, 1, -1, &none);
}
static long epoll_pwait2_one(void) {
  const struct timespec time = long_time();
  return syscall(SYS_epoll_pwait2, shared->fd[2], &(struct epoll_event){0}, 1, &time, NULL, 8);
}

// --- Time, signals, futexes

// Under stops the sleep has to end by itself.
static struct timespec sleeping_time(void) {
  return shared->is_driven ? (struct timespec){.tv_nsec = 60000000} : long_time();
}
static void nothing(void) {}
static long nanosleep_one(void) {
  struct timespec time = sleeping_time(), left = time;
  return told_left(nanosleep(&time, &left), left);
}
static long clock_nanosleep_one(void) {
  struct timespec time = sleeping_time(), left = time;
  errno = clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &left);
  return told_left(errno ? -1 : 0, left);
}
static long clock_nanosleep_until(void) {
  struct timespec time, length = sleeping_time();
  clock_gettime(CLOCK_REALTIME, &time);
  time.tv_sec += length.tv_sec;
  if ((time.tv_nsec += length.tv_nsec) >= 1000000000) time.tv_sec++, time.tv_nsec -= 1000000000;
  errno = clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &time, NULL);
  return errno ? -1 : 0;
}
static long pause_one(void) { return pause(); }
static long sigsuspend_one(void) {
  sigset_t none;
  sigemptyset(&none);
  return sigsuspend(&none);
}
static long sigtimedwait_one(void) {
  const struct timespec time = long_time();
  return syscall(SYS_rt_sigtimedwait, &hangup, NULL, &time, 8);
}
static long sigwaitinfo_one(void) {
  siginfo_t info;
  return syscall(SYS_rt_sigtimedwait, &hangup, &info, NULL, 8);
}

enum { WAIT = 0, WAKE = 1, LOCK_PI = 6, UNLOCK_PI = 7, WAIT_BITSET = 9 };
static long futex(int operation, uint32_t value, const struct timespec *time) {
  const long result = syscall(SYS_futex, &shared->word, operation, value, time, NULL, -1);
  // The word was changed before the call.
  return result == -1 && errno == EAGAIN ? 0 : result;
}
static void wake_futex(void) {
  __atomic_store_n(&shared->word, 1, __ATOMIC_SEQ_CST);
  futex(WAKE, 100, NULL);
}
static long futex_wait(void) { return futex(WAIT, 0, NULL); }
static long futex_wait_long(void) {
  const struct timespec time = long_time();
  return futex(WAIT, 0, &time);
}
static long futex_wait_bitset(void) { return futex(WAIT_BITSET, 0, NULL); }
static long futex_wait_until(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  time.tv_sec += 20;
  return futex(WAIT_BITSET, 0, &time);
}
// The lock belongs to a process of its own, which gives it back when it is told to.
static void make_owner(void) {
  make_pipe();
  int ready[2];
  char byte;
  NEED(pipe(ready) == 0);
  const pid_t process = fork();
  NEED(process >= 0);
  if (process == 0) {
    close(shared->fd[1]);
    futex(LOCK_PI, 0, NULL);
    if (write(ready[1], "x", 1) == 1 && read(shared->fd[0], &byte, 1) == 1) futex(UNLOCK_PI, 0, NULL);
    _exit(0);
  }
  NEED(read(ready[0], &byte, 1) == 1);
}
static long futex_lock(void) { return futex(LOCK_PI, 0, NULL); }

enum { E = EINTR, D = 0, SKIP = -1 };

static const struct restart_case cases[] = {
    {"read of a pipe", make_pipe, read_one, put_byte, NULL, {E, D, D, D}},
    {"readv", make_pipe, readv_one, put_byte, NULL, {E, D, D, D}},
    {"splice", two_pipes, splice_one, put_byte, NULL, {E, D, D, D}},
    {"tee", two_pipes, tee_one, put_byte, NULL, {E, D, D, D}},
    {"write to a full pipe", full_pipe, write_one, drain, NULL, {E, D, D, D}},
    {"writev", full_pipe, writev_one, drain, NULL, {E, D, D, D}},
    {"sendfile", full_pipe_and_file, sendfile_one, drain, NULL, {E, D, D, D}},
    {"open of a FIFO", make_fifo, open_fifo, open_other_end, remove_name, {E, D, D, D}},
    {"read of an eventfd", make_eventfd, read_one, put_event, NULL, {E, D, D, D}},
    {"read of a timerfd", make_timerfd, read_one, set_timer, NULL, {E, D, D, D}},
    {"read of a signalfd", block_hangup, read_signal, send_hangup, NULL, {E, D, D, D}},
    {"read of an inotify", watch_file, read_events, touch_file, remove_name, {E, D, D, D}},
    {"read of a terminal", make_terminal, read_one, type_line, NULL, {E, D, D, D}},
    {"recv", make_sockets, recv_one, put_byte, NULL, {E, D, D, D}},
    {"recvmsg", make_sockets, recvmsg_one, put_byte, NULL, {E, D, D, D}},
    {"recvmmsg", make_sockets, recvmmsg_one, put_byte, NULL, {E, D, D, D}},
    {"send", full_sockets, send_one, drain, NULL, {E, D, D, D}},
    {"sendmsg", full_sockets, sendmsg_one, drain, NULL, {E, D, D, D}},
    {"accept", make_listener, accept_one, connect_once, NULL, {E, D, D, D}},
    {"connect", full_listener, connect_to, accept_earlier, NULL, {E, D, D, D}},
    {"read with SO_RCVTIMEO", limited_sockets, read_one, put_byte, NULL, {E, E, E, D}},
    {"recvmsg with SO_RCVTIMEO", limited_sockets, recvmsg_one, put_byte, NULL, {E, E, E, D}},
    {"write with SO_SNDTIMEO", limited_full_sockets, write_one, drain, NULL, {E, E, E, D}},
    {"accept with SO_RCVTIMEO", limited_listener, accept_one, connect_once, NULL, {E, E, E, D}},
    {"wait4", make_pipe, wait4_one, put_byte, NULL, {E, D, D, D}},
    {"waitid", make_pipe, waitid_one, put_byte, NULL, {E, D, D, D}},
    {"flock", lock_file, flock_one, unlock_file, remove_name, {E, D, D, D}},
    {"fcntl F_SETLKW", lock_file, setlkw, unlock_file, remove_name, {E, D, D, D}},
    {"fcntl F_OFD_SETLKW", lock_file, ofd_setlkw, unlock_file, remove_name, {E, D, D, D}},
    {"mq_receive", make_queue, mq_receive_one, put_message, NULL, {E, D, D, D}},
    {"mq_timedreceive", make_queue, mq_timedreceive_one, put_message, NULL, {E, D, D, D}},
    {"mq_send", full_queue, mq_send_one, take_message, NULL, {E, D, D, D}},
    {"semop", make_semaphore, semop_one, raise_semaphore, remove_semaphore, {E, E, E, D}},
    {"semtimedop", make_semaphore, semtimedop_one, raise_semaphore, remove_semaphore, {E, E, E, D}},
    {"msgrcv", make_messages, msgrcv_one, send_message, remove_messages, {E, E, D, D}},
    {"msgsnd", full_messages, msgsnd_one, receive_message, remove_messages, {E, E, D, D}},
    {"poll", make_pipe, poll_forever, put_byte, NULL, {E, E, D, D}},
    {"poll with a limit", make_pipe, poll_long, put_byte, NULL, {E, E, D, D}},
    {"ppoll with a limit", make_pipe, ppoll_long, put_byte, NULL, {E, E, D, D}},
    {"ppoll with a mask", make_pipe, ppoll_masked, put_byte, NULL, {E, E, D, D}},
    {"select", make_pipe, select_long, put_byte, NULL, {E, E, D, D}},
    {"pselect6", make_pipe, pselect_long, put_byte, NULL, {E, E, D, D}},
    {"epoll_wait", make_epoll, epoll_wait_one, put_byte, NULL, {E, E, E, D}},
    {"epoll_pwait", make_epoll, epoll_pwait_one, put_byte, NULL, {E, E, E, D}},
    {"epoll_pwait2", make_epoll, epoll_pwait2_one, put_byte, NULL, {E, E, E, D}},
    {"nanosleep", nothing, nanosleep_one, nothing, NULL, {E, E, D, D}},
    {"clock_nanosleep", nothing, clock_nanosleep_one, nothing, NULL, {E, E, D, D}},
    {"clock_nanosleep until", nothing, clock_nanosleep_until, nothing, NULL, {E, E, D, D}},
    {"pause", nothing, pause_one, nothing, NULL, {E, E, SKIP, SKIP}},
    {"sigsuspend", nothing, sigsuspend_one, nothing, NULL, {E, E, SKIP, SKIP}},
    {"sigtimedwait", block_hangup, sigtimedwait_one, send_hangup, NULL, {E, E, E, D}},
    {"sigwaitinfo", block_hangup, sigwaitinfo_one, send_hangup, NULL, {E, E, E, D}},
    {"futex FUTEX_WAIT", nothing, futex_wait, wake_futex, NULL, {E, D, D, D}},
    {"futex FUTEX_WAIT with a limit", nothing, futex_wait_long, wake_futex, NULL, {E, E, D, D}},
    {"futex FUTEX_WAIT_BITSET", nothing, futex_wait_bitset, wake_futex, NULL, {E, D, D, D}},
    {"futex FUTEX_WAIT_BITSET until", nothing, futex_wait_until, wake_futex, NULL, {E, E, D, D}},
    {"futex FUTEX_LOCK_PI", make_owner, futex_lock, put_byte, NULL, {D, D, D, D}},
};

int main(void) { return run_restart_cases(cases, COUNT(cases)); }
