// variants: O2
// run: never
// Executes random bytes as code, one string for each process: it dies of a signal, hangs, or
// comes back and exits with 0. ONLY under an emulator: some of these strings stop a virtual
// machine's host (ICEBP, setting AC), so the word "emulated" must be the first argument.
//
// Usage: random_code emulated SEED [LENGTH]

#define _GNU_SOURCE
#include "check.h"

#include <sys/mman.h>

enum { PAGE = 4096, DATA_PAGES = 4 };

// Far from everything else, so that relative jumps cannot reach the program's own code.
static uint8_t *const code = (uint8_t *)0x200000000000;
static uint8_t *const data = (uint8_t *)0x210000000000;
static uint8_t *const stack = (uint8_t *)0x220000000000;

static void map(uint8_t *at, size_t size) {
  CHECK(mmap(at, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == at);
}

// System calls would act on the real system: SYSCALL, SYSENTER and INT n become UD2.
static void remove_system_calls(uint8_t *p, size_t size) {
  for (size_t i = 0; i + 1 < size; i++) {
    int system_call = (p[i] == 0x0f && (p[i + 1] == 0x05 || p[i + 1] == 0x34)) || (p[i] == 0xcd && p[i + 1] == 0x80);
    if (system_call) p[i] = 0x0f, p[i + 1] = 0x0b;
  }
}

int main(int argc, char **argv) {
  if (argc < 3 || strcmp(argv[1], "emulated") != 0) {
    fprintf(stderr, "usage: random_code emulated SEED [LENGTH]\n");
    return 2;
  }
  uint64_t random = strtoull(argv[2], NULL, 0) * 2 + 1;
  size_t length = argc > 3 ? strtoull(argv[3], NULL, 0) : 64;
  CHECK(length <= PAGE);
  map(code, PAGE);
  map(data, DATA_PAGES * PAGE);
  map(stack, DATA_PAGES * PAGE);
  for (size_t i = 0; i < 16; i++) random_u64(&random);
  for (size_t i = 0; i < length; i++) code[i] = (uint8_t)(random_u64(&random) >> 24);
  remove_system_calls(code, length);
  CHECK(mprotect(code, PAGE, PROT_READ | PROT_EXEC) == 0);
  for (size_t i = 0; i < DATA_PAGES * PAGE; i += 8) {
    uint64_t value = (random_u64(&random) & 1) ? (uint64_t)data + (random_u64(&random) & 0x1fff) : random_u64(&random);
    memcpy(data + i, &value, 8);
    memcpy(stack + i, &value, 8);
  }
  // Registers point into the data or hold small numbers; the stack holds data addresses, so a
  // return ends in memory that is not executable.
  register uint8_t *entry asm("r15") = code;
  register uint8_t *middle asm("r14") = data + 0x1000;
  register uint8_t *top asm("r13") = stack + 0x2000;
  asm volatile("movq %2, %%rsp\n\tmovq %1, %%rax\n\tmovq %1, %%rbx\n\tmovl $5, %%ecx\n\tmovq %1, %%rdx\n\tmovq %1, %%rsi\n\t"
               "leaq 0x800(%1), %%rdi\n\tmovl $1, %%r8d\n\tmovq %1, %%r9\n\txorl %%r10d, %%r10d\n\tmovl $77, %%r11d\n\t"
               "movq %1, %%r12\n\tleaq 0x1000(%1), %%rbp\n\tmovq $-1, %%r13\n\tjmp *%0"
               ::"r"(entry), "r"(middle), "r"(top) : "memory");
  return 0;
}
