// How handlers of vector instructions are written.
//
// `NAME_body(cpu, op, rm)` is the instruction; REG, VVVV and the immediate come from `op`, `rm` points at the ModRM.rm
// operand. ENTRY makes of it the handler for a register, two for memory (any address; a base register alone) with an
// inline check of the page table, and the table's line. What the check cannot decide goes to `swemu_vector_slow` (Machine/Instructions/Vector), which
// resolves page faults, raises exceptions and runs the body.
//
// A VEX encoding clears the register beyond its vector: every VEX body stores 32 bytes.
#pragma once
#include "CMachine.h"
#include "CMachineVectorOp.h"

swemu_op *swemu_vector_slow(swemu_cpu *cpu, swemu_op *op);

typedef swemu_op *(*swemu_handler)(swemu_cpu *, swemu_op *);

// Operands of assembly, by size.
typedef struct { uint8_t b[1]; } __attribute__((may_alias)) m1;
typedef struct { uint8_t b[2]; } __attribute__((may_alias)) m2;
typedef struct { uint8_t b[4]; } __attribute__((may_alias)) m4;
typedef struct { uint8_t b[8]; } __attribute__((may_alias)) m8;
typedef struct { uint8_t b[16]; } __attribute__((may_alias)) m16;
typedef struct { uint8_t b[32]; } __attribute__((may_alias)) m32;
typedef uint16_t u16 __attribute__((aligned(1), may_alias));
typedef swemu_u32 u32;
typedef swemu_u64 u64;

#define REG ((void *)((char *)cpu + op->dst))
#define VVVV ((void *)((char *)cpu + op->src))
#define IMM ((uint8_t)(op->imm >> 56))
/// The fourth register of VBLENDVxx: imm8[7:4].
#define IS4 ((void *)&cpu->vector[(IMM >> 4) * 64])
#define BODY(id) \
  static inline __attribute__((always_inline)) void id##_body(swemu_cpu *cpu, swemu_op *op, void *rm)

#define SWEMU_TEXT_(x) #x
#define SWEMU_TEXT(x) SWEMU_TEXT_(x)
#define SWEMU_LIKELY(x) __builtin_expect(!!(x), 1)

#define NEXT __attribute__((musttail)) return ((swemu_handler)op[1].handler)(cpu, op + 1)

/// Runs the body on `address` and goes on, if the operand lies in accessible memory; else `swemu_vector_slow` does.
#define AT_ADDRESS(id, BYTES, ALIGNMENT, FLAGS)                                                                      \
  int fits = (ALIGNMENT) ? (address & (0xffffc00000000000 | (ALIGNMENT))) == 0                                       \
                         : (address & 0xffffc00000000fff) <= 0x1000 - (BYTES);                                       \
  if (SWEMU_LIKELY(fits) &&                                                                                          \
      SWEMU_LIKELY(cpu->page_table[address >> 12] & ((FLAGS) & SWEMU_VECTOR_STORES ? 2 : 1))) {                      \
    id##_body(cpu, op, (void *)address);                                                                             \
    NEXT;                                                                                                            \
  }                                                                                                                  \
  __attribute__((musttail)) return swemu_vector_slow(cpu, op);

