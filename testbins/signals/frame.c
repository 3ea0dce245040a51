// links: -lm
// The signal frame: registers in it and their way back, flags, floating-point state, red zone.

#define _GNU_SOURCE
#include "check.h"

#include <fenv.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#include <xmmintrin.h>

static ucontext_t seen;
static siginfo_t told;
static uint64_t handler_flags, handler_stack;
static uint32_t handler_mxcsr;
static uint16_t handler_fcw;
static double handler_xmm;
static unsigned char float_state[512];
static int magic_ok;

static void look(int number, siginfo_t *info, void *context) {
  asm volatile("pushfq; popq %0" : "=r"(handler_flags));
  asm volatile("stmxcsr %0" : "=m"(handler_mxcsr));
  asm volatile("fnstcw %0" : "=m"(handler_fcw));
  asm volatile("movsd %%xmm7, %0" : "=m"(handler_xmm));
  handler_stack = (uint64_t)__builtin_frame_address(0);
  ucontext_t *user = context;
  seen = *user;
  told = *info;
  unsigned char *state = (unsigned char *)user->uc_mcontext.fpregs;
  memcpy(float_state, state, sizeof float_state);
  uint32_t magic1, extended_size, magic2 = 0;
  memcpy(&magic1, state + 464, 4);
  memcpy(&extended_size, state + 468, 4);
  if (magic1 == 0x46505853) memcpy(&magic2, state + extended_size - 4, 4);
  uint64_t flags = user->uc_flags;
  magic_ok = ((uint64_t)state & 63) == 0 && (magic1 == 0x46505853 ? magic2 == 0x46505845 && flags == 7 : flags == 6);
  // Skip UD2, and change a few registers.
  user->uc_mcontext.gregs[REG_RIP] += 2;
  user->uc_mcontext.gregs[REG_R10] = 0x1010;
  user->uc_mcontext.gregs[REG_EFL] ^= 0x8d5;
  ((uint64_t *)(state + 160))[2 * 3] = 0x3333;  // XMM3, low half
  (void)number;
}

struct registers {
  uint64_t value[16];
  uint64_t flags;
  uint64_t xmm3[2], xmm5[2];
  uint64_t red_zone[2];
};

// Loads every register, raises SIGILL, and stores every register.
void provoke(struct registers *in, struct registers *out);
asm(".text\n.globl provoke\nprovoke:\n"
    "  push %rbx\n  push %rbp\n  push %r12\n  push %r13\n  push %r14\n  push %r15\n"
    "  push %rsi\n"
    "  movdqu 136(%rdi), %xmm3\n  movdqu 152(%rdi), %xmm5\n  fld1\n  fldpi\n"
    "  movq $0x1111, -8(%rsp)\n  movq $0x2222, -128(%rsp)\n"
    "  mov (%rdi), %rax\n  mov 8(%rdi), %rcx\n  mov 16(%rdi), %rdx\n  mov 24(%rdi), %rbx\n  mov 40(%rdi), %rbp\n"
    "  mov 48(%rdi), %rsi\n  mov 64(%rdi), %r8\n  mov 72(%rdi), %r9\n  mov 80(%rdi), %r10\n  mov 88(%rdi), %r11\n"
    "  mov 96(%rdi), %r12\n  mov 104(%rdi), %r13\n  mov 112(%rdi), %r14\n  mov 120(%rdi), %r15\n"
    "  mov 56(%rdi), %rdi\n"
    "  cmp %rax, %rax\n  std\n  stc\n"
    ".globl provoke_at\nprovoke_at:\n"
    "  ud2\n"
    "  mov %rdi, provoke_rdi(%rip)\n"
    "  mov (%rsp), %rdi\n"
    "  mov %rax, (%rdi)\n  mov %rcx, 8(%rdi)\n  mov %rdx, 16(%rdi)\n  mov %rbx, 24(%rdi)\n  mov %rsp, 32(%rdi)\n"
    "  mov %rbp, 40(%rdi)\n  mov %rsi, 48(%rdi)\n  mov %r8, 64(%rdi)\n  mov %r9, 72(%rdi)\n  mov %r10, 80(%rdi)\n"
    "  mov %r11, 88(%rdi)\n  mov %r12, 96(%rdi)\n  mov %r13, 104(%rdi)\n  mov %r14, 112(%rdi)\n  mov %r15, 120(%rdi)\n"
    "  mov provoke_rdi(%rip), %rax\n  mov %rax, 56(%rdi)\n"
    "  mov -8(%rsp), %rax\n  mov %rax, 168(%rdi)\n  mov -128(%rsp), %rax\n  mov %rax, 176(%rdi)\n"
    "  pushfq\n  pop %rax\n  mov %rax, 128(%rdi)\n  cld\n"
    "  movdqu %xmm3, 136(%rdi)\n  movdqu %xmm5, 152(%rdi)\n"
    "  fstp %st(0)\n  fstp %st(0)\n"
    "  pop %rsi\n  pop %r15\n  pop %r14\n  pop %r13\n  pop %r12\n  pop %rbp\n  pop %rbx\n  ret\n"
    ".local provoke_rdi\n.comm provoke_rdi,8,8\n");
