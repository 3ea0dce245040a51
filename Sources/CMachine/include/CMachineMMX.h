// Instructions on MMX registers, as functions with one signature so that a micro-op can hold their address: they are too
// rare for handlers of their own. `d` is the destination register's 16 bytes in the CPU state, or a copy, `s` the source,
// `immediate` imm8 where there is one. Each is the processor's own instruction; EMMS leaves the host's x87 as it was.
#pragma once
#include "CMachineFloat.h"

#define SWEMU_MMX(name)                                                                                       \
  SWEMU_INLINE void swemu_mmx_##name(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {          \
    (void)immediate;                                                                                          \
    __asm__ volatile("movq %0, %%mm0\n\t" #name " %1, %%mm0\n\tmovq %%mm0, %0\n\temms"                      \
                     : "+m"(*(swemu_u64 *)d)                                                                  \
                     : "m"(*(const swemu_u64 *)s)                                                             \
                     : "mm0");                                                                                \
  }

SWEMU_MMX(paddb)
SWEMU_MMX(paddw)
SWEMU_MMX(paddd)
SWEMU_MMX(paddq)
SWEMU_MMX(psubb)
SWEMU_MMX(psubw)
SWEMU_MMX(psubd)
SWEMU_MMX(psubq)
SWEMU_MMX(paddsb)
SWEMU_MMX(paddsw)
SWEMU_MMX(paddusb)
SWEMU_MMX(paddusw)
SWEMU_MMX(psubsb)
SWEMU_MMX(psubsw)
SWEMU_MMX(psubusb)
SWEMU_MMX(psubusw)
SWEMU_MMX(pcmpeqb)
SWEMU_MMX(pcmpeqw)
SWEMU_MMX(pcmpeqd)
SWEMU_MMX(pcmpgtb)
SWEMU_MMX(pcmpgtw)
SWEMU_MMX(pcmpgtd)
SWEMU_MMX(pand)
SWEMU_MMX(pandn)
SWEMU_MMX(por)
SWEMU_MMX(pxor)
SWEMU_MMX(punpcklbw)
SWEMU_MMX(punpcklwd)
SWEMU_MMX(punpckldq)
SWEMU_MMX(punpckhbw)
SWEMU_MMX(punpckhwd)
SWEMU_MMX(punpckhdq)
SWEMU_MMX(packsswb)
SWEMU_MMX(packssdw)
SWEMU_MMX(packuswb)
SWEMU_MMX(pminub)
SWEMU_MMX(pmaxub)
SWEMU_MMX(pminsw)
SWEMU_MMX(pmaxsw)
SWEMU_MMX(pavgb)
SWEMU_MMX(pavgw)
SWEMU_MMX(pmullw)
SWEMU_MMX(pmulhw)
SWEMU_MMX(pmulhuw)
SWEMU_MMX(pmuludq)
SWEMU_MMX(pmaddwd)
SWEMU_MMX(psadbw)
SWEMU_MMX(psllw)
SWEMU_MMX(pslld)
SWEMU_MMX(psllq)
SWEMU_MMX(psrlw)
SWEMU_MMX(psrld)
SWEMU_MMX(psrlq)
SWEMU_MMX(psraw)
SWEMU_MMX(psrad)
// SSSE3
SWEMU_MMX(pshufb)
SWEMU_MMX(phaddw)
SWEMU_MMX(phaddd)
SWEMU_MMX(phaddsw)
SWEMU_MMX(phsubw)
SWEMU_MMX(phsubd)
SWEMU_MMX(phsubsw)
SWEMU_MMX(pmaddubsw)
SWEMU_MMX(pmulhrsw)
SWEMU_MMX(psignb)
SWEMU_MMX(psignw)
SWEMU_MMX(psignd)
SWEMU_MMX(pabsb)
SWEMU_MMX(pabsw)
SWEMU_MMX(pabsd)

