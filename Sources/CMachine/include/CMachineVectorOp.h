// Handlers of the vector extensions beyond SSE2, written in C (Sources/CMachine/Vector): each is one instruction of the
// processor's on the guest's operands, so what Swift would add is compilation time. The table that names them is found
// by mnemonic; Machine/Instructions/Vector.swift fills in the operands.
#pragma once
#include <stdint.h>

struct swemu_cpu;

/// `MicroOp` as C sees it. A vector micro-op holds in `dst` the register of ModRM.reg (or the destination), in `src` the
/// one of VEX.vvvv, in `disp` the one of ModRM.rm where that is a register, and in `imm` the address of its table entry
/// with the immediate byte on top.
typedef struct swemu_op {
  uint64_t handler;
  uint64_t imm;
  int32_t disp;
  uint16_t rip_offset, position;
  uint16_t dst, src;
  uint8_t base, index, scale, kind;
} swemu_op;

/// The memory operand is written, not read.
#define SWEMU_VECTOR_STORES 1
/// MXCSR decides; may raise #XM.
#define SWEMU_VECTOR_FLOAT 2
/// Lanes that a mask leaves out are not accessed.
#define SWEMU_VECTOR_MASKED 8
/// Computes in several steps (dot products): an exception of an early one ends it.
#define SWEMU_VECTOR_STAGED 16

/// One instruction at one vector length. Addresses are relative to their own place, so that the table needs no
/// relocation when swemu starts.
typedef struct swemu_vector_entry {
  char name[24];
  /// 0 legacy SSE, 1 VEX.128, 2 VEX.256.
  uint8_t length;
  /// Bytes of the memory operand; 0 if there is none.
  uint8_t bytes;
  /// Address bits that must be zero.
  uint8_t alignment;
  uint8_t flags;
  int32_t body, register_form, memory_form;
  /// As `memory_form`, for addresses without index, segment and RIP.
  int32_t base_form;
} swemu_vector_entry;

/// The whole table.
const swemu_vector_entry *_Nonnull swemu_vector_entries(void);
uint64_t swemu_vector_entry_count(void);

static inline uint64_t swemu_vector_register_form(const swemu_vector_entry *_Nonnull entry) {
  return (uint64_t)((const char *)&entry->register_form + entry->register_form);
}
static inline uint64_t swemu_vector_memory_form(const swemu_vector_entry *_Nonnull entry) {
  return entry->bytes == 0 ? 0 : (uint64_t)((const char *)&entry->memory_form + entry->memory_form);
}

static inline uint64_t swemu_vector_base_form(const swemu_vector_entry *_Nonnull entry) {
  return entry->bytes == 0 ? 0 : (uint64_t)((const char *)&entry->base_form + entry->base_form);
}

/// The entry of a micro-op.
static inline const swemu_vector_entry *_Nonnull swemu_vector_entry_of(const swemu_op *_Nonnull op) {
  return (const swemu_vector_entry *)(op->imm & 0xffffffffffff);
}

/// Executes the instruction of `op` with ModRM.rm at `operand`, a register in the state or checked memory.
static inline void swemu_vector_execute(struct swemu_cpu *_Nonnull cpu, swemu_op *_Nonnull op, void *_Nonnull operand) {
  const swemu_vector_entry *entry = swemu_vector_entry_of(op);
  void (*body)(struct swemu_cpu *, swemu_op *, void *) =
      (void (*)(struct swemu_cpu *, swemu_op *, void *))((const char *)&entry->body + entry->body);
  body(cpu, op, operand);
}

/// The handler of a gather with elements and indices of that many bytes; `is_long` for VEX.256. Its micro-op holds in
/// `dst` the destination, in `src` the mask, and in `imm` a GatherShape (Machine/Instructions/Vector/Gather.swift).
uint64_t swemu_gather_form(uint64_t element, uint64_t index, int is_long);

/// What the host's processor has, as the C library found out when it started (CPUID is slow in a virtual machine).
/// The bits are those of Machine/CPU/HostFeatures.swift.
uint64_t swemu_host_features(void);

/// Executes the instruction of `op` with the host's MXCSR as given, exceptions unmasked as it says. Returns the status
/// flags that came up; where one of them is unmasked the state is as before.
uint32_t swemu_unmasked_trial(struct swemu_cpu *_Nonnull cpu, swemu_op *_Nonnull op, void *_Nonnull operand,
                              uint32_t mxcsr);
