// Code on a writable and executable page, rewritten and called again, many times; stores of
// every width, string stores, and stores by the kernel into code.

#define _GNU_SOURCE
#include "code.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096 };

int main(void) {
  uint8_t *p = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(p != MAP_FAILED);
  long sum = 0;
  for (int i = 0; i < 2000; i++) {
    emit_return(p + 16, i);
    sum += call(p + 16);
  }
  printf("rewritten 2000 times: %ld\n", sum);
  // A single byte of the immediate, a word, a quad word over opcode and operand.
  p[17] = 0x55;
  printf("byte: %x\n", (unsigned)call(p + 16));
  uint16_t word = 0x1234;
  memcpy(p + 18, &word, 2);
  printf("word: %x\n", (unsigned)call(p + 16));
  uint64_t quad = 0x00c3deadbeefb8ull;
  asm volatile("movq %1, (%0)" ::"r"(p + 16), "r"(quad) : "memory");
  printf("quad: %x\n", (unsigned)call(p + 16));
  // Two functions on the same page, one rewritten while the other stays; one across the border.
  emit_return(p + 100, 1);
  emit_return(p + 200, 2);
  emit_return(p + PAGE - 3, 3);
  for (int i = 0; i < 5; i++) {
    emit_return(p + 100, 10 * i);
    int32_t across = 1000 * i;
    memcpy(p + PAGE - 2, &across, 4);
    printf("%d %d %d\n", call(p + 100), call(p + 200), call(p + PAGE - 3));
  }
  // REP STOSB fills with NOPs up to a RET.
  uint8_t *to = p + 300;
  size_t count = 50;
  emit_return(p + 350, 77);
  asm volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(0x90) : "memory");
  printf("nops: %d\n", call(p + 300));
  // read() from a file into code.
  int fd = open("code.bin", O_RDWR | O_CREAT | O_TRUNC, 0600);
  uint8_t other[6];
  emit_return(other, 4321);
  CHECK(fd >= 0 && write(fd, other, 6) == 6 && pread(fd, p + 16, 6, 0) == 6);
  printf("read by the kernel: %d\n", call(p + 16));
  CHECK(unlink("code.bin") == 0);
  // Atomic and vector stores.
  int32_t old = 4321, next = 8765;
  asm volatile("lock cmpxchgl %2, (%1)" : "+a"(old) : "r"(p + 17), "r"(next) : "memory", "cc");
  printf("cmpxchg: %d\n", call(p + 16));
  asm volatile("movd %1, %%xmm0\n\tmovd %%xmm0, (%0)" ::"r"(p + 17), "r"(246) : "memory", "xmm0");
  printf("movd: %d\n", call(p + 16));
  return 0;
}
