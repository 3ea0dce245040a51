// System V shared memory, semaphores and message queues, POSIX queues: between a parent and its child.

#define _GNU_SOURCE
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child_of(void) {
  fflush(stdout);
  pid_t pid = fork();
  if (pid < 0) {
    perror("fork");
    exit(98);
  }
  return pid;
}

static void finish(pid_t pid) {
  int word;
  CHECK(waitpid(pid, &word, 0) == pid && word == 0);
}

static void memory(void) {
  int id = shmget(IPC_PRIVATE, 10000, IPC_CREAT | 0600);
  CHECK(id >= 0);
  char *first = shmat(id, NULL, 0), *second = shmat(id, NULL, SHM_RDONLY);
  CHECK(first != (void *)-1 && second != (void *)-1 && first != second);
  struct shmid_ds status;
  CHECK(shmctl(id, IPC_STAT, &status) == 0 && status.shm_nattch == 2 && status.shm_segsz == 10000);
  strcpy(first + 5000, "shared");
  CHECK(strcmp(second + 5000, "shared") == 0);
  pid_t pid = child_of();
  if (pid == 0) {
    CHECK(shmctl(id, IPC_STAT, &status) == 0 && status.shm_nattch == 4);
    strcpy(first, "from the child");
    _exit(0);
  }
  finish(pid);
  printf("%s\n", second);
  CHECK(shmctl(id, IPC_RMID, NULL) == 0);
  CHECK(shmdt(second) == 0 && shmdt(second) == -1 && errno == EINVAL);
  unsigned char there;
  CHECK(mincore(second, 4096, &there) == -1 && errno == ENOMEM);
  CHECK(shmdt(first + 4096) == -1 && errno == EINVAL);
  // In part unmapped, then replaced by a mapping of the same place.
  CHECK(munmap(first, 4096) == 0 && strcmp(first + 5000, "shared") == 0);
  CHECK(shmdt(first) == 0);
  CHECK(shmat(id, NULL, 0) == (void *)-1 && errno == EINVAL);

  id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  char *place = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(shmat(id, place, 0) == (void *)-1 && errno == EINVAL);
  CHECK(shmat(id, place + 1, 0) == (void *)-1 && errno == EINVAL);
  CHECK(shmat(id, place + 1, SHM_RND | SHM_REMAP) == place);
  place[0] = 'r';
  CHECK(shmdt(place) == 0 && shmctl(id, IPC_RMID, NULL) == 0);
  CHECK(shmget(IPC_PRIVATE, 0, 0600) == -1 && errno == EINVAL);
  printf("shared memory\n");
}

static void semaphores(void) {
  int id = semget(IPC_PRIVATE, 3, IPC_CREAT | 0600);
  CHECK(id >= 0);
  unsigned short values[3] = {1, 0, 5}, now[3] = {9, 9, 9};
  CHECK(semctl(id, 0, SETALL, values) == 0 && semctl(id, 0, GETALL, now) == 0);
  printf("values %d %d %d\n", now[0], now[1], now[2]);
  pid_t pid = child_of();
  if (pid == 0) {
    struct sembuf up = {1, 1, 0};
    usleep(10000);
    _exit(semop(id, &up, 1) == 0 ? 0 : 1);
  }
  struct sembuf operations[2] = {{1, -1, 0}, {2, -2, SEM_UNDO}};
  CHECK(semop(id, operations, 2) == 0);
  finish(pid);
  printf("value %d\n", semctl(id, 2, GETVAL));
  struct timespec soon = {0, 2000000};
  CHECK(semtimedop(id, operations, 1, &soon) == -1 && errno == EAGAIN);
  operations[0].sem_flg = IPC_NOWAIT;
  CHECK(semop(id, operations, 1) == -1 && errno == EAGAIN);
  CHECK(semctl(id, 0, SETVAL, 40000) == -1 && errno == ERANGE);
  CHECK(semctl(id, 0, IPC_RMID) == 0);
  CHECK(semop(id, operations, 1) == -1 && (errno == EINVAL || errno == EIDRM));
  printf("semaphores\n");
}

static void messages(void) {
  int id = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
  CHECK(id >= 0);
  struct {
    long type;
    char text[200];
  } message = {3, "first"};
  CHECK(msgsnd(id, &message, 6, 0) == 0);
  message.type = 2;
  strcpy(message.text, "second");
  CHECK(msgsnd(id, &message, 7, 0) == 0);
  pid_t pid = child_of();
  if (pid == 0) {
    CHECK(msgrcv(id, &message, sizeof message.text, 2, 0) == 7 && strcmp(message.text, "second") == 0);
    CHECK(msgrcv(id, &message, 2, 0, 0) == -1 && errno == E2BIG);
    CHECK(msgrcv(id, &message, 2, 0, MSG_NOERROR) == 2 && message.type == 3);
    CHECK(msgrcv(id, &message, sizeof message.text, 0, IPC_NOWAIT) == -1 && errno == ENOMSG);
    _exit(0);
  }
  finish(pid);
  message.type = 0;
  CHECK(msgsnd(id, &message, 1, 0) == -1 && errno == EINVAL);
  struct msqid_ds status;
  CHECK(msgctl(id, IPC_STAT, &status) == 0 && status.msg_qnum == 0);
  CHECK(msgctl(id, IPC_RMID, NULL) == 0);
  printf("messages\n");
}

static void queues(void) {
  char name[64];
  snprintf(name, sizeof name, "/swemu-test-%d", getpid());
  struct mq_attr attributes = {.mq_maxmsg = 4, .mq_msgsize = 64};
  mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
  if (queue == (mqd_t)-1) {
    // Some containers have none.
    printf("queues\n");
    return;
  }
  CHECK(mq_unlink(name) == 0);
  CHECK(mq_send(queue, "low", 4, 1) == 0 && mq_send(queue, "high", 5, 9) == 0);
  pid_t pid = child_of();
  if (pid == 0) {
    char text[64];
    unsigned priority;
    CHECK(mq_receive(queue, text, sizeof text, &priority) == 5 && priority == 9 && strcmp(text, "high") == 0);
    CHECK(mq_receive(queue, text, 10, NULL) == -1 && errno == EMSGSIZE);
    _exit(0);
  }
  finish(pid);
  CHECK(mq_getattr(queue, &attributes) == 0 && attributes.mq_curmsgs == 1);
  char text[64];
  CHECK(mq_receive(queue, text, sizeof text, NULL) == 4);
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  CHECK(mq_timedreceive(queue, text, sizeof text, NULL, &now) == -1 && errno == ETIMEDOUT);
  CHECK(mq_close(queue) == 0 && mq_close(queue) == -1 && errno == EBADF);
  printf("queues\n");
}

int main(void) {
  memory();
  semaphores();
  messages();
  queues();
  return 0;
}
