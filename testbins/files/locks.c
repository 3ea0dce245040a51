// flock and fcntl locks within one process, fcntl F_GETLK, mkstemp, tmpfile, O_TMPFILE, statfs.

#define _GNU_SOURCE
#include "errors.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

int main(void) {
  int a = open("locked", O_RDWR | O_CREAT, 0600), b = open("locked", O_RDWR);
  CHECK(flock(a, LOCK_EX) == 0);
  SHOW_ERROR(flock(b, LOCK_EX | LOCK_NB));
  CHECK(flock(a, LOCK_SH) == 0 && flock(b, LOCK_SH | LOCK_NB) == 0 && flock(a, LOCK_UN) == 0 && flock(b, LOCK_UN) == 0);
  SHOW_ERROR(flock(99, LOCK_EX));
  SHOW_ERROR(flock(a, 77));
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 20};
  CHECK(fcntl(a, F_SETLK, &lock) == 0);
  lock.l_start = 0;
  lock.l_len = 0;
  CHECK(fcntl(b, F_GETLK, &lock) == 0);
  printf("own locks do not conflict: %d\n", lock.l_type == F_UNLCK);
  struct flock own = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  CHECK(fcntl(a, F_OFD_SETLK, &own) == 0 || errno == EAGAIN);
  char name[] = "temporaryXXXXXX";
  int fd = mkstemp(name);
  struct stat s;
  CHECK(fd >= 0 && strcmp(name, "temporaryXXXXXX") != 0 && fstat(fd, &s) == 0 && (s.st_mode & 0777) == 0600);
  CHECK(unlink(name) == 0);
  char directory[] = "directoryXXXXXX";
  CHECK(mkdtemp(directory) && rmdir(directory) == 0);
  FILE *temporary = tmpfile();
  CHECK(temporary && fprintf(temporary, "in a temporary file %d\n", 5) > 0);
  rewind(temporary);
  char line[64];
  CHECK(fgets(line, sizeof line, temporary));
  fputs(line, stdout);
  struct statfs fs;
  struct statvfs vfs;
  CHECK(statfs(".", &fs) == 0 && fs.f_bsize > 0 && fs.f_namelen == 255 && fstatfs(a, &fs) == 0);
  CHECK(statvfs(".", &vfs) == 0 && vfs.f_frsize > 0);
  CHECK(statfs("/proc", &fs) == 0 && fs.f_type == 0x9fa0);
  SHOW_ERROR(statfs("missing", &fs));
  SHOW_ERROR(fstatfs(99, &fs));
  printf("pathconf %ld %ld\n", pathconf(".", _PC_NAME_MAX), sysconf(_SC_PAGESIZE));
  return 0;
}
