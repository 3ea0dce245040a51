// Signal dispositions of the host, as the guest's dispositions need them.
#pragma once
#include <stdint.h>

/// The kernel's struct sigaction (asm/signal.h), which differs from the C library's.
struct swemu_sigaction {
  uint64_t handler;
  uint64_t flags;
  uint64_t restorer;
  uint64_t mask;
};

/// Bit n - 1: signal n arrived for which the guest has a handler. Set by the handler of `swemu_catch_signal`.
extern uint64_t swemu_caught_signals;

/// Takes and clears `swemu_caught_signals`.
uint64_t swemu_take_caught_signals(void);

/// Gives a signal a disposition of the kernel's own (0 default, 1 ignore): 0 or the negated errno.
int64_t swemu_set_signal(int signal, uint64_t handler, uint64_t flags);

/// Has a signal recorded in `swemu_caught_signals`: 0 or the negated errno.
int64_t swemu_catch_signal(int signal, uint64_t flags);

/// Reads a disposition: 0 or the negated errno.
int64_t swemu_get_signal(int signal, struct swemu_sigaction *_Nonnull action);
