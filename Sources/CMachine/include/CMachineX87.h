// x87 instructions, executed by the host's x87.
//
// While a guest uses the x87 with all its exceptions masked, the guest's register stack, tags, condition codes and
// exception flags live in the host's x87 itself; each handler is the instruction it stands for. Nothing else in this
// process computes with the x87 meanwhile (on x86-64 only `long double` would). See Machine/CPU/X87.swift.
#pragma once
#include <stdint.h>

#include "CMachineInteger.h"

struct swemu_cpu;

/// Moves the guest's x87 state from `cpu` into the host's x87 (FRSTOR).
void swemu_x87_load(struct swemu_cpu *_Nonnull cpu);
/// The way back; leaves the host's x87 as the ABI wants it (FNSAVE).
void swemu_x87_store(struct swemu_cpu *_Nonnull cpu);
/// Executes one instruction on the state in `cpu`, with the guest's exception masks: what an unmasked exception leaves
/// behind is the processor's own doing, and stays pending in the status word without a trap.
///
/// `opcode` is D8…DF, `modrm` its ModRM byte; for memory forms only the reg field counts, and the operand is at
/// `memory`. `flags` are the status flags before, the result those after.
uint64_t swemu_x87_execute(struct swemu_cpu *_Nonnull cpu, uint32_t opcode, uint32_t modrm, void *_Nullable memory,
                           uint64_t flags);

#define SWEMU_X87_CASE(op, base, i) \
  case i: __asm__ volatile(".byte " op ", " base " + " #i); break;

/// swemu_x87_d8_0(i): `D8 C0 + i`, and so on: one function for each opcode and reg field.
///
/// The argument is a constant in every caller, so that one instruction is left.
#define SWEMU_X87_DIGIT(name, op, base)                                                               \
  SWEMU_LEAF void swemu_x87_##name(uint32_t i) {                                                      \
    switch (i) {                                                                                      \
      SWEMU_X87_CASE(op, base, 0) SWEMU_X87_CASE(op, base, 1) SWEMU_X87_CASE(op, base, 2)             \
      SWEMU_X87_CASE(op, base, 3) SWEMU_X87_CASE(op, base, 4) SWEMU_X87_CASE(op, base, 5)             \
      SWEMU_X87_CASE(op, base, 6) SWEMU_X87_CASE(op, base, 7)                                         \
    }                                                                                                 \
  }

#define SWEMU_X87_MEMORY_CASE(op, digit) \
  case digit: __asm__ volatile(".byte " op ", 8 * " #digit : : "a"(memory) : "memory"); break;

/// swemu_x87_memory_d8(digit, memory): `D8 /digit` on memory.
#define SWEMU_X87_OPCODE(name, op)                                                                    \
  SWEMU_X87_DIGIT(name##_0, op, "0xc0") SWEMU_X87_DIGIT(name##_1, op, "0xc8")                         \
  SWEMU_X87_DIGIT(name##_2, op, "0xd0") SWEMU_X87_DIGIT(name##_3, op, "0xd8")                         \
  SWEMU_X87_DIGIT(name##_4, op, "0xe0") SWEMU_X87_DIGIT(name##_5, op, "0xe8")                         \
  SWEMU_X87_DIGIT(name##_6, op, "0xf0") SWEMU_X87_DIGIT(name##_7, op, "0xf8")                         \
  SWEMU_LEAF void swemu_x87_memory_##name(uint32_t digit, void *_Nonnull memory) {                    \
    switch (digit) {                                                                                  \
      SWEMU_X87_MEMORY_CASE(op, 0) SWEMU_X87_MEMORY_CASE(op, 1)                                       \
      SWEMU_X87_MEMORY_CASE(op, 2) SWEMU_X87_MEMORY_CASE(op, 3)                                       \
      SWEMU_X87_MEMORY_CASE(op, 4) SWEMU_X87_MEMORY_CASE(op, 5)                                       \
      SWEMU_X87_MEMORY_CASE(op, 6) SWEMU_X87_MEMORY_CASE(op, 7)                                       \
    }                                                                                                 \
  }
SWEMU_X87_OPCODE(d8, "0xd8")
SWEMU_X87_OPCODE(d9, "0xd9")
SWEMU_X87_OPCODE(da, "0xda")
SWEMU_X87_OPCODE(db, "0xdb")
SWEMU_X87_OPCODE(dc, "0xdc")
SWEMU_X87_OPCODE(dd, "0xdd")
SWEMU_X87_OPCODE(de, "0xde")
SWEMU_X87_OPCODE(df, "0xdf")

#define SWEMU_X87_FLAGS_CASE(op, base, i)                                                             \
  case i: __asm__ volatile(".byte " op ", " base " + " #i : "=@ccz"(zero), "=@ccp"(parity), "=@ccc"(carry)); break;

/// FCOMI, FUCOMI and their popping forms with ST(i): ZF, PF and CF at their places in RFLAGS.
#define SWEMU_X87_COMPARE(name, op, base)                                                             \
  SWEMU_LEAF uint64_t swemu_x87_##name(uint32_t i) {                                                  \
    uint8_t zero = 0, parity = 0, carry = 0;                                                          \
    switch (i) {                                                                                      \
      SWEMU_X87_FLAGS_CASE(op, base, 0) SWEMU_X87_FLAGS_CASE(op, base, 1)                             \
      SWEMU_X87_FLAGS_CASE(op, base, 2) SWEMU_X87_FLAGS_CASE(op, base, 3)                             \
      SWEMU_X87_FLAGS_CASE(op, base, 4) SWEMU_X87_FLAGS_CASE(op, base, 5)                             \
      SWEMU_X87_FLAGS_CASE(op, base, 6) SWEMU_X87_FLAGS_CASE(op, base, 7)                             \
    }                                                                                                 \
    return (uint64_t)zero << 6 | (uint64_t)parity << 2 | carry;                                       \
  }
SWEMU_X87_COMPARE(fucomi, "0xdb", "0xe8")
SWEMU_X87_COMPARE(fcomi, "0xdb", "0xf0")
SWEMU_X87_COMPARE(fucomip, "0xdf", "0xe8")
SWEMU_X87_COMPARE(fcomip, "0xdf", "0xf0")

#define SWEMU_X87_MOVE_CASE(i) \
  case i: __asm__ volatile("testb %0, %0\n\tfcmovne %%st(" #i "), %%st" : : "q"(condition)); break;

/// FCMOVcc from ST(i), with the condition worked out.
SWEMU_LEAF void swemu_x87_move_if(uint32_t i, uint8_t condition) {
  switch (i) {
    SWEMU_X87_MOVE_CASE(0) SWEMU_X87_MOVE_CASE(1) SWEMU_X87_MOVE_CASE(2) SWEMU_X87_MOVE_CASE(3)
    SWEMU_X87_MOVE_CASE(4) SWEMU_X87_MOVE_CASE(5) SWEMU_X87_MOVE_CASE(6) SWEMU_X87_MOVE_CASE(7)
  }
}

SWEMU_LEAF uint16_t swemu_x87_status(void) {
  uint16_t value;
  __asm__ volatile("fnstsw %0" : "=a"(value));
  return value;
}
SWEMU_LEAF void swemu_x87_set_control(uint16_t value) { __asm__ volatile("fldcw %0" : : "m"(value)); }
SWEMU_LEAF void swemu_x87_clear_exceptions(void) { __asm__ volatile("fnclex"); }
SWEMU_LEAF void swemu_x87_initialize(void) { __asm__ volatile("fninit"); }
