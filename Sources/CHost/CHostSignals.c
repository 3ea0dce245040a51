// Host signal handlers: they record what came for the guest, and never run anything of it.
#define _GNU_SOURCE
#include "CHostSignals.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "CHostSyscall.h"

// Initial-exec: reading it in a handler must not allocate.
static __thread struct swemu_signal_slot *current __attribute__((tls_model("initial-exec")));
static int (*recover)(void *cpu, int signal, uint64_t address, void *context);

void swemu_set_signal_slot(struct swemu_signal_slot *slot) { current = slot; }

// A system call that a signal cannot slip past: the attention word is read and the call made in a few instructions, and
// a handler that finds the thread between them makes it skip the call (as musl's __syscall_cp does for cancellation).
// The kernel itself comes back to the SYSCALL instruction when it restarts a call, with the same effect.
__asm__(
    ".text\n"
    ".globl swemu_interruptible_syscall\n"
    ".type swemu_interruptible_syscall, @function\n"
    "swemu_interruptible_syscall:\n"
    "  mov %rdi, %r11\n"
    "  mov %rsi, %rax\n"
    "  mov %rdx, %rdi\n"
    "  mov %rcx, %rsi\n"
    "  mov %r8, %rdx\n"
    "  mov %r9, %r10\n"
    "  mov 8(%rsp), %r8\n"
    "  mov 16(%rsp), %r9\n"
    ".globl swemu_window_begin\n.hidden swemu_window_begin\n"
    "swemu_window_begin:\n"
    "  testl $11, (%r11)\n"
    "  jne swemu_window_cancel\n"
    "  syscall\n"
    ".globl swemu_window_end\n.hidden swemu_window_end\n"
    "swemu_window_end:\n"
    "  ret\n"
    ".globl swemu_window_cancel\n.hidden swemu_window_cancel\n"
    "swemu_window_cancel:\n"
    "  mov $-513, %rax\n"
    "  ret\n"
    ".size swemu_interruptible_syscall, .-swemu_interruptible_syscall\n");

__attribute__((visibility("hidden"))) void swemu_window_begin(void);
__attribute__((visibility("hidden"))) void swemu_window_end(void);
__attribute__((visibility("hidden"))) void swemu_window_cancel(void);

static void leave_window(ucontext_t *context) {
  greg_t *rip = &context->uc_mcontext.gregs[REG_RIP];
  if (*rip >= (greg_t)swemu_window_begin && *rip < (greg_t)swemu_window_end) *rip = (greg_t)swemu_window_cancel;
}

// Copies bytes one after another; a fault of the host on guest memory makes it return -1. The kernel's own copies are
// of the same kind (copy_from_user): what was checked before may be gone, when a file shrinks.
__asm__(
    ".text\n"
    ".globl swemu_copy\n"
    ".type swemu_copy, @function\n"
    "swemu_copy:\n"
    "  mov %rdx, %rcx\n"
    "  xor %eax, %eax\n"
    ".globl swemu_copy_begin\n.hidden swemu_copy_begin\n"
    "swemu_copy_begin:\n"
    "  rep movsb\n"
    ".globl swemu_copy_end\n.hidden swemu_copy_end\n"
    "swemu_copy_end:\n"
    "  ret\n"
    ".globl swemu_copy_failed\n.hidden swemu_copy_failed\n"
    "swemu_copy_failed:\n"
    "  mov $-1, %eax\n"
    "  ret\n"
    ".size swemu_copy, .-swemu_copy\n");

__attribute__((visibility("hidden"))) void swemu_copy_begin(void);
__attribute__((visibility("hidden"))) void swemu_copy_end(void);
__attribute__((visibility("hidden"))) void swemu_copy_failed(void);

static int leave_copy(ucontext_t *context, uint64_t address) {
  greg_t *rip = &context->uc_mcontext.gregs[REG_RIP];
  if (address >> 46 || *rip < (greg_t)swemu_copy_begin || *rip >= (greg_t)swemu_copy_end) return 0;
  *rip = (greg_t)swemu_copy_failed;
  return 1;
}

static void ask_attention(struct swemu_signal_slot *slot) {
  __atomic_fetch_or(slot->attention, SWEMU_SLOT_ATTENTION, __ATOMIC_SEQ_CST);
}

// The mask that holds when a handler has returned; the kernel's is the first 8 bytes.
static uint64_t *later_mask(ucontext_t *context) { return (uint64_t *)&context->uc_sigmask; }

