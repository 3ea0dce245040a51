#define _GNU_SOURCE
#include "CNativeOracle.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

_Static_assert(offsetof(native_state, rflags) == 128, "layout used by the assembly");
_Static_assert(offsetof(native_state, fxsave) == 160 || offsetof(native_state, fxsave) == 176, "layout");

void *oracle_code __attribute__((visibility("hidden")));
native_state *oracle_state __attribute__((visibility("hidden")));
static uint8_t *page;

extern void oracle_enter(void) __attribute__((visibility("hidden")));
extern void oracle_exit(void) __attribute__((visibility("hidden")));

// The guest may use every register including RSP, so the way back goes through RIP-relative memory only.
__asm__(
    ".pushsection .bss\n"
    ".balign 16\n"
    "oracle_host_fx: .skip 512\n"
    "oracle_host_rsp: .skip 8\n"
    "oracle_guest_rsp: .skip 8\n"
    "oracle_guest_rax: .skip 8\n"
    ".popsection\n"
    ".pushsection .text\n"
    ".globl oracle_enter\n.hidden oracle_enter\n"
    "oracle_enter:\n"
    "  push %rbx\n push %rbp\n push %r12\n push %r13\n push %r14\n push %r15\n"
    "  mov %rsp, oracle_host_rsp(%rip)\n"
    "  fxsave64 oracle_host_fx(%rip)\n"
    "  mov oracle_state(%rip), %rax\n"
    "  mov oracle_fx_offset(%rip), %rcx\n"
    "  fxrstor64 (%rax,%rcx)\n"
    "  cmpl $0, oracle_has_avx(%rip)\n je 1f\n"
    "  mov oracle_ymm_offset(%rip), %rcx\n add %rax, %rcx\n"
    " vinsertf128 $1, 0(%rcx), %ymm0, %ymm0\n vinsertf128 $1, 16(%rcx), %ymm1, %ymm1\n vinsertf128 $1, 32(%rcx), %ymm2, %ymm2\n"
    " vinsertf128 $1, 48(%rcx), %ymm3, %ymm3\n vinsertf128 $1, 64(%rcx), %ymm4, %ymm4\n vinsertf128 $1, 80(%rcx), %ymm5, %ymm5\n"
    " vinsertf128 $1, 96(%rcx), %ymm6, %ymm6\n vinsertf128 $1, 112(%rcx), %ymm7, %ymm7\n vinsertf128 $1, 128(%rcx), %ymm8, %ymm8\n"
    " vinsertf128 $1, 144(%rcx), %ymm9, %ymm9\n vinsertf128 $1, 160(%rcx), %ymm10, %ymm10\n vinsertf128 $1, 176(%rcx), %ymm11, %ymm11\n"
    " vinsertf128 $1, 192(%rcx), %ymm12, %ymm12\n vinsertf128 $1, 208(%rcx), %ymm13, %ymm13\n vinsertf128 $1, 224(%rcx), %ymm14, %ymm14\n"
    " vinsertf128 $1, 240(%rcx), %ymm15, %ymm15\n"
    "1:\n"
    "  push 128(%rax)\n popfq\n"
    "  mov 8(%rax), %rcx\n mov 16(%rax), %rdx\n mov 24(%rax), %rbx\n mov 32(%rax), %rsp\n mov 40(%rax), %rbp\n"
    "  mov 48(%rax), %rsi\n mov 56(%rax), %rdi\n mov 64(%rax), %r8\n mov 72(%rax), %r9\n mov 80(%rax), %r10\n"
    "  mov 88(%rax), %r11\n mov 96(%rax), %r12\n mov 104(%rax), %r13\n mov 112(%rax), %r14\n mov 120(%rax), %r15\n"
    "  mov 0(%rax), %rax\n"
    "  jmp *oracle_code(%rip)\n"
    ".globl oracle_exit\n.hidden oracle_exit\n"
    "oracle_exit:\n"
    "  mov %rax, oracle_guest_rax(%rip)\n mov %rsp, oracle_guest_rsp(%rip)\n"
    "  mov oracle_host_rsp(%rip), %rsp\n"
    "  mov oracle_state(%rip), %rax\n"
    "  pushfq\n pop 128(%rax)\n cld\n"
    "  mov %rcx, 8(%rax)\n mov %rdx, 16(%rax)\n mov %rbx, 24(%rax)\n mov %rbp, 40(%rax)\n mov %rsi, 48(%rax)\n"
    "  mov %rdi, 56(%rax)\n mov %r8, 64(%rax)\n mov %r9, 72(%rax)\n mov %r10, 80(%rax)\n mov %r11, 88(%rax)\n"
    "  mov %r12, 96(%rax)\n mov %r13, 104(%rax)\n mov %r14, 112(%rax)\n mov %r15, 120(%rax)\n"
    "  mov oracle_guest_rax(%rip), %rcx\n mov %rcx, 0(%rax)\n"
    "  mov oracle_guest_rsp(%rip), %rcx\n mov %rcx, 32(%rax)\n"
    "  mov oracle_fx_offset(%rip), %rcx\n"
    "  fxsave64 (%rax,%rcx)\n"
    "  cmpl $0, oracle_has_avx(%rip)\n je 1f\n"
    "  mov oracle_ymm_offset(%rip), %rcx\n add %rax, %rcx\n"
    " vextractf128 $1, %ymm0, 0(%rcx)\n vextractf128 $1, %ymm1, 16(%rcx)\n vextractf128 $1, %ymm2, 32(%rcx)\n"
    " vextractf128 $1, %ymm3, 48(%rcx)\n vextractf128 $1, %ymm4, 64(%rcx)\n vextractf128 $1, %ymm5, 80(%rcx)\n"
    " vextractf128 $1, %ymm6, 96(%rcx)\n vextractf128 $1, %ymm7, 112(%rcx)\n vextractf128 $1, %ymm8, 128(%rcx)\n"
    " vextractf128 $1, %ymm9, 144(%rcx)\n vextractf128 $1, %ymm10, 160(%rcx)\n vextractf128 $1, %ymm11, 176(%rcx)\n"
    " vextractf128 $1, %ymm12, 192(%rcx)\n vextractf128 $1, %ymm13, 208(%rcx)\n vextractf128 $1, %ymm14, 224(%rcx)\n"
    " vextractf128 $1, %ymm15, 240(%rcx)\n"
    "  vzeroupper\n"
    "1:\n"
    "oracle_restore:\n"
    "  fxrstor64 oracle_host_fx(%rip)\n"
    "  pop %r15\n pop %r14\n pop %r13\n pop %r12\n pop %rbp\n pop %rbx\n"
    "  ret\n"
    ".popsection\n");

