// The state of one guest thread as handlers (and, later, generated code) address it.
//
// Register operands of micro-ops are byte offsets into this structure; `base` and `index` of memory operands are
// eight-bit offsets, so everything that can serve as an address part lies below 256.
#pragma once
#include <stdint.h>

#include "CMachineConvert.h"
#include "CMachineFloat.h"
#include "CMachineInteger.h"
#include "CMachineMMX.h"
#include "CMachineRounding.h"
#include "CMachineVector.h"
#include "CMachineVectorOp.h"
#include "CMachineX87.h"

/// Why `run` came back (Machine/Execution/Exit.swift gives the meaning to the kernel).
enum swemu_exit {
  SWEMU_EXIT_NONE = 0,
  /// A direct branch whose target has no link yet; `exit_op` is its stub.
  SWEMU_EXIT_LINK,
  /// Continue at `rip`, whatever block that is (indirect branch, changed code, end of a block).
  SWEMU_EXIT_RESUME,
  /// Two instructions in one micro-op at `rip` have to be executed one by one.
  SWEMU_EXIT_PAIR,
  /// SYSCALL; `rip` is the next instruction.
  SWEMU_EXIT_SYSCALL,
  /// An exception: `exit_vector`, `exit_error`, `exit_address`.
  SWEMU_EXIT_EXCEPTION,
  /// The attention word was set.
  SWEMU_EXIT_ATTENTION,
  /// The host raised SIGSEGV or SIGBUS for a guest address: `host_fault_op`, `exit_address`, `exit_detail` (the signal).
  SWEMU_EXIT_HOST_FAULT,
  /// A micro-op planted for an observer (breakpoint, step, instruction limit).
  SWEMU_EXIT_OBSERVER,
};

typedef struct swemu_cpu {
  /// RAX RCX RDX RBX RSP RBP RSI RDI R8…R15.
  uint64_t gpr[16];
  /// Always 0: the base or index that is not there.
  uint64_t zero;
  uint64_t fs_base, gs_base;
  /// Handlers address registers by eight-bit offsets: what an access by such an offset cannot reach, the compiler keeps
  /// in registers of the host across writes to guest registers. So nothing hot lies below 0x108.
  uint64_t out_of_reach[14];
  /// Exact at every exit, not inside `run`.
  uint64_t rip;
  /// Lazy status flags: first operand and result, left-aligned to 64 bits (Machine/CPU/LazyFlags.swift).
  uint64_t lazy_a, lazy_r;
  /// 0: the status bits of `rflags` are valid. Else operation and alignment.
  uint32_t lazy_kind;
  /// CF that INC and DEC leave alone, 0 or 1.
  uint32_t lazy_carry;
  /// Bits other than the status flags are always valid; bit 1 is set.
  uint64_t rflags;
  /// One byte a page of guest memory, 2^34 of them.
  uint8_t *_Nonnull page_table;
  /// Direct-mapped cache of indirect branch targets: pairs (rip, micro-op).
  uint64_t *_Nonnull jump_cache;
  /// Instructions retired.
  uint64_t instructions;
  /// Non-zero asks a running thread to leave at the next block link.
  uint32_t attention;
  uint32_t exit_reason;
  uint64_t exit_address;
  uint32_t exit_vector, exit_error;
  /// For page faults the raw FaultReason; for #UD 1 if the instruction exists but has no handler.
  uint32_t exit_detail;
  /// The micro-op that left.
  void *_Nullable exit_op;
  /// 256: vector registers, 64 bytes each (XMM low 16, YMM low 32).
  uint8_t vector[32 * 64];
  /// x87 registers by physical number, 16 bytes each, the low 10 used; MMX registers are their low 8 bytes.
  uint8_t x87[8 * 16];
  /// x87 control word, status word (TOP in bits 13:11), abridged tag (bit i: physical register i is in use).
  uint16_t fcw, fsw;
  uint8_t ftw, fpad;
  uint16_t fop;
  uint64_t fip, fdp;
  /// Whether registers, tags and status word are in the host's x87 at the moment, and not here.
  uint32_t x87_loaded;
  /// The micro-op of the last x87 instruction that was executed with the state loaded; null where FIP is valid.
  void *_Nullable x87_last;
  uint32_t mxcsr;
  /// Set by the memory system when code that may be running was changed or removed; the slow path looks at it.
  uint32_t code_changed;
  /// The Machine object that owns this state (unretained).
  void *_Nullable machine;
  /// Segment selectors ES CS SS DS FS GS as programs read them.
  uint16_t selectors[8];
  /// Scratch for slow paths.
  uint8_t scratch[64];
  /// 1 if the jump cache holds blocks for unmasked SSE exceptions (Machine/CPU/MXCSR.swift).
  uint32_t checks_float;
  /// 1 while the thread runs guest code and may use what it read from the page table (Machine/Execution/Safepoint.swift).
  uint32_t running;
  /// The generation of blocks that the thread may stand in; 0 outside `run`.
  uint64_t generation;
  /// The kernel's object for the thread (unretained).
  void *_Nullable thread;
  /// The thread's own jump cache, whatever `jump_cache` is at the moment.
  uint64_t *_Nonnull home_jump_cache;
  /// The stack pointer to go back to when the host faults in guest code; null outside (CMachineExecute.c).
  void *_Nullable recovery_stack;
  /// The micro-op whose cold compilation runs.
  void *_Nullable cold_op;
  /// What the second argument register of the handler held when the host faulted, and where the handler was.
  void *_Nullable fault_op;
  uint64_t fault_rip;
  /// Host faults in a row at the same place.
  uint32_t fault_count;
  uint64_t fault_last;
} swemu_cpu;

