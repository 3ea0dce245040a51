// Making child processes of the host, which Swift's Glibc module keeps away.
#pragma once
#include <stdint.h>
#include <sys/types.h>

/// fork(2) through the C library, which puts its own locks in order: the child's number, 0 in the child, or the
/// negated errno.
int64_t swemu_host_fork(void);

/// clone3(2) for flags that fork(2) does not know; CLONE_VM and CLONE_SETTLS must not be among them, so the child goes
/// on with a copy of this stack: the child's number, 0 in the child, or the negated errno.
///
/// `arguments` is a struct clone_args of `size` bytes (linux/sched.h).
int64_t swemu_host_clone3(const void *_Nonnull arguments, uint64_t size);

/// Waits on a futex that is shared between processes while it holds `value`, at most `milliseconds`.
void swemu_host_futex_wait(uint32_t *_Nonnull word, uint32_t value, uint32_t milliseconds);

/// Stores `value` and wakes all who wait.
void swemu_host_futex_store(uint32_t *_Nonnull word, uint32_t value);

uint32_t swemu_host_futex_load(const uint32_t *_Nonnull word);
