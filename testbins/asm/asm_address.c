// variants: O2 pie
// flags: -mno-red-zone
// Effective addresses: LEA at all widths and scales, 32-bit address size, RIP-relative,
// RBP and R13 bases, R12 with SIB, index without base, FS-relative, wrap-around.

#include "instruction.h"
#include <sys/syscall.h>
#include <unistd.h>

static uint64_t table[4] = {11, 22, 33, 44};

#define LEA(address) TRY("leaq " address ", %%rdx", NONE)

static void rip_relative(void) {
  uint64_t distance;
  asm volatile("leaq 1f(%%rip), %0\n\tleaq 2f(%%rip), %%rcx\n1: .skip 5, 0x90\n2: subq %0, %%rcx\n\tmovq %%rcx, %0"
               : "=&r"(distance)::"rcx", "cc");
  printf("rip relative distance %d\n", (int)distance);
  // An immediate after the displacement: the base is the end of the whole instruction.
  uint8_t equal;
  asm volatile("cmpq $44, %1\n\tsete %b0" : "=q"(equal) : "m"(table[3]) : "cc");
  printf("rip relative with immediate %u\n", equal);
}

static void special_bases(void) {
  uint64_t value;
  const uint64_t *base = table;
  asm volatile("movq %1, %%r12\n\tmovq 8(%%r12), %0" : "=&r"(value) : "r"(base) : "r12");
  printf("r12 base %d\n", (int)value);
  asm volatile("movq %1, %%r13\n\tmovq 0(%%r13), %0" : "=&r"(value) : "r"(base) : "r13");
  printf("r13 base %d\n", (int)value);
  asm volatile("movq %1, %%r13\n\tmovl $1, %%ecx\n\tmovq 8(%%r13,%%rcx,8), %0"
               : "=&r"(value) : "r"(base) : "r13", "rcx");
  printf("r13 base, index %d\n", (int)value);
  asm volatile("movq %1, %%r12\n\tshrq $1, %%r12\n\tmovq 8(,%%r12,2), %0"
               : "=&r"(value) : "r"((uintptr_t)base & ~1ull) : "r12", "cc");
  printf("index without base %d\n", (int)value);
  asm volatile("movq %1, %%r14\n\tmovq $-1, %%rcx\n\tmovq 24(%%r14,%%rcx,8), %0"
               : "=&r"(value) : "r"(base) : "r14", "rcx");
  printf("negative index %d\n", (int)value);
  // Effective addresses wrap at 64 bits.
  asm volatile("movq $-8, %%rcx\n\tleaq 16(%1), %%r14\n\tmovq (%%r14,%%rcx,1), %0"
               : "=&r"(value) : "r"(base) : "r14", "rcx");
  printf("wrapping sum %d\n", (int)value);
}

static void segment_bases(void) {
  enum { ARCH_SET_GS = 0x1001, ARCH_GET_FS = 0x1003, ARCH_GET_GS = 0x1004 };
  uint64_t value, fs = 0, gs = 0;
  CHECK(syscall(SYS_arch_prctl, ARCH_SET_GS, table) == 0);
  CHECK(syscall(SYS_arch_prctl, ARCH_GET_GS, &gs) == 0);
  CHECK(syscall(SYS_arch_prctl, ARCH_GET_FS, &fs) == 0);
  CHECK(gs == (uintptr_t)table && fs != 0);
  asm volatile("movq %%gs:16, %0" : "=r"(value));
  printf("gs:16 %d\n", (int)value);
  asm volatile("movl $3, %%ecx\n\tmovq %%gs:(,%%rcx,8), %0" : "=&r"(value)::"rcx");
  printf("gs:(,rcx,8) %d\n", (int)value);
  asm volatile(".byte 0x65\n\tleaq 16, %0" : "=r"(value));
  printf("lea ignores the segment base %d\n", (int)value);
  // The thread pointer: both C libraries keep its own address in its first word.
  asm volatile("movq %%fs:0, %0" : "=r"(value));
  printf("fs:0 is the thread pointer %d\n", value == fs);
}

int main(void) {
  LEA("(%%rax)");
  LEA("5(%%rax,%%rbx)");
  LEA("-5(%%rax,%%rbx,2)");
  LEA("0x12345(%%rax,%%rbx,4)");
  LEA("-0x12345(%%rax,%%rbx,8)");
  LEA("0x100(,%%rbx,8)");
  LEA("(%%ebx)");
  LEA("7(%%eax,%%ebx,4)");
  TRY("leal 5(%%rax,%%rbx,2), %%edx", NONE);
  TRY("leaw 5(%%rax,%%rbx,2), %%dx", NONE);
  TRY("leal 5(%%eax,%%ebx,2), %%edx", NONE);
  TRY("leaq -1(%%eax), %%rdx", NONE);
  rip_relative();
  special_bases();
  segment_bases();
  return 0;
}
