#include "CHostSignals.h"

#include <stddef.h>
#include <sys/syscall.h>

#include "CHostSyscall.h"

uint64_t swemu_caught_signals = 0;

uint64_t swemu_take_caught_signals(void) {
  if (!__atomic_load_n(&swemu_caught_signals, __ATOMIC_RELAXED)) return 0;
  return __atomic_exchange_n(&swemu_caught_signals, 0, __ATOMIC_ACQ_REL);
}

static void record(int signal) { __atomic_fetch_or(&swemu_caught_signals, 1ull << (signal - 1), __ATOMIC_RELAXED); }

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

int64_t swemu_catch_signal(int signal, uint64_t flags) { return set(signal, (uint64_t)record, flags, ~0ull); }

int64_t swemu_get_signal(int signal, struct swemu_sigaction *action) {
  return swemu_syscall(SYS_rt_sigaction, signal, 0, (long)action, 8, 0, 0);
}
