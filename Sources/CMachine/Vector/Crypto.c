// AES-NI, PCLMULQDQ, SHA (SDM vol. 2, the instructions' own pages).
#include "Vector.h"

#define AES(name)                                          \
  SSE_BINARY(name, 0)                                      \
  VEX_BINARY_BODY(v##name##_1, "v" #name, "xmm", m16, m16) \
  ENTRY(v##name##_1, "v" #name, 1, 16, 0, 0)
AES(aesenc)
AES(aesenclast)
AES(aesdec)
AES(aesdeclast)
SSE_UNARY(aesimc, 0)
VEX_UNARY_BODY(vaesimc_1, "vaesimc", "xmm", m16)
ENTRY(vaesimc_1, "vaesimc", 1, 16, 0, 0)

/// AESKEYGENASSIST: the round constant only enters lanes 1 and 3, by exclusive or.
BODY(aeskeygenassist_0) {
  __asm__ volatile("movups %1, %%xmm1\n\taeskeygenassist $0, %%xmm1, %%xmm0\n\tmovups %%xmm0, %0"
                   : "=m"(*(m16 *)REG)
                   : "m"(*(const m16 *)rm)
                   : "xmm0", "xmm1");
  ((u32 *)REG)[1] ^= IMM;
  ((u32 *)REG)[3] ^= IMM;
}
ENTRY(aeskeygenassist_0, "aeskeygenassist", 0, 16, 15, 0)
BODY(vaeskeygenassist_1) {
  __asm__ volatile("vaeskeygenassist $0, %1, %%xmm0\n\tvmovups %%ymm0, %0"
                   : "=m"(*(m32 *)REG)
                   : "m"(*(const m16 *)rm)
                   : "xmm0");
  ((u32 *)REG)[1] ^= IMM;
  ((u32 *)REG)[3] ^= IMM;
}
ENTRY(vaeskeygenassist_1, "vaeskeygenassist", 1, 16, 0, 0)

/// imm8 bits 0 and 4 choose the quadwords.
#define MULTIPLY_CASES(CASE, ...) CASE(0, __VA_ARGS__) CASE(1, __VA_ARGS__) CASE(0x10, __VA_ARGS__) CASE(0x11, __VA_ARGS__)
BODY(pclmulqdq_0) { switch (IMM & 0x11) { MULTIPLY_CASES(SSE_BINARY_CASE, "pclmulqdq", m16) } }
ENTRY(pclmulqdq_0, "pclmulqdq", 0, 16, 15, 0)
BODY(vpclmulqdq_1) { switch (IMM & 0x11) { MULTIPLY_CASES(VEX_BINARY_CASE, "vpclmulqdq", "xmm", m16, m16) } }
ENTRY(vpclmulqdq_1, "vpclmulqdq", 1, 16, 0, 0)

// SHA's memory operands need no alignment: processors take any, whatever the manual's exception class says.
#define SHA(name)                  \
  SSE_BINARY_BODY(name##_0, #name) \
  ENTRY(name##_0, #name, 0, 16, 0, 0)
SHA(sha1msg1)
SHA(sha1msg2)
SHA(sha1nexte)
SHA(sha256msg1)
SHA(sha256msg2)
BODY(sha1rnds4_0) { switch (IMM & 3) { CASES_4(SSE_BINARY_CASE, "sha1rnds4", m16) } }
ENTRY(sha1rnds4_0, "sha1rnds4", 0, 16, 0, 0)
/// SHA256RNDS2 takes its round keys from XMM0.
BODY(sha256rnds2_0) {
  __asm__ volatile(
      "movups %0, %%xmm1\n\tmovups %1, %%xmm2\n\tmovups %2, %%xmm0\n\tsha256rnds2 %%xmm0, %%xmm2, %%xmm1\n\t"
      "movups %%xmm1, %0"
      : "+m"(*(m16 *)REG)
      : "m"(*(const m16 *)rm), "m"(*(const m16 *)&cpu->vector[0])
      : "xmm0", "xmm1", "xmm2");
}
ENTRY(sha256rnds2_0, "sha256rnds2", 0, 16, 0, 0)
