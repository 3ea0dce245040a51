// One file mapped twice, writable here and executable there: a store through one view changes
// the code that runs through the other; so do write() and a third, private, view does not.

#define _GNU_SOURCE
#include "code.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096 };

int main(void) {
  int fd = open("jit.bin", O_RDWR | O_CREAT | O_TRUNC, 0700);
  CHECK(fd >= 0 && ftruncate(fd, 2 * PAGE) == 0);
  uint8_t *writer = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  uint8_t *code = mmap(NULL, 2 * PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
  uint8_t *second_page = mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_SHARED, fd, PAGE);
  CHECK(writer != MAP_FAILED && code != MAP_FAILED && second_page != MAP_FAILED);
  long sum = 0;
  for (int i = 0; i < 500; i++) {
    emit_return(writer + 64, i);
    sum += call(code + 64);
  }
  printf("through the other view: %ld\n", sum);
  emit_return(writer + PAGE + 8, 5);
  printf("%d %d\n", call(second_page + 8), call(code + PAGE + 8));
  emit_return(writer + PAGE + 8, 6);
  printf("%d %d\n", call(second_page + 8), call(code + PAGE + 8));
  uint8_t bytes[6];
  emit_return(bytes, 1234);
  CHECK(pwrite(fd, bytes, 6, 64) == 6);
  printf("through write(): %d\n", call(code + 64));
  uint8_t *private = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE, fd, 0);
  CHECK(private != MAP_FAILED);
  printf("private view: %d\n", call(private + 64));
  emit_return(private + 64, 99);
  printf("after its own change: %d, the file's: %d\n", call(private + 64), call(code + 64));
  // Truncating and refilling the file.
  emit_return(bytes, 4321);
  CHECK(ftruncate(fd, 0) == 0 && ftruncate(fd, 2 * PAGE) == 0 && pwrite(fd, bytes, 6, 64) == 6);
  printf("after truncation: %d\n", call(code + 64));
  CHECK(unlink("jit.bin") == 0);
  return 0;
}
