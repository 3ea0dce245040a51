// SSE and SSE2 floating point with its exact x86 meaning, for which Swift has no words: operand order decides which NaN
// survives, MXCSR decides rounding, and status flags are a result. Each is the processor's own instruction.
//
// Every operation is `d = a op b` on bytes in memory; `d` may be `a` or `b`. `d` and `a` are 16 bytes, `b` as many as
// the operation reads. Where only some lanes are computed, the others come from `a`. Registers are always read and
// written whole: a 16-byte load behind an 8-byte store would wait for the cache. The assembly is volatile because it
// reads and writes MXCSR, which the compiler does not know of.
#pragma once
#include <stdint.h>

#define SWEMU_INLINE static inline __attribute__((always_inline))

typedef long long swemu_v128 __attribute__((vector_size(16), aligned(1), may_alias));
typedef double swemu_f64 __attribute__((aligned(1), may_alias));
typedef float swemu_f32 __attribute__((aligned(1), may_alias));
typedef uint64_t swemu_u64 __attribute__((aligned(1), may_alias));
typedef uint32_t swemu_u32 __attribute__((aligned(1), may_alias));

SWEMU_INLINE void swemu_load_mxcsr(uint32_t value) { __asm__ volatile("ldmxcsr %0" : : "m"(value) : "memory"); }
// With a place in memory of the caller's, so that a handler needs no stack frame.
SWEMU_INLINE void swemu_load_mxcsr_from(const void *_Nonnull place) {
  __asm__ volatile("ldmxcsr %0" : : "m"(*(const swemu_u32 *)place) : "memory");
}
SWEMU_INLINE uint32_t swemu_store_mxcsr_through(void *_Nonnull place) {
  __asm__ volatile("stmxcsr %0" : "=m"(*(swemu_u32 *)place));
  return *(swemu_u32 *)place;
}
SWEMU_INLINE uint32_t swemu_store_mxcsr(void) {
  uint32_t value;
  __asm__ volatile("stmxcsr %0" : "=m"(value));
  return value;
}

#define SWEMU_FLOAT_BINARY(name, type)                                                              \
  SWEMU_INLINE void swemu_##name(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b) { \
    swemu_v128 x = *(const swemu_v128 *)a;                                                          \
    __asm__ volatile(#name " %1, %0" : "+x"(x) : "x"(*(const type *)b));                            \
    *(swemu_v128 *)d = x;                                                                           \
  }

// The whole register from `b` alone: `a` is not even read, so as not to wait for it.
#define SWEMU_FLOAT_UNARY(name, type)                                                               \
  SWEMU_INLINE void swemu_##name(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b) { \
    (void)a;                                                                                        \
    swemu_v128 x;                                                                                   \
    __asm__ volatile(#name " %1, %0" : "=x"(x) : "x"(*(const type *)b));                            \
    *(swemu_v128 *)d = x;                                                                           \
  }

#define SWEMU_FLOAT_ARITHMETIC(name)             \
  SWEMU_FLOAT_BINARY(name##ss, swemu_f32)        \
  SWEMU_FLOAT_BINARY(name##sd, swemu_f64)        \
  SWEMU_FLOAT_BINARY(name##ps, swemu_v128)       \
  SWEMU_FLOAT_BINARY(name##pd, swemu_v128)

SWEMU_FLOAT_ARITHMETIC(add)
SWEMU_FLOAT_ARITHMETIC(sub)
SWEMU_FLOAT_ARITHMETIC(mul)
SWEMU_FLOAT_ARITHMETIC(div)
SWEMU_FLOAT_ARITHMETIC(min)
SWEMU_FLOAT_ARITHMETIC(max)

SWEMU_FLOAT_BINARY(sqrtss, swemu_f32)
SWEMU_FLOAT_BINARY(sqrtsd, swemu_f64)
SWEMU_FLOAT_UNARY(sqrtps, swemu_v128)
SWEMU_FLOAT_UNARY(sqrtpd, swemu_v128)
SWEMU_FLOAT_BINARY(rcpss, swemu_f32)
SWEMU_FLOAT_UNARY(rcpps, swemu_v128)
SWEMU_FLOAT_BINARY(rsqrtss, swemu_f32)
SWEMU_FLOAT_UNARY(rsqrtps, swemu_v128)

// Comparisons to a mask. The predicate is part of the instruction, so a constant one leaves one of the eight.
#define SWEMU_FLOAT_PREDICATE(name, number, type) \
  case number: __asm__ volatile(#name " $" #number ", %1, %0" : "+x"(x) : "x"(*(const type *)b)); break;

#define SWEMU_FLOAT_COMPARE(name, type)                                                            \
  SWEMU_INLINE void swemu_##name(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b, \
                                 uint32_t predicate) {                                             \
    swemu_v128 x = *(const swemu_v128 *)a;                                                         \
    switch (predicate) {                                                                           \
      SWEMU_FLOAT_PREDICATE(name, 0, type)                                                         \
      SWEMU_FLOAT_PREDICATE(name, 1, type)                                                         \
      SWEMU_FLOAT_PREDICATE(name, 2, type)                                                         \
      SWEMU_FLOAT_PREDICATE(name, 3, type)                                                         \
      SWEMU_FLOAT_PREDICATE(name, 4, type)                                                         \
      SWEMU_FLOAT_PREDICATE(name, 5, type)                                                         \
      SWEMU_FLOAT_PREDICATE(name, 6, type)                                                         \
      SWEMU_FLOAT_PREDICATE(name, 7, type)                                                         \
    }                                                                                              \
    *(swemu_v128 *)d = x;                                                                          \
  }

SWEMU_FLOAT_COMPARE(cmpss, swemu_f32)
SWEMU_FLOAT_COMPARE(cmpsd, swemu_f64)
SWEMU_FLOAT_COMPARE(cmpps, swemu_v128)
SWEMU_FLOAT_COMPARE(cmppd, swemu_v128)

// Comparisons to flags: ZF, PF and CF at their places in RFLAGS; OF, SF and AF are cleared.
#define SWEMU_FLOAT_ORDER(name, type)                                                                     \
  SWEMU_INLINE uint64_t swemu_##name(const void *_Nonnull a, const void *_Nonnull b) {                    \
    uint8_t zero, parity, carry;                                                                          \
    __asm__ volatile(#name " %4, %3"                                                                      \
                     : "=@ccz"(zero), "=@ccp"(parity), "=@ccc"(carry)                                     \
                     : "x"(*(const type *)a), "x"(*(const type *)b));                                     \
    return (uint64_t)zero << 6 | (uint64_t)parity << 2 | carry;                                           \
  }

SWEMU_FLOAT_ORDER(ucomiss, swemu_f32)
SWEMU_FLOAT_ORDER(ucomisd, swemu_f64)
SWEMU_FLOAT_ORDER(comiss, swemu_f32)
SWEMU_FLOAT_ORDER(comisd, swemu_f64)
