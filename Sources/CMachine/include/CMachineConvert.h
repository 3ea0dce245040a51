// Conversions of SSE and SSE2 between the floating-point formats and integers; conventions as in CMachineFloat.h.
#pragma once
#include "CMachineFloat.h"

SWEMU_FLOAT_BINARY(cvtss2sd, swemu_f32)
SWEMU_FLOAT_BINARY(cvtsd2ss, swemu_f64)

// Half a register becomes a whole one: `b` is eight bytes.
SWEMU_FLOAT_UNARY(cvtps2pd, swemu_f64)
SWEMU_FLOAT_UNARY(cvtdq2pd, swemu_f64)

SWEMU_FLOAT_UNARY(cvtdq2ps, swemu_v128)
SWEMU_FLOAT_UNARY(cvtps2dq, swemu_v128)
SWEMU_FLOAT_UNARY(cvttps2dq, swemu_v128)
SWEMU_FLOAT_UNARY(cvtpd2ps, swemu_v128)
SWEMU_FLOAT_UNARY(cvtpd2dq, swemu_v128)
SWEMU_FLOAT_UNARY(cvttpd2dq, swemu_v128)

// From a general-purpose register or memory.
#define SWEMU_FROM_INTEGER(name, instruction, type)                                                 \
  SWEMU_INLINE void swemu_##name(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b) { \
    swemu_v128 x = *(const swemu_v128 *)a;                                                          \
    __asm__ volatile(instruction " %1, %0" : "+x"(x) : "r"(*(const type *)b));                      \
    *(swemu_v128 *)d = x;                                                                           \
  }

SWEMU_FROM_INTEGER(cvtsi2ss32, "cvtsi2ssl", swemu_u32)
SWEMU_FROM_INTEGER(cvtsi2ss64, "cvtsi2ssq", swemu_u64)
SWEMU_FROM_INTEGER(cvtsi2sd32, "cvtsi2sdl", swemu_u32)
SWEMU_FROM_INTEGER(cvtsi2sd64, "cvtsi2sdq", swemu_u64)

// To a general-purpose register; what does not fit becomes the integer indefinite.
#define SWEMU_TO_INTEGER(name, from)                                                   \
  SWEMU_INLINE uint32_t swemu_##name##32(const void *_Nonnull b) {                     \
    uint32_t r;                                                                        \
    __asm__ volatile(#name "l %1, %0" : "=r"(r) : "x"(*(const from *)b));              \
    return r;                                                                          \
  }                                                                                    \
  SWEMU_INLINE uint64_t swemu_##name##64(const void *_Nonnull b) {                     \
    uint64_t r;                                                                        \
    __asm__ volatile(#name "q %1, %0" : "=r"(r) : "x"(*(const from *)b));              \
    return r;                                                                          \
  }

SWEMU_TO_INTEGER(cvtss2si, swemu_f32)
SWEMU_TO_INTEGER(cvttss2si, swemu_f32)
SWEMU_TO_INTEGER(cvtsd2si, swemu_f64)
SWEMU_TO_INTEGER(cvttsd2si, swemu_f64)
