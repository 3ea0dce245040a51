// The loop around handlers, and the way out of it when the host faults in one.
#define _GNU_SOURCE
#include <stddef.h>
#include <ucontext.h>

#include "CMachine.h"

// A handler is called with the CPU state and a micro-op, whose first word is the handler, and returns the next micro-op
// or null. RBX holds the state; the stack pointer is kept in it, so that a signal handler finds the way back here.
__asm__(
    ".text\n"
    ".globl swemu_execute\n"
    ".type swemu_execute, @function\n"
    "swemu_execute:\n"
    "  push %rbp\n"
    "  push %rbx\n"
    "  push %r12\n"
    "  push %r13\n"
    "  push %r14\n"
    "  push %r15\n"
    "  sub $8, %rsp\n"
    "  mov %rdi, %rbx\n"
    "  mov swemu_recovery_offset(%rip), %r15\n"
    "  mov %rsp, (%rdi,%r15)\n"
    "1:\n"
    "  mov %rbx, %rdi\n"
    "  call *(%rsi)\n"
    "  mov %rax, %rsi\n"
    "  test %rax, %rax\n"
    "  jne 1b\n"
    ".globl swemu_execute_end\n"
    ".hidden swemu_execute_end\n"
    "swemu_execute_end:\n"
    "  mov swemu_recovery_offset(%rip), %r15\n"
    "  movq $0, (%rbx,%r15)\n"
    "  add $8, %rsp\n"
    "  pop %r15\n"
    "  pop %r14\n"
    "  pop %r13\n"
    "  pop %r12\n"
    "  pop %rbx\n"
    "  pop %rbp\n"
    "  ret\n"
    ".size swemu_execute, .-swemu_execute\n");

__attribute__((visibility("hidden"), used)) const uint64_t swemu_recovery_offset = offsetof(swemu_cpu, recovery_stack);
__attribute__((visibility("hidden"))) void swemu_execute_end(void);

int swemu_recover(swemu_cpu *cpu, int signal, uint64_t address, void *context) {
  ucontext_t *user = context;
  greg_t *registers = user->uc_mcontext.gregs;
  if (!cpu || !cpu->recovery_stack || address >> 46) return 0;
  cpu->exit_reason = SWEMU_EXIT_HOST_FAULT;
  cpu->exit_address = address;
  cpu->exit_detail = (uint32_t)signal;
  cpu->fault_op = cpu->cold_op ? cpu->cold_op : (void *)registers[REG_RSI];
  cpu->fault_rip = cpu->cold_op ? 0 : (uint64_t)registers[REG_RIP];
  cpu->cold_op = NULL;
  registers[REG_RSP] = (greg_t)cpu->recovery_stack;
  registers[REG_RBX] = (greg_t)cpu;
  registers[REG_RIP] = (greg_t)swemu_execute_end;
  registers[REG_EFL] &= ~(greg_t)0x400;
  return 1;
}
