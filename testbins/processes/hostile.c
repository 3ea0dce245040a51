// A program that tries to reach what belongs to its emulator: memory above its own, descriptors, /proc files. On a
// kernel the same attempts fail, for there is nothing there.

#define _GNU_SOURCE
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

// Addresses that are no program's: just above 2^46, where emulators live, and the kernel's.
static const uintptr_t targets[] = {
    0x400000000000, 0x400010000000, 0x555555554000, 0x7f0000000000, 0x7ffff7fc0000, 0xffff800000000000,
};

static void memory(void) {
  char page[4096];
  int failures = 0;
  for (size_t i = 0; i < COUNT(targets); i++) {
    void *at = (void *)targets[i];
    struct iovec local = {page, sizeof page}, remote = {at, sizeof page};
    failures += syscall(SYS_process_vm_readv, getpid(), &local, 1, &remote, 1, 0) != sizeof page;
    failures += syscall(SYS_process_vm_writev, getpid(), &local, 1, &remote, 1, 0) != sizeof page;
    failures += syscall(SYS_process_vm_readv, getpid(), &remote, 1, &local, 1, 0) != sizeof page;
    int null = open("/dev/null", O_WRONLY), zero = open("/dev/zero", O_RDONLY);
    int ends[2];
    CHECK(pipe(ends) == 0);
    // /dev/null takes anything without looking; a pipe looks.
    failures += write(ends[1], at, 100) == -1;
    failures += read(zero, at, 100) == -1;
    struct iovec many[2] = {{page, 1}, {at, 10}};
    failures += readv(zero, many, 2) <= 1;
    failures += munmap(at, 4096) == -1 || targets[i] < 0x800000000000;
    close(null);
    close(zero);
    close(ends[0]);
    close(ends[1]);
  }
  printf("%d of %zu ways to memory fail\n", failures, COUNT(targets) * 7);
}

static void advice(void) {
  const int kinds[] = {MADV_DONTNEED, MADV_REMOVE, MADV_DONTFORK, 21 /* PAGEOUT */, 8 /* FREE */};
  for (size_t i = 0; i + 1 < COUNT(targets); i++)
    for (size_t k = 0; k < COUNT(kinds); k++) madvise((void *)targets[i], 1 << 20, kinds[k]);
  CHECK(mremap((void *)targets[0], 4096, 8192, MREMAP_MAYMOVE) == MAP_FAILED);
  CHECK(mprotect((void *)targets[1], 4096, PROT_READ) == -1);
  CHECK(msync((void *)targets[1], 4096, MS_ASYNC) == -1);
  CHECK(mlock((void *)targets[1], 4096) == -1);
  int id = shmget(IPC_PRIVATE, 4096, 0600);
  void *at = shmat(id, (void *)targets[1], SHM_REMAP);
  if (at != (void *)-1) shmdt(at);
  shmctl(id, IPC_RMID, NULL);
  printf("advice and mappings are harmless\n");
}

static void control(void) {
  CHECK(prctl(PR_SET_MM, PR_SET_MM_BRK, 0x1000, 0, 0) == -1);
  CHECK(syscall(SYS_userfaultfd, 1) == -1 || 1);
  CHECK(ptrace(PTRACE_PEEKDATA, getpid(), (void *)control, NULL) == -1);
  CHECK(syscall(438 /* pidfd_getfd */, -1, 0, 0) == -1);
  char byte;
  struct iovec local = {&byte, 1}, remote = {(void *)targets[0], 1};
  CHECK(syscall(SYS_process_vm_readv, getppid(), &local, 1, &remote, 1, 0) == -1);
  printf("control is refused\n");
}

static void descriptors(void) {
  DIR *directory = opendir("/proc/self/fd");
  CHECK(directory);
  struct dirent *entry;
  int count = 0;
  while ((entry = readdir(directory))) count += entry->d_name[0] != '.' && atoi(entry->d_name) > 2 && atoi(entry->d_name) != dirfd(directory);
  closedir(directory);
  int open_ones = 0;
  for (int i = 3; i < 70000; i++) open_ones += fcntl(i, F_GETFD) != -1;
  CHECK(open_ones == count);
  pid_t pid = fork();
  CHECK(pid >= 0);
  if (pid == 0) {
    for (int i = 3; i < 5000; i++) close(i);
    syscall(SYS_close_range, 3, ~0u, 0);
    for (int i = 3; i < 2000; i++) dup2(1, i);
    _exit(system("exit 3") == 3 << 8 ? 0 : 1);
  }
  int word;
  CHECK(waitpid(pid, &word, 0) == pid && word == 0);
  printf("descriptors are the program's alone\n");
}

static void files(void) {
  // What the host shows of the memory of processes: what can be opened must not hold anything above the program.
  int file = open("/proc/self/maps", O_RDONLY);
  CHECK(file >= 0);
  static char text[1 << 20];
  size_t used = 0;
  ssize_t count;
  while ((count = read(file, text + used, sizeof text - 1 - used)) > 0) used += count;
  CHECK(strstr(text, "swemu") == NULL);
  close(file);
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task/%d/mem", getpid(), getpid());
  const char *paths[] = {"/proc/self/mem", "/proc/thread-self/mem", path};
  int reached = 0;
  for (size_t i = 0; i < COUNT(paths); i++) {
    file = open(paths[i], O_RDWR);
    if (file < 0) continue;
    for (size_t k = 0; k < 2; k++) {
      char byte;
      reached += pread(file, &byte, 1, (off_t)targets[k]) == 1;
    }
    close(file);
  }
  printf("files of memory: %d\n", reached);
}

int main(void) {
  memory();
  advice();
  control();
  descriptors();
  files();
  return 0;
}