// Bytes `immediate`… of d:s.
SWEMU_INLINE void swemu_mmx_palignr(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {
  uint64_t low = *(const swemu_u64 *)s, high = *(const swemu_u64 *)d;
  uint32_t bits = immediate * 8;
  *(swemu_u64 *)d = bits == 0 ? low : bits < 64 ? low >> bits | high << (64 - bits) : bits < 128 ? high >> (bits - 64) : 0;
}

// Shifts by an immediate count like those by a register.
#define SWEMU_MMX_SHIFT(name)                                                                                   \
  SWEMU_INLINE void swemu_mmx_##name##_immediate(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) { \
    (void)s;                                                                                                    \
    uint64_t count = immediate;                                                                                 \
    swemu_mmx_##name(d, &count, 0);                                                                             \
  }

SWEMU_MMX_SHIFT(psllw)
SWEMU_MMX_SHIFT(pslld)
SWEMU_MMX_SHIFT(psllq)
SWEMU_MMX_SHIFT(psrlw)
SWEMU_MMX_SHIFT(psrld)
SWEMU_MMX_SHIFT(psrlq)
SWEMU_MMX_SHIFT(psraw)
SWEMU_MMX_SHIFT(psrad)

SWEMU_INLINE void swemu_mmx_pshufw(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {
  uint64_t source = *(const swemu_u64 *)s, result = 0;
  for (int lane = 0; lane < 4; lane++) result |= (source >> (immediate >> lane * 2 & 3) * 16 & 0xffff) << lane * 16;
  *(swemu_u64 *)d = result;
}
SWEMU_INLINE void swemu_mmx_pinsrw(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {
  __builtin_memcpy((uint8_t *)d + (immediate & 3) * 2, s, 2);
}

// To general-purpose registers: the upper bits are cleared.
SWEMU_INLINE void swemu_mmx_pextrw(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {
  *(swemu_u64 *)d = *(const swemu_u64 *)s >> (immediate & 3) * 16 & 0xffff;
}
SWEMU_INLINE void swemu_mmx_pmovmskb(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {
  (void)immediate;
  uint64_t result = 0;
  for (int lane = 0; lane < 8; lane++) result |= (uint64_t)(((const uint8_t *)s)[lane] >> 7) << lane;
  *(swemu_u64 *)d = result;
}

// MOVD and MOVQ in both directions, MOVDQ2Q; MOVQ2DQ clears the upper half.
SWEMU_INLINE void swemu_mmx_move32(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {
  (void)immediate;
  *(swemu_u64 *)d = *(const swemu_u32 *)s;
}
SWEMU_INLINE void swemu_mmx_move64(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {
  (void)immediate;
  *(swemu_u64 *)d = *(const swemu_u64 *)s;
}
SWEMU_INLINE void swemu_mmx_movq2dq(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {
  (void)immediate;
  *(swemu_v128 *)d = (swemu_v128){(long long)*(const swemu_u64 *)s, 0};
}

// Conversions: two packed integers of an MMX register on one side. The packed doubles are 16 bytes.
#define SWEMU_MMX_FROM_INTEGER(name)                                                                   \
  SWEMU_INLINE void swemu_mmx_##name(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {   \
    (void)immediate;                                                                                   \
    swemu_v128 x = *(const swemu_v128 *)d;                                                             \
    __asm__ volatile(#name " %1, %0\n\temms" : "+x"(x) : "m"(*(const swemu_u64 *)s));                  \
    *(swemu_v128 *)d = x;                                                                              \
  }
SWEMU_MMX_FROM_INTEGER(cvtpi2ps)
SWEMU_MMX_FROM_INTEGER(cvtpi2pd)

#define SWEMU_MMX_TO_INTEGER(name, type)                                                              \
  SWEMU_INLINE void swemu_mmx_##name(void *_Nonnull d, const void *_Nonnull s, uint32_t immediate) {  \
    (void)immediate;                                                                                  \
    __asm__ volatile(#name " %1, %%mm0\n\tmovq %%mm0, %0\n\temms"                                     \
                     : "=m"(*(swemu_u64 *)d)                                                          \
                     : "x"(*(const type *)s)                                                          \
                     : "mm0");                                                                        \
  }
SWEMU_MMX_TO_INTEGER(cvtps2pi, swemu_f64)
SWEMU_MMX_TO_INTEGER(cvttps2pi, swemu_f64)
SWEMU_MMX_TO_INTEGER(cvtpd2pi, swemu_v128)
SWEMU_MMX_TO_INTEGER(cvttpd2pi, swemu_v128)
