// A copy of this process whose guest code the host's processor executes step by step (man 2 ptrace), for --verify.
#pragma once
#include <stdint.h>

/// General registers in encoding order and what goes with them.
struct swemu_trace_registers {
  uint64_t gpr[16];
  uint64_t rip, rflags, fs_base, gs_base;
};

/// A range of guest memory and its protection (PROT_*).
struct swemu_trace_region {
  uint64_t start, end;
  uint64_t protection;
};

/// Forks a copy that gives `regions` their protection, execution included, and stops. Its process id, or -1.
int32_t swemu_trace_fork(const struct swemu_trace_region *_Nonnull regions, uint64_t count);
/// Kills the copy and waits for it.
void swemu_trace_end(int32_t process);

int swemu_trace_get(int32_t process, struct swemu_trace_registers *_Nonnull registers);
int swemu_trace_set(int32_t process, const struct swemu_trace_registers *_Nonnull registers);

/// The XSAVE image; `size` bytes at most, returns how many there are or -1.
int64_t swemu_trace_get_state(int32_t process, void *_Nonnull image, uint64_t size);
int swemu_trace_set_state(int32_t process, const void *_Nonnull image, uint64_t size);

/// Executes one instruction (one iteration of a repeated one). 0, the signal that it raised instead, or -1 if the copy
/// is gone.
int32_t swemu_trace_step(int32_t process);

/// Writes the copy's memory, whatever its protection.
int swemu_trace_write(int32_t process, uint64_t address, const void *_Nonnull bytes, uint64_t count);
int swemu_trace_read(int32_t process, uint64_t address, void *_Nonnull bytes, uint64_t count);

/// Has the copy make a system call; its result. Registers are as before.
int64_t swemu_trace_call(int32_t process, uint64_t number, const uint64_t arguments[_Nonnull 6]);
