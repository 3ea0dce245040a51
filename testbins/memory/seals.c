// Seals of memory files: what each forbids, who may add them, and mappings that are there already.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x10
#endif

static int make(unsigned flags) {
  const int fd = memfd_create("sealed", flags);
  CHECK(fd >= 0 && ftruncate(fd, 8192) == 0);
  return fd;
}

static void *map(int fd, int protection, int flags) { return mmap(NULL, 4096, protection, flags, fd, 0); }

static void try(int fd) {
  printf("seals %x\n", (unsigned)fcntl(fd, F_GET_SEALS));
  SHOW_ERROR(pwrite(fd, "x", 1, 0));
  SHOW_ERROR(pwrite(fd, "x", 1, 8192));
  SHOW_ERROR(ftruncate(fd, 4096));
  SHOW_ERROR(ftruncate(fd, 16384));
  SHOW_ERROR(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096));
  SHOW_ERROR(fallocate(fd, 0, 0, 32768));
  SHOW_ERROR(map(fd, PROT_READ | PROT_WRITE, MAP_SHARED));
  SHOW_ERROR(map(fd, PROT_READ | PROT_WRITE, MAP_PRIVATE));
  SHOW_ERROR(map(fd, PROT_READ, MAP_SHARED));
}

int main(void) {
  int fd = make(0);
  printf("seals %x\n", (unsigned)fcntl(fd, F_GET_SEALS));
  SHOW_ERROR(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
  close(fd);
  static const int seals[] = {F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_SHRINK | F_SEAL_GROW, F_SEAL_WRITE, F_SEAL_FUTURE_WRITE};
  for (size_t i = 0; i < COUNT(seals); i++) {
    fd = make(MFD_ALLOW_SEALING | MFD_CLOEXEC);
    SHOW_ERROR(fcntl(fd, F_ADD_SEALS, seals[i]));
    try(fd);
    close(fd);
  }
  fd = make(MFD_ALLOW_SEALING);
  char *writable = map(fd, PROT_READ | PROT_WRITE, MAP_SHARED);
  CHECK(writable != MAP_FAILED);
  SHOW_ERROR(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
  SHOW_ERROR(fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE));
  writable[0] = 'w';
  char byte = 0;
  CHECK(pread(fd, &byte, 1, 0) == 1);
  printf("an old mapping writes: %c\n", byte);
  char *readable = map(fd, PROT_READ, MAP_SHARED);
  SHOW_ERROR(mprotect(readable, 4096, PROT_READ | PROT_WRITE));
  munmap(writable, 4096);
  SHOW_ERROR(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
  SHOW_ERROR(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL));
  SHOW_ERROR(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW));
  SHOW_ERROR(fcntl(fd, F_ADD_SEALS, 0x1000));
  printf("seals %x\n", (unsigned)fcntl(fd, F_GET_SEALS));
  int ends[2];
  CHECK(pipe(ends) == 0);
  SHOW_ERROR(fcntl(ends[0], F_GET_SEALS));
  return 0;
}