/// `LENGTH`, `BYTES`, `ALIGNMENT` and `FLAGS` as in swemu_vector_entry.
#define ENTRY(id, NAME, LENGTH, BYTES, ALIGNMENT, FLAGS)                                                             \
  __attribute__((used)) static void id##_out_of_line(swemu_cpu *cpu, swemu_op *op, void *rm) {                       \
    id##_body(cpu, op, rm);                                                                                          \
  }                                                                                                                  \
  __attribute__((used)) static swemu_op *id##_register(swemu_cpu *cpu, swemu_op *op) {                               \
    id##_body(cpu, op, (char *)cpu + op->disp);                                                                      \
    NEXT;                                                                                                            \
  }                                                                                                                  \
  __attribute__((used)) static swemu_op *id##_memory(swemu_cpu *cpu, swemu_op *op) {                                 \
    const char *state = (const char *)cpu;                                                                           \
    uint64_t address;                                                                                                \
    if (SWEMU_LIKELY(op->kind == 0)) {                                                                               \
      address = *(const u64 *)(state + op->base) + (*(const u64 *)(state + op->index) << op->scale) +                \
                (uint64_t)(int64_t)op->disp;                                                                         \
    } else if (op->kind == 1) {                                                                                      \
      address = *(const u64 *)((const char *)op - ((uint64_t)op->position * 32 + 32)) + (uint64_t)(int64_t)op->disp; \
    } else {                                                                                                         \
      __attribute__((musttail)) return swemu_vector_slow(cpu, op);                                                   \
    }                                                                                                                \
    AT_ADDRESS(id, BYTES, ALIGNMENT, FLAGS)                                                                          \
  }                                                                                                                  \
  __attribute__((used)) static swemu_op *id##_base(swemu_cpu *cpu, swemu_op *op) {                                   \
    uint64_t address = *(const u64 *)((const char *)cpu + op->base) + (uint64_t)(int64_t)op->disp;                   \
    AT_ADDRESS(id, BYTES, ALIGNMENT, FLAGS)                                                                          \
  }                                                                                                                  \
  __asm__(".pushsection swemu_vector,\"aR\",@progbits\n"                                                              \
          "\t.balign 4\n771:\t.ascii \"" NAME "\"\n\t.fill 24-(.-771b),1,0\n"                                        \
          "\t.byte " SWEMU_TEXT(LENGTH) "," SWEMU_TEXT(BYTES) "," SWEMU_TEXT(ALIGNMENT) "," SWEMU_TEXT(FLAGS) "\n"   \
          "\t.long " #id "_out_of_line-.\n\t.long " #id "_register-.\n\t.long " #id "_memory-.\n"                    \
          "\t.long " #id "_base-.\n\t.popsection\n");

#define STORES SWEMU_VECTOR_STORES
#define FLOAT SWEMU_VECTOR_FLOAT

// MARK: VEX templates. R is xmm or ymm; M the type of the memory operand.

#define VEX_BINARY_BODY(id, TEXT, R, A, M)                                                                       \
  BODY(id) {                                                                                                     \
    __asm__ volatile("vmovups %1, %%" R "0\n\t" TEXT " %2, %%" R "0, %%" R "0\n\tvmovups %%ymm0, %0"             \
                     : "=m"(*(m32 *)REG)                                                                         \
                     : "m"(*(const A *)VVVV), "m"(*(const M *)rm)                                                \
                     : "xmm0");                                                                                  \
  }
/// REG = VVVV op rm, at both lengths.
#define VEX_BINARY(name, FLAGS)                            \
  VEX_BINARY_BODY(name##_1, #name, "xmm", m16, m16)        \
  ENTRY(name##_1, #name, 1, 16, 0, FLAGS)                  \
  VEX_BINARY_BODY(name##_2, #name, "ymm", m32, m32)        \
  ENTRY(name##_2, #name, 2, 32, 0, FLAGS)
/// The same at 128 bits only, with an operand of BYTES in memory (scalars).
#define VEX_BINARY_SHORT(name, BYTES, FLAGS)               \
  VEX_BINARY_BODY(name##_1, #name, "xmm", m16, m##BYTES)   \
  ENTRY(name##_1, #name, 1, BYTES, 0, FLAGS)

#define VEX_UNARY_BODY(id, TEXT, R, M)                                                                              \
  BODY(id) {                                                                                                        \
    __asm__ volatile(TEXT " %1, %%" R "0\n\tvmovups %%ymm0, %0" : "=m"(*(m32 *)REG) : "m"(*(const M *)rm) : "xmm0"); \
  }
/// REG = op rm, with B1 and B2 bytes read.
#define VEX_UNARY_SIZED(name, B1, B2, FLAGS)         \
  VEX_UNARY_BODY(name##_1, #name, "xmm", m##B1)      \
  ENTRY(name##_1, #name, 1, B1, 0, FLAGS)            \
  VEX_UNARY_BODY(name##_2, #name, "ymm", m##B2)      \
  ENTRY(name##_2, #name, 2, B2, 0, FLAGS)
#define VEX_UNARY(name, FLAGS) VEX_UNARY_SIZED(name, 16, 32, FLAGS)

// MARK: Legacy templates: memory of 16 bytes is aligned; lanes beyond 16 bytes stay.

#define SSE_BINARY_BODY(id, TEXT)                                                                           \
  BODY(id) {                                                                                                \
    __asm__ volatile("movups %0, %%xmm0\n\tmovups %1, %%xmm1\n\t" TEXT " %%xmm1, %%xmm0\n\tmovups %%xmm0, %0" \
                     : "+m"(*(m16 *)REG)                                                                    \
                     : "m"(*(const m16 *)rm)                                                                \
                     : "xmm0", "xmm1");                                                                     \
  }
#define SSE_BINARY(name, FLAGS)         \
  SSE_BINARY_BODY(name##_0, #name)      \
  ENTRY(name##_0, #name, 0, 16, 15, FLAGS)

#define SSE_UNARY(name, FLAGS)                                                              \
  BODY(name##_0) {                                                                          \
    __asm__ volatile("movups %1, %%xmm1\n\t" #name " %%xmm1, %%xmm0\n\tmovups %%xmm0, %0"   \
                     : "=m"(*(m16 *)REG)                                                    \
                     : "m"(*(const m16 *)rm)                                                \
                     : "xmm0", "xmm1");                                                     \
  }                                                                                         \
  ENTRY(name##_0, #name, 0, 16, 15, FLAGS)

/// Memory operands of BYTES, which need not be aligned; the instruction reads no more.
#define SSE_UNARY_SHORT(name, BYTES, FLAGS)                                                                            \
  BODY(name##_0) {                                                                                                     \
    __asm__ volatile(#name " %1, %%xmm0\n\tmovups %%xmm0, %0" : "=m"(*(m16 *)REG) : "m"(*(const m##BYTES *)rm) : "xmm0"); \
  }                                                                                                                    \
  ENTRY(name##_0, #name, 0, BYTES, 0, FLAGS)
#define SSE_BINARY_SHORT(name, BYTES, FLAGS)                                                \
  BODY(name##_0) {                                                                          \
    __asm__ volatile("movups %0, %%xmm0\n\t" #name " %1, %%xmm0\n\tmovups %%xmm0, %0"       \
                     : "+m"(*(m16 *)REG)                                                    \
                     : "m"(*(const m##BYTES *)rm)                                           \
                     : "xmm0");                                                             \
  }                                                                                         \
  ENTRY(name##_0, #name, 0, BYTES, 0, FLAGS)

// MARK: Immediates. An immediate is part of the instruction, so each value is a case of its own.

#define CASES_4(S, ...) S(0, __VA_ARGS__) S(1, __VA_ARGS__) S(2, __VA_ARGS__) S(3, __VA_ARGS__)
#define CASES_8(S, ...) \
  CASES_4(S, __VA_ARGS__) S(4, __VA_ARGS__) S(5, __VA_ARGS__) S(6, __VA_ARGS__) S(7, __VA_ARGS__)
#define CASES_ROW(S, h, ...)                                                                                      \
  S(0x##h##0, __VA_ARGS__) S(0x##h##1, __VA_ARGS__) S(0x##h##2, __VA_ARGS__) S(0x##h##3, __VA_ARGS__)             \
  S(0x##h##4, __VA_ARGS__) S(0x##h##5, __VA_ARGS__) S(0x##h##6, __VA_ARGS__) S(0x##h##7, __VA_ARGS__)             \
  S(0x##h##8, __VA_ARGS__) S(0x##h##9, __VA_ARGS__) S(0x##h##a, __VA_ARGS__) S(0x##h##b, __VA_ARGS__)             \
  S(0x##h##c, __VA_ARGS__) S(0x##h##d, __VA_ARGS__) S(0x##h##e, __VA_ARGS__) S(0x##h##f, __VA_ARGS__)
#define CASES_16(S, ...) CASES_ROW(S, 0, __VA_ARGS__)
#define CASES_32(S, ...) CASES_ROW(S, 0, __VA_ARGS__) CASES_ROW(S, 1, __VA_ARGS__)
#define CASES_64(S, ...) CASES_32(S, __VA_ARGS__) CASES_ROW(S, 2, __VA_ARGS__) CASES_ROW(S, 3, __VA_ARGS__)
#define CASES_128(S, ...)                                                                                  \
  CASES_64(S, __VA_ARGS__) CASES_ROW(S, 4, __VA_ARGS__) CASES_ROW(S, 5, __VA_ARGS__)                       \
  CASES_ROW(S, 6, __VA_ARGS__) CASES_ROW(S, 7, __VA_ARGS__)
#define CASES_256(S, ...)                                                                                  \
  CASES_128(S, __VA_ARGS__) CASES_ROW(S, 8, __VA_ARGS__) CASES_ROW(S, 9, __VA_ARGS__)                      \
  CASES_ROW(S, a, __VA_ARGS__) CASES_ROW(S, b, __VA_ARGS__) CASES_ROW(S, c, __VA_ARGS__)                   \
  CASES_ROW(S, d, __VA_ARGS__) CASES_ROW(S, e, __VA_ARGS__) CASES_ROW(S, f, __VA_ARGS__)

#define SSE_BINARY_CASE(n, TEXT, M)                                                                         \
  case n:                                                                                                   \
    __asm__ volatile("movups %0, %%xmm0\n\tmovups %1, %%xmm1\n\t" TEXT " $" #n ", %%xmm1, %%xmm0\n\t"       \
                     "movups %%xmm0, %0"                                                                    \
                     : "+m"(*(m16 *)REG)                                                                    \
                     : "m"(*(const M *)rm)                                                                  \
                     : "xmm0", "xmm1");                                                                     \
    break;
#define VEX_BINARY_CASE(n, TEXT, R, A, M)                                                                        \
  case n:                                                                                                        \
    __asm__ volatile("vmovups %1, %%" R "0\n\t" TEXT " $" #n ", %2, %%" R "0, %%" R "0\n\tvmovups %%ymm0, %0"    \
                     : "=m"(*(m32 *)REG)                                                                         \
                     : "m"(*(const A *)VVVV), "m"(*(const M *)rm)                                                \
                     : "xmm0");                                                                                  \
    break;
#define VEX_UNARY_CASE(n, TEXT, R, M)                                                                         \
  case n:                                                                                                     \
    __asm__ volatile(TEXT " $" #n ", %1, %%" R "0\n\tvmovups %%ymm0, %0"                                      \
                     : "=m"(*(m32 *)REG)                                                                      \
                     : "m"(*(const M *)rm)                                                                    \
                     : "xmm0");                                                                               \
    break;
/// As SSE_BINARY_CASE with BYTES of memory, which is read by the instruction itself.
#define SSE_SHORT_CASE(n, TEXT, M)                                                                          \
  case n:                                                                                                   \
    __asm__ volatile("movups %0, %%xmm0\n\t" TEXT " $" #n ", %1, %%xmm0\n\tmovups %%xmm0, %0"               \
                     : "+m"(*(m16 *)REG)                                                                    \
                     : "m"(*(const M *)rm)                                                                  \
                     : "xmm0");                                                                             \
    break;

/// COUNT cases of REG = VVVV op rm by MASKed immediate, at both lengths.
#define VEX_BINARY_IMMEDIATE(name, MASK, COUNT, FLAGS)                                              \
  BODY(name##_1) { switch (IMM & MASK) { CASES_##COUNT(VEX_BINARY_CASE, #name, "xmm", m16, m16) } } \
  ENTRY(name##_1, #name, 1, 16, 0, FLAGS)                                                           \
  BODY(name##_2) { switch (IMM & MASK) { CASES_##COUNT(VEX_BINARY_CASE, #name, "ymm", m32, m32) } } \
  ENTRY(name##_2, #name, 2, 32, 0, FLAGS)
#define VEX_SHORT_IMMEDIATE(name, MASK, COUNT, BYTES, FLAGS)                                              \
  BODY(name##_1) { switch (IMM & MASK) { CASES_##COUNT(VEX_BINARY_CASE, #name, "xmm", m16, m##BYTES) } } \
  ENTRY(name##_1, #name, 1, BYTES, 0, FLAGS)
#define VEX_UNARY_IMMEDIATE(name, MASK, COUNT, FLAGS)                                        \
  BODY(name##_1) { switch (IMM & MASK) { CASES_##COUNT(VEX_UNARY_CASE, #name, "xmm", m16) } } \
  ENTRY(name##_1, #name, 1, 16, 0, FLAGS)                                                    \
  BODY(name##_2) { switch (IMM & MASK) { CASES_##COUNT(VEX_UNARY_CASE, #name, "ymm", m32) } } \
  ENTRY(name##_2, #name, 2, 32, 0, FLAGS)
#define SSE_BINARY_IMMEDIATE(name, MASK, COUNT, FLAGS)                                    \
  BODY(name##_0) { switch (IMM & MASK) { CASES_##COUNT(SSE_BINARY_CASE, #name, m16) } }   \
  ENTRY(name##_0, #name, 0, 16, 15, FLAGS)
#define SSE_SHORT_IMMEDIATE(name, MASK, COUNT, BYTES, FLAGS)                                  \
  BODY(name##_0) { switch (IMM & MASK) { CASES_##COUNT(SSE_SHORT_CASE, #name, m##BYTES) } }   \
  ENTRY(name##_0, #name, 0, BYTES, 0, FLAGS)

/// All six status flags (bits of RFLAGS at their places), which are explicit afterwards (Machine/CPU/LazyFlags.swift).
static inline void swemu_set_flags(swemu_cpu *cpu, uint64_t bits) {
  cpu->rflags = (cpu->rflags & ~(uint64_t)0x8d5) | bits;
  cpu->lazy_kind = 0;
}