const uint64_t oracle_fx_offset __attribute__((visibility("hidden"))) = offsetof(native_state, fxsave);
const uint64_t oracle_ymm_offset __attribute__((visibility("hidden"))) = offsetof(native_state, ymm_high);
uint32_t oracle_has_avx __attribute__((visibility("hidden")));

// A fault ends the run: the interrupted registers become the result and the context continues at oracle_exit's tail.
static void on_signal(int signal, siginfo_t *info, void *context) {
  ucontext_t *uc = context;
  static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                                REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
  native_state *state = oracle_state;
  state->signal = signal;
  state->code = info->si_code;
  state->address = (uint64_t)info->si_addr;
  state->rip = (uint64_t)uc->uc_mcontext.gregs[REG_RIP] - (uint64_t)oracle_code;
  // Leave through oracle_exit, which stores the registers as they are; flags and RSP are as at the fault.
  for (int i = 0; i < 16; i++) state->gpr[i] = (uint64_t)uc->uc_mcontext.gregs[order[i]];
  uc->uc_mcontext.gregs[REG_EFL] &= ~0x100;
  uc->uc_mcontext.gregs[REG_RIP] = (greg_t)oracle_exit;
}

static int run(native_state *state, const uint8_t *code, uint64_t length) {
  if (page == NULL) {
    void *memory = mmap(NULL, 8192, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return -1;
    page = memory;
  }
  if (length > 4096) return -1;
  memcpy(page, code, length);
  // jmp *0(%rip), then the address of oracle_exit.
  static const uint8_t leave[6] = {0xff, 0x25, 0, 0, 0, 0};
  memcpy(page + length, leave, 6);
  void *target = (void *)oracle_exit;
  memcpy(page + length + 6, &target, 8);
  oracle_has_avx = __builtin_cpu_supports("avx") != 0;
  // WRGSBASE and loads of GS leave it behind.
  syscall(SYS_arch_prctl, 0x1001 /* ARCH_SET_GS */, 0);
  oracle_code = page;
  state->base = (uint64_t)page;
  oracle_state = state;
  state->signal = 0;
  static char alternate[65536];
  stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate}, old_stack;
  sigaltstack(&stack, &old_stack);
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK}, old[6];
  static const int signals[6] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};
  for (int i = 0; i < 6; i++) sigaction(signals[i], &action, &old[i]);
  oracle_enter();
  for (int i = 0; i < 6; i++) sigaction(signals[i], &old[i], NULL);
  sigaltstack(&old_stack, NULL);
  return 0;
}

int native_run(native_state *state, const uint8_t *code, uint64_t length) {
  static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&one_at_a_time);
  int result = run(state, code, length);
  pthread_mutex_unlock(&one_at_a_time);
  return result;
}
