// Floating point beyond SSE2, and all of it in VEX encodings (SDM vol. 2, the instructions' own pages). Operand order
// decides which NaN survives and MXCSR the rest: the host's holds the guest's (Machine/CPU/MXCSR.swift).
#include "Vector.h"

// MARK: SSE3, SSE4.1

SSE_BINARY(addsubps, FLOAT)
SSE_BINARY(addsubpd, FLOAT)
SSE_BINARY(haddps, FLOAT)
SSE_BINARY(haddpd, FLOAT)
SSE_BINARY(hsubps, FLOAT)
SSE_BINARY(hsubpd, FLOAT)
SSE_BINARY_IMMEDIATE(roundps, 15, 16, FLOAT)
SSE_BINARY_IMMEDIATE(roundpd, 15, 16, FLOAT)
SSE_SHORT_IMMEDIATE(roundss, 15, 16, 4, FLOAT)
SSE_SHORT_IMMEDIATE(roundsd, 15, 16, 8, FLOAT)
SSE_BINARY_IMMEDIATE(dpps, 255, 256, 18)
SSE_BINARY_IMMEDIATE(dppd, 63, 64, 18)

// MARK: VEX

#define ARITHMETIC(name)                \
  VEX_BINARY(name##ps, FLOAT)           \
  VEX_BINARY(name##pd, FLOAT)           \
  VEX_BINARY_SHORT(name##ss, 4, FLOAT)  \
  VEX_BINARY_SHORT(name##sd, 8, FLOAT)
ARITHMETIC(vadd)
ARITHMETIC(vsub)
ARITHMETIC(vmul)
ARITHMETIC(vdiv)
ARITHMETIC(vmin)
ARITHMETIC(vmax)
VEX_UNARY(vsqrtps, FLOAT)
VEX_UNARY(vsqrtpd, FLOAT)
VEX_BINARY_SHORT(vsqrtss, 4, FLOAT)
VEX_BINARY_SHORT(vsqrtsd, 8, FLOAT)
VEX_UNARY(vrcpps, 0)
VEX_BINARY_SHORT(vrcpss, 4, 0)
VEX_UNARY(vrsqrtps, 0)
VEX_BINARY_SHORT(vrsqrtss, 4, 0)
VEX_BINARY(vaddsubps, FLOAT)
VEX_BINARY(vaddsubpd, FLOAT)
VEX_BINARY(vhaddps, FLOAT)
VEX_BINARY(vhaddpd, FLOAT)
VEX_BINARY(vhsubps, FLOAT)
VEX_BINARY(vhsubpd, FLOAT)
VEX_BINARY(vandps, 0)
VEX_BINARY(vandpd, 0)
VEX_BINARY(vandnps, 0)
VEX_BINARY(vandnpd, 0)
VEX_BINARY(vorps, 0)
VEX_BINARY(vorpd, 0)
VEX_BINARY(vxorps, 0)
VEX_BINARY(vxorpd, 0)
VEX_BINARY(vunpckhps, 0)
VEX_BINARY(vunpckhpd, 0)
VEX_BINARY(vunpcklps, 0)
VEX_BINARY(vunpcklpd, 0)

VEX_UNARY_IMMEDIATE(vroundps, 15, 16, FLOAT)
VEX_UNARY_IMMEDIATE(vroundpd, 15, 16, FLOAT)
VEX_SHORT_IMMEDIATE(vroundss, 15, 16, 4, FLOAT)
VEX_SHORT_IMMEDIATE(vroundsd, 15, 16, 8, FLOAT)
VEX_BINARY_IMMEDIATE(vcmpps, 31, 32, FLOAT)
VEX_BINARY_IMMEDIATE(vcmppd, 31, 32, FLOAT)
VEX_SHORT_IMMEDIATE(vcmpss, 31, 32, 4, FLOAT)
VEX_SHORT_IMMEDIATE(vcmpsd, 31, 32, 8, FLOAT)
// 18: FLOAT and SWEMU_VECTOR_STAGED.
VEX_BINARY_IMMEDIATE(vdpps, 255, 256, 18)
BODY(vdppd_1) { switch (IMM & 63) { CASES_64(VEX_BINARY_CASE, "vdppd", "xmm", m16, m16) } }
ENTRY(vdppd_1, "vdppd", 1, 16, 0, 18)

// MARK: Conversions

VEX_UNARY(vcvtdq2ps, FLOAT)
VEX_UNARY(vcvtps2dq, FLOAT)
VEX_UNARY(vcvttps2dq, FLOAT)
VEX_UNARY_SIZED(vcvtps2pd, 8, 16, FLOAT)
VEX_UNARY_SIZED(vcvtdq2pd, 8, 16, 0)
VEX_BINARY_SHORT(vcvtss2sd, 4, FLOAT)
VEX_BINARY_SHORT(vcvtsd2ss, 8, FLOAT)

/// To half the width: the assembler tells the lengths by a suffix.
#define NARROW(name)                                     \
  VEX_UNARY_BODY(name##_1, #name "x", "xmm", m16)        \
  ENTRY(name##_1, #name, 1, 16, 0, FLOAT)                \
  VEX_UNARY_BODY(name##_2, #name "y", "xmm", m32)        \
  ENTRY(name##_2, #name, 2, 32, 0, FLOAT)
NARROW(vcvtpd2ps)
NARROW(vcvtpd2dq)
NARROW(vcvttpd2dq)

/// From general registers or memory.
#define FROM_INTEGER(id, NAME, TEXT, BYTES)                                                                         \
  VEX_BINARY_BODY(id, TEXT, "xmm", m16, m##BYTES)                                                                   \
  ENTRY(id, NAME, 1, BYTES, 0, FLOAT)
FROM_INTEGER(vcvtsi2ss32_1, "vcvtsi2ss.32", "vcvtsi2ssl", 4)
FROM_INTEGER(vcvtsi2ss64_1, "vcvtsi2ss.64", "vcvtsi2ssq", 8)
FROM_INTEGER(vcvtsi2sd32_1, "vcvtsi2sd.32", "vcvtsi2sdl", 4)
FROM_INTEGER(vcvtsi2sd64_1, "vcvtsi2sd.64", "vcvtsi2sdq", 8)

// MARK: F16C. FTZ and DAZ do not concern half precision; the processor knows.

VEX_UNARY_SIZED(vcvtph2ps, 8, 16, FLOAT)
// MXCSR.RC counts where imm8[2] is set.
#define TO_HALF_CASE(n, R, M)                                                                    \
  case n:                                                                                        \
    __asm__ volatile("vmovups %1, %%" R "0\n\tvcvtps2ph $" #n ", %%" R "0, %%xmm0\n\tvmovups %%ymm0, %0" \
                     : "=m"(*(m32 *)REG)                                                         \
                     : "m"(*(const M *)rm)                                                       \
                     : "xmm0");                                                                  \
    break;
#define TO_HALF_STORE_CASE(n, R, S, M)                                                           \
  case n:                                                                                        \
    __asm__ volatile("vmovups %1, %%" R "0\n\tvcvtps2ph $" #n ", %%" R "0, %0"                   \
                     : "=m"(*(S *)rm)                                                            \
                     : "m"(*(const M *)REG)                                                      \
                     : "xmm0");                                                                  \
    break;
BODY(vcvtps2ph_1) { switch (IMM & 7) { CASES_8(TO_HALF_CASE, "xmm", m16) } }
ENTRY(vcvtps2ph_1, "vcvtps2ph", 1, 0, 0, FLOAT)
BODY(vcvtps2ph_2) { switch (IMM & 7) { CASES_8(TO_HALF_CASE, "ymm", m32) } }
ENTRY(vcvtps2ph_2, "vcvtps2ph", 2, 0, 0, FLOAT)
BODY(vcvtps2ph_s_1) { switch (IMM & 7) { CASES_8(TO_HALF_STORE_CASE, "xmm", m8, m16) } }
ENTRY(vcvtps2ph_s_1, "vcvtps2ph.s", 1, 8, 0, 3)
BODY(vcvtps2ph_s_2) { switch (IMM & 7) { CASES_8(TO_HALF_STORE_CASE, "ymm", m16, m32) } }
ENTRY(vcvtps2ph_s_2, "vcvtps2ph.s", 2, 16, 0, 3)

// MARK: FMA

#define FMA_BODY(id, TEXT, R, A, M)                                                                              \
  BODY(id) {                                                                                                     \
    __asm__ volatile("vmovups %0, %%" R "0\n\tvmovups %1, %%" R "1\n\t" TEXT " %2, %%" R "1, %%" R "0\n\t"       \
                     "vmovups %%ymm0, %0"                                                                        \
                     : "+m"(*(m32 *)REG)                                                                         \
                     : "m"(*(const A *)VVVV), "m"(*(const M *)rm)                                                \
                     : "xmm0", "xmm1");                                                                          \
  }
#define FMA_PACKED(name)                            \
  FMA_BODY(name##_1, #name, "xmm", m16, m16)        \
  ENTRY(name##_1, #name, 1, 16, 0, FLOAT)           \
  FMA_BODY(name##_2, #name, "ymm", m32, m32)        \
  ENTRY(name##_2, #name, 2, 32, 0, FLOAT)
#define FMA_SCALAR(name, BYTES)                     \
  FMA_BODY(name##_1, #name, "xmm", m16, m##BYTES)   \
  ENTRY(name##_1, #name, 1, BYTES, 0, FLOAT)
#define FMA_ORDER(name)    \
  FMA_PACKED(name##ps)     \
  FMA_PACKED(name##pd)     \
  FMA_SCALAR(name##ss, 4)  \
  FMA_SCALAR(name##sd, 8)
FMA_ORDER(vfmadd132)
FMA_ORDER(vfmadd213)
FMA_ORDER(vfmadd231)
FMA_ORDER(vfmsub132)
FMA_ORDER(vfmsub213)
FMA_ORDER(vfmsub231)
FMA_ORDER(vfnmadd132)
FMA_ORDER(vfnmadd213)
FMA_ORDER(vfnmadd231)
FMA_ORDER(vfnmsub132)
FMA_ORDER(vfnmsub213)
FMA_ORDER(vfnmsub231)
FMA_PACKED(vfmaddsub132ps)
FMA_PACKED(vfmaddsub132pd)
FMA_PACKED(vfmaddsub213ps)
FMA_PACKED(vfmaddsub213pd)
FMA_PACKED(vfmaddsub231ps)
FMA_PACKED(vfmaddsub231pd)
FMA_PACKED(vfmsubadd132ps)
FMA_PACKED(vfmsubadd132pd)
FMA_PACKED(vfmsubadd213ps)
FMA_PACKED(vfmsubadd213pd)
FMA_PACKED(vfmsubadd231ps)
FMA_PACKED(vfmsubadd231pd)
