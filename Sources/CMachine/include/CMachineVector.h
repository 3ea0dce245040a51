// Integer, logical and byte-moving operations of SSE2 on 16 bytes: `d = a op b`, each the processor's own instruction;
// `d` may be `a` or `b`.
#pragma once
#include "CMachineFloat.h"

#define SWEMU_PACKED(name)                                                                          \
  SWEMU_INLINE void swemu_##name(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b) { \
    swemu_v128 x = *(const swemu_v128 *)a;                                                          \
    __asm__(#name " %1, %0" : "+x"(x) : "x"(*(const swemu_v128 *)b));                               \
    *(swemu_v128 *)d = x;                                                                           \
  }

SWEMU_PACKED(paddb)
SWEMU_PACKED(paddw)
SWEMU_PACKED(paddd)
SWEMU_PACKED(paddq)
SWEMU_PACKED(psubb)
SWEMU_PACKED(psubw)
SWEMU_PACKED(psubd)
SWEMU_PACKED(psubq)
SWEMU_PACKED(paddsb)
SWEMU_PACKED(paddsw)
SWEMU_PACKED(paddusb)
SWEMU_PACKED(paddusw)
SWEMU_PACKED(psubsb)
SWEMU_PACKED(psubsw)
SWEMU_PACKED(psubusb)
SWEMU_PACKED(psubusw)
SWEMU_PACKED(pcmpeqb)
SWEMU_PACKED(pcmpeqw)
SWEMU_PACKED(pcmpeqd)
SWEMU_PACKED(pcmpgtb)
SWEMU_PACKED(pcmpgtw)
SWEMU_PACKED(pcmpgtd)
SWEMU_PACKED(pand)
SWEMU_PACKED(pandn)
SWEMU_PACKED(por)
SWEMU_PACKED(pxor)
SWEMU_PACKED(punpcklbw)
SWEMU_PACKED(punpcklwd)
SWEMU_PACKED(punpckldq)
SWEMU_PACKED(punpcklqdq)
SWEMU_PACKED(punpckhbw)
SWEMU_PACKED(punpckhwd)
SWEMU_PACKED(punpckhdq)
SWEMU_PACKED(punpckhqdq)
SWEMU_PACKED(packsswb)
SWEMU_PACKED(packssdw)
SWEMU_PACKED(packuswb)
SWEMU_PACKED(pminub)
SWEMU_PACKED(pmaxub)
SWEMU_PACKED(pminsw)
SWEMU_PACKED(pmaxsw)
SWEMU_PACKED(pavgb)
SWEMU_PACKED(pavgw)
SWEMU_PACKED(pmullw)
SWEMU_PACKED(pmulhw)
SWEMU_PACKED(pmulhuw)
SWEMU_PACKED(pmuludq)
SWEMU_PACKED(pmaddwd)
SWEMU_PACKED(psadbw)
SWEMU_PACKED(psllw)
SWEMU_PACKED(pslld)
SWEMU_PACKED(psllq)
SWEMU_PACKED(psrlw)
SWEMU_PACKED(psrld)
SWEMU_PACKED(psrlq)
SWEMU_PACKED(psraw)
SWEMU_PACKED(psrad)

// All bits alike.
SWEMU_INLINE void swemu_fill(void *_Nonnull d, int bit) {
  *(swemu_v128 *)d = bit ? (swemu_v128){-1, -1} : (swemu_v128){0, 0};
}

// Moves into part of a register.
SWEMU_INLINE void swemu_movss(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b) {
  swemu_v128 x = *(const swemu_v128 *)a;
  __asm__("movss %1, %0" : "+x"(x) : "x"(*(const swemu_f32 *)b));
  *(swemu_v128 *)d = x;
}
SWEMU_INLINE void swemu_movlps(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b) {
  *(swemu_v128 *)d = (swemu_v128){(long long)*(const swemu_u64 *)b, (*(const swemu_v128 *)a)[1]};
}
SWEMU_INLINE void swemu_movhps(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b) {
  *(swemu_v128 *)d = (swemu_v128){(*(const swemu_v128 *)a)[0], (long long)*(const swemu_u64 *)b};
}

// Moves that clear the rest of a register.
SWEMU_INLINE void swemu_load32(void *_Nonnull d, const void *_Nonnull b) {
  *(swemu_v128 *)d = (swemu_v128){*(const swemu_u32 *)b, 0};
}
SWEMU_INLINE void swemu_load64(void *_Nonnull d, const void *_Nonnull b) {
  *(swemu_v128 *)d = (swemu_v128){*(const swemu_u64 *)b, 0};
}

// One bit a lane: the sign bits.
#define SWEMU_SIGNS(name)                                                              \
  SWEMU_INLINE uint32_t swemu_##name(const void *_Nonnull b) {                         \
    uint32_t r;                                                                        \
    __asm__(#name " %1, %0" : "=r"(r) : "x"(*(const swemu_v128 *)b));                  \
    return r;                                                                          \
  }

SWEMU_SIGNS(pmovmskb)
SWEMU_SIGNS(movmskps)
SWEMU_SIGNS(movmskpd)

// Byte i of the result is byte `masks[i]` of `b`, or 0 where the mask's top bit is set. PSHUFB is SSSE3, which a host may
// lack: the portable one is for those.
SWEMU_INLINE void swemu_shuffle(void *_Nonnull d, const void *_Nonnull b, const void *_Nonnull mask) {
  swemu_v128 x = *(const swemu_v128 *)b;
  __asm__("pshufb %1, %0" : "+x"(x) : "x"(*(const swemu_v128 *)mask));
  *(swemu_v128 *)d = x;
}
SWEMU_INLINE void swemu_shuffle_portable(void *_Nonnull d, const void *_Nonnull b, const void *_Nonnull mask) {
  uint8_t source[16], result[16];
  __builtin_memcpy(source, b, 16);
  for (int i = 0; i < 16; i++) {
    uint8_t from = ((const uint8_t *)mask)[i];
    result[i] = from & 0x80 ? 0 : source[from & 15];
  }
  __builtin_memcpy(d, result, 16);
}

// The same from two sources, each with its mask: 16 bytes for `a`, then 16 for `b`.
SWEMU_INLINE void swemu_shuffle2(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b,
                                 const void *_Nonnull masks) {
  swemu_v128 x = *(const swemu_v128 *)a, y = *(const swemu_v128 *)b;
  __asm__("pshufb %1, %0" : "+x"(x) : "x"(*(const swemu_v128 *)masks));
  __asm__("pshufb %1, %0" : "+x"(y) : "x"(((const swemu_v128 *)masks)[1]));
  *(swemu_v128 *)d = x | y;
}
SWEMU_INLINE void swemu_shuffle2_portable(void *_Nonnull d, const void *_Nonnull a, const void *_Nonnull b,
                                          const void *_Nonnull masks) {
  swemu_v128 x, y;
  swemu_shuffle_portable(&x, a, masks);
  swemu_shuffle_portable(&y, b, (const uint8_t *)masks + 16);
  *(swemu_v128 *)d = x | y;
}

/// Whether the host has PSHUFB (CPUID leaf 1, ECX bit 9).
SWEMU_INLINE int swemu_host_has_ssse3(void) {
  uint32_t a = 1, b, c = 0, d;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  return c >> 9 & 1;
}