// The default action, as if there were no handler; it comes when this handler returns.
static void give_up(int signal) {
  swemu_set_signal(signal, 0, 0);
  swemu_syscall(SYS_tgkill, getpid(), swemu_syscall(SYS_gettid, 0, 0, 0, 0, 0, 0), signal, 0, 0, 0);
}

static void record(int signal, siginfo_t *info, void *data) {
  ucontext_t *context = data;
  struct swemu_signal_slot *slot = current;
  if (!slot) {
    // A thread of the emulator's own: it is none of its business, now or later.
    swemu_syscall(SYS_rt_sigqueueinfo, getpid(), signal, (long)info, 0, 0, 0);
    *later_mask(context) = ~SWEMU_OWN_SIGNALS;
    return;
  }
  if (info->si_code > 0 && (signal == SIGILL || signal == SIGFPE || signal == SIGTRAP) && info->si_code != SI_KERNEL) {
    // An instruction of the emulator itself: it cannot be gone on with.
    give_up(signal);
    return;
  }
  memcpy(slot->info, info, sizeof slot->info);
  __atomic_store_n(&slot->signal, (uint32_t)signal, __ATOMIC_RELEASE);
  __atomic_store_n(&slot->is_full, SWEMU_SLOT_ATTENTION, __ATOMIC_RELEASE);
  ask_attention(slot);
  // One at a time: the others wait with the host, which knows best in which order they come, until the guest's handler
  // begins and its mask holds.
  *later_mask(context) = ~SWEMU_OWN_SIGNALS;
  leave_window(context);
}

// SIGSEGV and SIGBUS: faults of guest code at guest addresses, signals that somebody sent, and wake-up calls.
static void record_own(int signal, siginfo_t *info, void *data) {
  ucontext_t *context = data;
  struct swemu_signal_slot *slot = current;
  if (info->si_code > 0) {
    if (leave_copy(context, (uint64_t)info->si_addr)) return;
    if (slot && recover && recover(slot->cpu, signal, (uint64_t)info->si_addr, context)) return;
    give_up(signal);
    return;
  }
  if (!slot) return;
  const int is_wakeup = info->si_code == SI_QUEUE && info->si_pid == getpid() && info->si_value.sival_ptr == (void *)recover;
  if (!is_wakeup) {
    const int index = signal == SIGSEGV;
    if (!(slot->own_pending >> index & 1)) {
      memcpy(slot->own_info[index], info, sizeof slot->own_info[index]);
      __atomic_fetch_or(&slot->own_pending, 1u << index, __ATOMIC_SEQ_CST);
    }
    ask_attention(slot);
  }
  leave_window(context);
}

int64_t swemu_wake_thread(int process, int thread) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  info.si_signo = SIGSEGV;
  info.si_code = SI_QUEUE;
  info.si_pid = process;
  info.si_value.sival_ptr = (void *)recover;
  return swemu_syscall(SYS_rt_tgsigqueueinfo, process, thread, SIGSEGV, (long)&info, 0, 0);
}

// The kernel wants a function that calls rt_sigreturn (SA_RESTORER is not optional on x86-64).
void swemu_signal_restorer(void);
__asm__(
    ".text\n.globl swemu_signal_restorer\n.hidden swemu_signal_restorer\n.type swemu_signal_restorer, @function\n"
    "swemu_signal_restorer:\n  mov $15, %eax\n  syscall\n");

enum { RESTORER = 0x04000000 };

static int64_t set(int signal, uint64_t handler, uint64_t flags, uint64_t mask) {
  struct swemu_sigaction action = {handler, flags | RESTORER, (uint64_t)swemu_signal_restorer, mask};
  return swemu_syscall(SYS_rt_sigaction, signal, (long)&action, 0, 8, 0, 0);
}

int64_t swemu_set_signal(int signal, uint64_t handler, uint64_t flags) { return set(signal, handler, flags, 0); }

int64_t swemu_catch_signal(int signal, uint64_t flags) {
  return set(signal, (uint64_t)record, flags | SA_SIGINFO, ~SWEMU_OWN_SIGNALS);
}

void swemu_catch_own_signals(int (*hook)(void *, int, uint64_t, void *)) {
  recover = hook;
  set(SIGSEGV, (uint64_t)record_own, SA_SIGINFO, ~SWEMU_OWN_SIGNALS);
  set(SIGBUS, (uint64_t)record_own, SA_SIGINFO, ~SWEMU_OWN_SIGNALS);
}

int64_t swemu_get_signal(int signal, struct swemu_sigaction *action) {
  return swemu_syscall(SYS_rt_sigaction, signal, 0, (long)action, 8, 0, 0);
}
