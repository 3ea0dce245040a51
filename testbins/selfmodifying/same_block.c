// flags: -mno-red-zone
// Instructions that modify what follows them in the same straight line of code, the loop that
// they are in, and the instruction just ahead: the processor sees the new bytes.

#define _GNU_SOURCE
#include "code.h"

#include <sys/mman.h>

// Copies the template between two labels to a writable page, and calls it with rdi = its start.
#define TEMPLATE(name, body)                                                                  \
  extern const uint8_t name##_start[], name##_end[];                                          \
  asm(".pushsection .rodata\n" #name "_start:\n" body "\n" #name "_end:\n.popsection\n")

// The MOV below is changed from 1 to 2 by the store right before it.
TEMPLATE(next_instruction, "movb $2, 1f+1(%rip)\n1: movl $1, %eax\nret");
// The store hits an instruction several places ahead.
TEMPLATE(further_ahead, "xorl %eax, %eax\nmovb $50, 1f+2(%rip)\naddl $1, %eax\naddl $1, %eax\n1: addl $5, %eax\nret");
// Each round rewrites the immediate of the addition that follows: 0 + 1 + 2 + ... + 99.
TEMPLATE(loop, "xorl %eax, %eax\nxorl %ecx, %ecx\n2: movl %ecx, 1f+1(%rip)\n1: addl $0x7f7f7f7f, %eax\nincl %ecx\n"
               "cmpl $100, %ecx\njne 2b\nret");
// A conditional jump becomes its opposite before it is reached.
TEMPLATE(jump, "xorl %eax, %eax\nmovb $0x75, 1f(%rip)\ntestl %eax, %eax\n1: jz 2f\nmovl $7, %eax\nret\n2: movl $9, %eax\nret");
// A call target is rewritten between two calls of one block.
TEMPLATE(callee, "call 1f\nmovl %eax, %edx\nmovb $30, 1f+1(%rip)\ncall 1f\naddl %edx, %eax\nret\n1: movl $4, %eax\nret");
// PUSH onto the code itself: the stack pointer is aimed at the following instructions.
TEMPLATE(push, "movq %rsp, %rdx\nleaq 1f+8(%rip), %rsp\nmovabsq $0x90909000000063b8, %rax\npushq %rax\n1: movl $1, %eax\nnop\nnop\nnop\nmovq %rdx, %rsp\nret");
// REP MOVSB overwrites the instructions that follow it.
TEMPLATE(copy, "leaq 3f(%rip), %rsi\nleaq 1f(%rip), %rdi\nmovl $5, %ecx\nrep movsb\n1: movl $1, %eax\nret\n3: movl $5, %eax\n");

static int run(uint8_t *page, const uint8_t *start, const uint8_t *end) {
  memset(page, 0xcc, 256);
  memcpy(page, start, (size_t)(end - start));
  return call(page);
}

int main(void) {
  uint8_t *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(page != MAP_FAILED);
#define RUN(name) printf("%-18s %d\n", #name, run(page, name##_start, name##_end))
  for (int pass = 0; pass < 2; pass++) {
    RUN(next_instruction);
    RUN(further_ahead);
    RUN(loop);
    RUN(jump);
    RUN(callee);
    RUN(push);
    RUN(copy);
  }
  return 0;
}