extern char provoke_at[];

static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                              REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

int main(void) {
  struct sigaction action = {.sa_sigaction = look, .sa_flags = SA_SIGINFO};
  CHECK(sigaction(SIGILL, &action, NULL) == 0);
  struct registers in = {.xmm3 = {3, 33}, .xmm5 = {5, 55}}, out = {0};
  for (int i = 0; i < 16; i++) in.value[i] = 0x1000000000000001ull * (uint64_t)(i + 1);
  _mm_setcsr(0x3f80);  // round down
  fesetround(FE_DOWNWARD);
  provoke(&in, &out);
  printf("signal %d code %d at the instruction %d\n", told.si_signo, told.si_code, told.si_addr == provoke_at);
  printf("rip %d, trap %lld, error %lld, cs:gs:fs:ss %llx\n", seen.uc_mcontext.gregs[REG_RIP] == (greg_t)provoke_at,
         seen.uc_mcontext.gregs[REG_TRAPNO], seen.uc_mcontext.gregs[REG_ERR],
         (unsigned long long)seen.uc_mcontext.gregs[REG_CSGSFS]);
  printf("flags seen %llx, in the handler DF %d TF %d IF %d\n", (unsigned long long)seen.uc_mcontext.gregs[REG_EFL] & 0xfff,
         (int)(handler_flags >> 10 & 1), (int)(handler_flags >> 8 & 1), (int)(handler_flags >> 9 & 1));
  for (int i = 0; i < 16; i++) {
    if (i == 4) continue;
    printf("%2d frame %d back %016llx\n", i, (uint64_t)seen.uc_mcontext.gregs[order[i]] == in.value[i],
           (unsigned long long)out.value[i]);
  }
  printf("flags back %llx\n", (unsigned long long)out.flags & 0xfff);
  printf("xmm3 %llx %llx xmm5 %llx %llx\n", (unsigned long long)out.xmm3[0], (unsigned long long)out.xmm3[1],
         (unsigned long long)out.xmm5[0], (unsigned long long)out.xmm5[1]);
  printf("red zone %llx %llx\n", (unsigned long long)out.red_zone[0], (unsigned long long)out.red_zone[1]);
  printf("in the handler: mxcsr %x fcw %x xmm7 %g\n", handler_mxcsr, handler_fcw, handler_xmm);
  uint32_t mxcsr;
  memcpy(&mxcsr, float_state + 24, 4);
  printf("in the frame: mxcsr %x fcw %02x%02x ftw %x st0 %02x%02x xmm5 %x\n", mxcsr, float_state[1], float_state[0],
         float_state[4], float_state[41], float_state[40], float_state[160 + 5 * 16]);
  printf("afterwards: mxcsr %x, rounding %d\n", _mm_getcsr(), fegetround() == FE_DOWNWARD);
  printf("layout: floating-point state and magic numbers %d, red zone below the stack pointer %d\n", magic_ok,
         handler_stack < (uint64_t)seen.uc_mcontext.gregs[REG_RSP] - 128);
  return 0;
}