/// Runs micro-ops from `op` on until one leaves.
void swemu_execute(swemu_cpu *_Nonnull cpu, void *_Nonnull op);

/// Called by the host's handler of SIGSEGV and SIGBUS: makes `context` leave the guest code of this thread. Returns 0 if
/// the fault is none of guest code.
int swemu_recover(swemu_cpu *_Nullable cpu, int signal, uint64_t address, void *_Nonnull context);

/// Why a thread is asked to leave guest code: bits of `attention`.
enum swemu_attention {
  /// Somebody outside wants `run` to come back (a time limit, a debugger).
  SWEMU_ATTENTION_STOP = 1,
  /// A signal waits for its delivery.
  SWEMU_ATTENTION_SIGNAL = 2,
  /// Another thread changes memory; `run` sees to it itself.
  SWEMU_ATTENTION_SAFEPOINT = 4,
  /// The thread has to end, because the process or its program does.
  SWEMU_ATTENTION_END = 8,
  /// Somebody holds all threads where they are: a fork, a debugger. System calls that wait go on waiting.
  SWEMU_ATTENTION_HOLD = 16,
};

/// The reasons that are the thread's own business: what a system call is interrupted for.
#define SWEMU_ATTENTION_OWN 11u

// Several threads and host signal handlers set bits, so each change is one locked instruction.
SWEMU_INLINE void swemu_attention_set(swemu_cpu *_Nonnull cpu, uint32_t bits) {
  __atomic_fetch_or(&cpu->attention, bits, __ATOMIC_SEQ_CST);
}
SWEMU_INLINE void swemu_attention_clear(swemu_cpu *_Nonnull cpu, uint32_t bits) {
  __atomic_fetch_and(&cpu->attention, ~bits, __ATOMIC_SEQ_CST);
}

/// Says that the thread runs guest code, before its attention word is read.
SWEMU_INLINE void swemu_begin_running(swemu_cpu *_Nonnull cpu) { __atomic_store_n(&cpu->running, 1, __ATOMIC_SEQ_CST); }
SWEMU_INLINE void swemu_end_running(swemu_cpu *_Nonnull cpu) { __atomic_store_n(&cpu->running, 0, __ATOMIC_RELEASE); }
SWEMU_INLINE uint32_t swemu_is_running(swemu_cpu *_Nonnull cpu) { return __atomic_load_n(&cpu->running, __ATOMIC_SEQ_CST); }
SWEMU_INLINE void swemu_set_generation(swemu_cpu *_Nonnull cpu, uint64_t value) {
  __atomic_store_n(&cpu->generation, value, __ATOMIC_SEQ_CST);
}
SWEMU_INLINE void swemu_end_generation(swemu_cpu *_Nonnull cpu) { __atomic_store_n(&cpu->generation, 0, __ATOMIC_RELEASE); }
SWEMU_INLINE uint64_t swemu_generation(swemu_cpu *_Nonnull cpu) {
  return __atomic_load_n(&cpu->generation, __ATOMIC_SEQ_CST);
}

/// A link or a page-table byte that running threads read while it changes.
SWEMU_INLINE void swemu_publish(uint64_t *_Nonnull place, uint64_t value) {
  __atomic_store_n(place, value, __ATOMIC_RELEASE);
}

// Places in the state, without a key path.
SWEMU_INLINE void *_Nonnull swemu_scratch(swemu_cpu *_Nonnull cpu) { return cpu->scratch; }
SWEMU_INLINE const void *_Nonnull swemu_mxcsr(const swemu_cpu *_Nonnull cpu) { return &cpu->mxcsr; }
