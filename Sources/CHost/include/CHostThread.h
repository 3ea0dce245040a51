// Host threads for guest threads, on stacks that the emulator keeps.
#pragma once
#include <stdint.h>

/// Starts a detached host thread on `stack`, which runs `body` once `gate` is open and then ends.
///
/// All signals but SIGSEGV and SIGBUS are blocked in it. The stack may be used again, or unmapped, once the host knows
/// the thread no more (`swemu_thread_exists`): what the C library keeps about the thread lies on it too.
///
/// Returns the thread's number, or the negated errno (EAGAIN beyond a limit of the host).
int64_t swemu_start_thread(
    void *_Nonnull stack, uint64_t size, uint32_t *_Nonnull gate, void (*_Nonnull body)(void *_Nonnull),
    void *_Nonnull argument);

/// Lets a thread begin that waits at its gate. `isOpen` 0 makes it end without having run anything.
void swemu_open_gate(uint32_t *_Nonnull gate, int is_open);

/// Whether this process has a thread with the number.
int swemu_thread_exists(int32_t process, int32_t number);

/// Blocks every signal of the calling thread, SIGSEGV and SIGBUS aside; returns the mask from before.
uint64_t swemu_block_signals(void);
void swemu_set_host_mask(uint64_t mask);

/// Waits on a word of this process while it holds `value`, at most `milliseconds`; signals end the wait too.
void swemu_wait_word(uint32_t *_Nonnull word, uint32_t value, uint32_t milliseconds);
/// Adds one to a word and wakes all who wait.
void swemu_bump_word(uint32_t *_Nonnull word);
uint32_t swemu_load_word(const uint32_t *_Nonnull word);
/// Stores with a full barrier.
void swemu_store_word(uint32_t *_Nonnull word, uint32_t value);
/// Adds one to a counter that several threads count in.
void swemu_count(uint64_t *_Nonnull counter);
