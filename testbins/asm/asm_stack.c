// variants: O2 pie
// flags: -mno-red-zone
// PUSH and POP of all forms, ENTER and LEAVE with nesting, CALL and RET through registers,
// memory and with RET imm16, PUSH RSP and POP RSP, POP to an RSP-relative address.

#include "instruction.h"

static void push_pop_rsp(void) {
  uint64_t before, pushed, after;
  asm volatile("movq %%rsp, %0\n\tpushq %%rsp\n\tpopq %1\n\tmovq %%rsp, %2"
               : "=&r"(before), "=&r"(pushed), "=&r"(after)::"memory");
  printf("push rsp stores the old value: %d, rsp restored: %d\n", pushed == before, after == before);

  // POP RSP loads the value, without the increment on top.
  uint64_t popped;
  asm volatile("movq %%rsp, %%rbx\n\tleaq -64(%%rsp), %%rcx\n\tpushq %%rcx\n\tpopq %%rsp\n\t"
               "movq %%rsp, %0\n\tmovq %%rbx, %%rsp\n\tsubq %%rcx, %0"
               : "=&r"(popped)::"rbx", "rcx", "memory", "cc");
  printf("pop rsp loads the value: %d\n", popped == 0);

  // POP to memory computes an RSP-based address after the increment (SDM, POP).
  uint64_t low, high;
  asm volatile("pushq $11\n\tpushq $22\n\tpushq $33\n\tpopq 8(%%rsp)\n\tpopq %0\n\tpopq %1"
               : "=&r"(low), "=&r"(high)::"memory");
  printf("pop 8(rsp): %d %d\n", (int)low, (int)high);

  // PUSH from memory uses RSP before the decrement.
  asm volatile("pushq $44\n\tpushq $55\n\tpushq 8(%%rsp)\n\tpopq %0\n\taddq $16, %%rsp"
               : "=&r"(low)::"memory", "cc");
  printf("push 8(rsp): %d\n", (int)low);
}

static void narrow_pushes(void) {
  uint64_t delta, value;
  asm volatile("movq %%rsp, %%rbx\n\tpushw $0x1234\n\tpushw $-2\n\tpushw %%bx\n\tpopw %%cx\n\t"
               "movl (%%rsp), %k1\n\tsubq %%rsp, %%rbx\n\tmovq %%rbx, %0\n\taddq $4, %%rsp"
               : "=&r"(delta), "=&r"(value)::"rbx", "rcx", "memory", "cc");
  printf("pushw: %d bytes, value %x\n", (int)delta, (unsigned)value);
  asm volatile("pushq $-5\n\tpopq %0\n\tpushq $0x7fffffff\n\tpopq %1" : "=&r"(value), "=&r"(delta)::"memory");
  printf("push imm: %lld %llx\n", (long long)value, (unsigned long long)delta);
}

// ENTER size, level: the frame as offsets from the old RSP.
#define ENTER(size, level)                                                                    \
  do {                                                                                        \
    uint64_t frame, allocated, kept;                                                          \
    asm volatile("movq %%rsp, %%rbx\n\tmovq %%rbp, %%r12\n\tmovq %%rsp, %%rbp\n\t"            \
                 "enter $" #size ", $" #level "\n\tmovq %%rbx, %0\n\tsubq %%rbp, %0\n\t"      \
                 "movq %%rbp, %1\n\tsubq %%rsp, %1\n\tleave\n\tmovq %%rbp, %2\n\t"            \
                 "subq %%rbx, %2\n\tmovq %%r12, %%rbp\n\tmovq %%rbx, %%rsp"                   \
                 : "=&a"(frame), "=&c"(allocated), "=&d"(kept)::"rbx", "r12", "memory", "cc"); \
    printf("enter %d,%d: frame %d allocated %d leave %d\n", size, level, (int)frame,          \
           (int)allocated, (int)kept);                                                        \
  } while (0)

static void calls(void) {
  uint64_t value, balance;
  asm volatile("movq %%rsp, %%rbx\n\tpushq $3\n\tpushq $4\n\tcall 1f\n\tjmp 2f\n"
               "1: movq 8(%%rsp), %%rax\n\timulq 16(%%rsp), %%rax\n\tret $16\n"
               "2: subq %%rsp, %%rbx\n\tmovq %%rbx, %1"
               : "=&a"(value), "=r"(balance)::"rbx", "memory", "cc");
  printf("ret imm16: value %d balance %d\n", (int)value, (int)balance);
  asm volatile("leaq 1f(%%rip), %%rcx\n\tcall *%%rcx\n\tjmp 2f\n1: movl $77, %%eax\n\tret\n2:"
               : "=&a"(value)::"rcx", "memory");
  printf("call register: %d\n", (int)value);
  asm volatile("leaq 1f(%%rip), %%rcx\n\tpushq %%rcx\n\tcall *(%%rsp)\n\tjmp 2f\n"
               "1: movl $78, %%eax\n\tret\n2: addq $8, %%rsp"
               : "=&a"(value)::"rcx", "memory", "cc");
  printf("call memory: %d\n", (int)value);
  asm volatile("leaq 1f(%%rip), %%rcx\n\tjmp *%%rcx\n\tmovl $1, %%eax\n\tjmp 2f\n1: movl $79, %%eax\n2:"
               : "=&a"(value)::"rcx");
  printf("jmp register: %d\n", (int)value);
  asm volatile("leaq 1f(%%rip), %%rcx\n\tpushq %%rcx\n\tret\n\tmovl $1, %%eax\n\tjmp 2f\n1: movl $80, %%eax\n2:"
               : "=&a"(value)::"rcx", "memory");
  printf("push, ret: %d\n", (int)value);
  asm volatile("leaq 1f(%%rip), %%rcx\n\tpushq %%rcx\n\trepz ret\n\tud2\n1: movl $81, %%eax"
               : "=&a"(value)::"rcx", "memory");
  printf("rep ret: %d\n", (int)value);
}

int main(void) {
  TRY("pushq %%rax; popq %%rbx", NONE);
  TRY("pushw %%ax; popw %%bx", NONE);
  TRY("pushq 8(%%rsi); popq 16(%%rsi)", NONE);
  TRY("pushw 8(%%rsi); popw 17(%%rsi)", NONE);
  TRY("pushq %%rax; pushq %%rbx; popq %%rax; popq %%rbx", NONE);
  TRY("movq %%rax, %%r9; pushq %%r9; popq %%r10; movq %%r10, %%rcx", NONE);
  push_pop_rsp();
  narrow_pushes();
  ENTER(0, 0);
  ENTER(64, 0);
  ENTER(16, 1);
  ENTER(32, 2);
  ENTER(48, 5);
  ENTER(0, 31);
  calls();
  return 0;
}
