// Signal dispositions of the host, as the guest's dispositions need them, and what arrived for the guest.
#pragma once
#include <signal.h>
#include <stdint.h>
#include <string.h>

/// The kernel's struct sigaction (asm/signal.h), which differs from the C library's.
struct swemu_sigaction {
  uint64_t handler;
  uint64_t flags;
  uint64_t restorer;
  uint64_t mask;
};

/// Drops handlers that the emulator's own runtime installed before the program began (a backtracer of crashes): the
/// program starts with what it inherits, which are no handlers.
static inline void swemu_drop_own_handlers(void) {
  for (int number = 1; number < 32; number++) {
    struct sigaction action;
    if (sigaction(number, 0, &action) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN) {
      signal(number, SIG_DFL);
    }
  }
}

/// SIGBUS and SIGSEGV: never blocked on the host, because guest code may raise them there.
#define SWEMU_OWN_SIGNALS ((uint64_t)1 << 6 | (uint64_t)1 << 10)

/// Set in the attention word when a signal arrives (SWEMU_ATTENTION_SIGNAL).
#define SWEMU_SLOT_ATTENTION 2u

/// Where the host's handlers put what arrived for a guest thread.
///
/// A signal that the host keeps for the guest is recorded one at a time: as long as `signal` is not 0, all others are
/// blocked on the host. The thread clears it, and then sets the host's mask to the guest's.
struct swemu_signal_slot {
  /// The thread's attention word.
  uint32_t *_Nullable attention;
  /// Its processor state.
  void *_Nullable cpu;
  /// The signal recorded, or 0.
  uint32_t signal;
  /// Not 0 while a signal is recorded: an attention word of its own (`swemu_interruptible_syscall`).
  uint32_t is_full;
  /// Bit 0: SIGBUS was sent; bit 1: SIGSEGV.
  uint32_t own_pending;
  /// 1 while the thread runs guest code or the emulator's, 0 while it waits or stands still (`GuestThread.pause`).
  uint32_t is_busy;
  /// siginfo_t of each.
  uint8_t info[128];
  uint8_t own_info[2][128];
};

/// Takes the recorded signal and its siginfo_t; 0 if there is none. All other signals are still blocked.
static inline int32_t swemu_slot_take(struct swemu_signal_slot *_Nonnull slot, void *_Nonnull info) {
  const uint32_t signal = __atomic_load_n(&slot->signal, __ATOMIC_ACQUIRE);
  if (signal == 0) return 0;
  memcpy(info, slot->info, sizeof slot->info);
  __atomic_store_n(&slot->signal, 0, __ATOMIC_RELEASE);
  __atomic_store_n(&slot->is_full, 0, __ATOMIC_RELEASE);
  return (int32_t)signal;
}

static inline int swemu_slot_is_empty(struct swemu_signal_slot *_Nonnull slot) {
  return __atomic_load_n(&slot->signal, __ATOMIC_ACQUIRE) == 0;
}

static inline uint32_t swemu_slot_own_pending(struct swemu_signal_slot *_Nonnull slot) {
  return __atomic_load_n(&slot->own_pending, __ATOMIC_ACQUIRE);
}

/// Takes a SIGBUS (index 0) or SIGSEGV (1) that was sent.
static inline void swemu_slot_take_own(struct swemu_signal_slot *_Nonnull slot, int index, void *_Nonnull info) {
  memcpy(info, slot->own_info[index], sizeof slot->own_info[index]);
  __atomic_fetch_and(&slot->own_pending, ~(1u << index), __ATOMIC_SEQ_CST);
}

/// Whose signals the handlers record on the calling host thread; null for a thread that runs no guest.
void swemu_set_signal_slot(struct swemu_signal_slot *_Nullable slot);

/// Gives a signal a disposition of the kernel's own (0 default, 1 ignore): 0 or the negated errno.
int64_t swemu_set_signal(int signal, uint64_t handler, uint64_t flags);

/// Has a signal recorded in the slot of the thread that gets it: 0 or the negated errno.
int64_t swemu_catch_signal(int signal, uint64_t flags);

/// Catches SIGSEGV and SIGBUS; `hook` is asked first about faults (`swemu_recover`).
void swemu_catch_own_signals(int (*_Nonnull hook)(void *_Nullable cpu, int signal, uint64_t address, void *_Nullable context));

/// Interrupts the system call that a thread of this process sits in, or is about to make.
int64_t swemu_wake_thread(int process, int thread);

/// Copies between guest memory and the emulator's: 0, or -1 if the host finds guest memory missing.
int swemu_copy(void *_Nullable target, const void *_Nullable source, uint64_t count);

/// Reads a disposition: 0 or the negated errno.
int64_t swemu_get_signal(int signal, struct swemu_sigaction *_Nonnull action);

/// Makes a system call of the host unless `attention` asks for the thread (safepoints aside): the result, or the negated
/// errno; -513 (ERESTARTNOINTR) if it was not made.
long swemu_interruptible_syscall(
    const uint32_t *_Nonnull attention, long number, long a, long b, long c, long d, long e, long f);
