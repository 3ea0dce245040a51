// Executes machine code on the host processor with a given register state: the truth that instruction tests compare
// with. x86-64 hosts only; threads wait for one another.
#pragma once
#include <stdint.h>

typedef struct native_state {
  /// RAX RCX RDX RBX RSP RBP RSI RDI R8…R15. RSP must point into memory of the caller's if the code uses the stack.
  uint64_t gpr[16];
  uint64_t rflags;
  /// Set on return: 0, or the signal that the code raised, and its si_code, si_addr and the RIP relative to the code.
  int32_t signal, code;
  uint64_t address, rip;
  /// Set on return: where the code was.
  uint64_t base;
  /// FXSAVE image: x87, MMX, XMM, MXCSR (SDM vol. 1, 10.5.1). Must be 16-byte aligned.
  uint8_t fxsave[512] __attribute__((aligned(16)));
  /// Bits 255:128 of YMM0…YMM15. Without AVX on the host they are left alone.
  uint8_t ymm_high[256];
} native_state;

/// Runs `length` bytes of `code` from `state` and stores the state in which they end (fall through at the end).
/// Returns 0, or -1 if the host has no memory for the code.
int native_run(native_state *_Nonnull state, const uint8_t *_Nonnull code, uint64_t length);
