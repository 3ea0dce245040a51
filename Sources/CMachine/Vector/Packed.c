// Packed integers beyond SSE2, and all of them in VEX encodings (SDM vol. 2, the instructions' own pages).
#include "Vector.h"

// MARK: SSSE3, SSE4.1, SSE4.2

SSE_BINARY(pshufb, 0)
SSE_BINARY(phaddw, 0)
SSE_BINARY(phaddd, 0)
SSE_BINARY(phaddsw, 0)
SSE_BINARY(phsubw, 0)
SSE_BINARY(phsubd, 0)
SSE_BINARY(phsubsw, 0)
SSE_BINARY(pmaddubsw, 0)
SSE_BINARY(pmulhrsw, 0)
SSE_BINARY(psignb, 0)
SSE_BINARY(psignw, 0)
SSE_BINARY(psignd, 0)
SSE_UNARY(pabsb, 0)
SSE_UNARY(pabsw, 0)
SSE_UNARY(pabsd, 0)
SSE_BINARY(packusdw, 0)
SSE_BINARY(pcmpeqq, 0)
SSE_BINARY(pcmpgtq, 0)
SSE_BINARY(pmaxsb, 0)
SSE_BINARY(pmaxsd, 0)
SSE_BINARY(pmaxud, 0)
SSE_BINARY(pmaxuw, 0)
SSE_BINARY(pminsb, 0)
SSE_BINARY(pminsd, 0)
SSE_BINARY(pminud, 0)
SSE_BINARY(pminuw, 0)
SSE_BINARY(pmuldq, 0)
SSE_BINARY(pmulld, 0)
SSE_UNARY(phminposuw, 0)
SSE_UNARY_SHORT(pmovsxbw, 8, 0)
SSE_UNARY_SHORT(pmovsxbd, 4, 0)
SSE_UNARY_SHORT(pmovsxbq, 2, 0)
SSE_UNARY_SHORT(pmovsxwd, 8, 0)
SSE_UNARY_SHORT(pmovsxwq, 4, 0)
SSE_UNARY_SHORT(pmovsxdq, 8, 0)
SSE_UNARY_SHORT(pmovzxbw, 8, 0)
SSE_UNARY_SHORT(pmovzxbd, 4, 0)
SSE_UNARY_SHORT(pmovzxbq, 2, 0)
SSE_UNARY_SHORT(pmovzxwd, 8, 0)
SSE_UNARY_SHORT(pmovzxwq, 4, 0)
SSE_UNARY_SHORT(pmovzxdq, 8, 0)
SSE_BINARY_IMMEDIATE(mpsadbw, 7, 8, 0)

// MARK: VEX

VEX_BINARY(vpaddb, 0)
VEX_BINARY(vpaddw, 0)
VEX_BINARY(vpaddd, 0)
VEX_BINARY(vpaddq, 0)
VEX_BINARY(vpaddsb, 0)
VEX_BINARY(vpaddsw, 0)
VEX_BINARY(vpaddusb, 0)
VEX_BINARY(vpaddusw, 0)
VEX_BINARY(vpsubb, 0)
VEX_BINARY(vpsubw, 0)
VEX_BINARY(vpsubd, 0)
VEX_BINARY(vpsubq, 0)
VEX_BINARY(vpsubsb, 0)
VEX_BINARY(vpsubsw, 0)
VEX_BINARY(vpsubusb, 0)
VEX_BINARY(vpsubusw, 0)
VEX_BINARY(vpand, 0)
VEX_BINARY(vpandn, 0)
VEX_BINARY(vpor, 0)
VEX_BINARY(vpxor, 0)
VEX_BINARY(vpavgb, 0)
VEX_BINARY(vpavgw, 0)
VEX_BINARY(vpcmpeqb, 0)
VEX_BINARY(vpcmpeqw, 0)
VEX_BINARY(vpcmpeqd, 0)
VEX_BINARY(vpcmpeqq, 0)
VEX_BINARY(vpcmpgtb, 0)
VEX_BINARY(vpcmpgtw, 0)
VEX_BINARY(vpcmpgtd, 0)
VEX_BINARY(vpcmpgtq, 0)
VEX_BINARY(vphaddw, 0)
VEX_BINARY(vphaddd, 0)
VEX_BINARY(vphaddsw, 0)
VEX_BINARY(vphsubw, 0)
VEX_BINARY(vphsubd, 0)
VEX_BINARY(vphsubsw, 0)
VEX_BINARY(vpmaddubsw, 0)
VEX_BINARY(vpmaddwd, 0)
VEX_BINARY(vpmaxsb, 0)
VEX_BINARY(vpmaxsw, 0)
VEX_BINARY(vpmaxsd, 0)
VEX_BINARY(vpmaxub, 0)
VEX_BINARY(vpmaxuw, 0)
VEX_BINARY(vpmaxud, 0)
VEX_BINARY(vpminsb, 0)
VEX_BINARY(vpminsw, 0)
VEX_BINARY(vpminsd, 0)
VEX_BINARY(vpminub, 0)
VEX_BINARY(vpminuw, 0)
VEX_BINARY(vpminud, 0)
VEX_BINARY(vpmuldq, 0)
VEX_BINARY(vpmulhrsw, 0)
VEX_BINARY(vpmulhuw, 0)
VEX_BINARY(vpmulhw, 0)
VEX_BINARY(vpmulld, 0)
VEX_BINARY(vpmullw, 0)
VEX_BINARY(vpmuludq, 0)
VEX_BINARY(vpsadbw, 0)
VEX_BINARY(vpsignb, 0)
VEX_BINARY(vpsignw, 0)
VEX_BINARY(vpsignd, 0)
VEX_BINARY(vpackssdw, 0)
VEX_BINARY(vpacksswb, 0)
VEX_BINARY(vpackusdw, 0)
VEX_BINARY(vpackuswb, 0)
VEX_BINARY(vpunpckhbw, 0)
VEX_BINARY(vpunpckhwd, 0)
VEX_BINARY(vpunpckhdq, 0)
VEX_BINARY(vpunpckhqdq, 0)
VEX_BINARY(vpunpcklbw, 0)
VEX_BINARY(vpunpcklwd, 0)
VEX_BINARY(vpunpckldq, 0)
VEX_BINARY(vpunpcklqdq, 0)
VEX_BINARY(vpshufb, 0)
VEX_BINARY(vpsllvd, 0)
VEX_BINARY(vpsllvq, 0)
VEX_BINARY(vpsravd, 0)
VEX_BINARY(vpsrlvd, 0)
VEX_BINARY(vpsrlvq, 0)
VEX_UNARY(vpabsb, 0)
VEX_UNARY(vpabsw, 0)
VEX_UNARY(vpabsd, 0)
VEX_UNARY_SIZED(vpmovsxbw, 8, 16, 0)
VEX_UNARY_SIZED(vpmovsxbd, 4, 8, 0)
VEX_UNARY_SIZED(vpmovsxbq, 2, 4, 0)
VEX_UNARY_SIZED(vpmovsxwd, 8, 16, 0)
VEX_UNARY_SIZED(vpmovsxwq, 4, 8, 0)
VEX_UNARY_SIZED(vpmovsxdq, 8, 16, 0)
VEX_UNARY_SIZED(vpmovzxbw, 8, 16, 0)
VEX_UNARY_SIZED(vpmovzxbd, 4, 8, 0)
VEX_UNARY_SIZED(vpmovzxbq, 2, 4, 0)
VEX_UNARY_SIZED(vpmovzxwd, 8, 16, 0)
VEX_UNARY_SIZED(vpmovzxwq, 4, 8, 0)
VEX_UNARY_SIZED(vpmovzxdq, 8, 16, 0)
VEX_UNARY_BODY(vphminposuw_1, "vphminposuw", "xmm", m16)
ENTRY(vphminposuw_1, "vphminposuw", 1, 16, 0, 0)
VEX_BINARY_BODY(vpermd_2, "vpermd", "ymm", m32, m32)
ENTRY(vpermd_2, "vpermd", 2, 32, 0, 0)
VEX_BINARY_BODY(vpermps_2, "vpermps", "ymm", m32, m32)
ENTRY(vpermps_2, "vpermps", 2, 32, 0, 0)

BODY(vmpsadbw_1) { switch (IMM & 7) { CASES_8(VEX_BINARY_CASE, "vmpsadbw", "xmm", m16, m16) } }
ENTRY(vmpsadbw_1, "vmpsadbw", 1, 16, 0, 0)
BODY(vmpsadbw_2) { switch (IMM & 63) { CASES_64(VEX_BINARY_CASE, "vmpsadbw", "ymm", m32, m32) } }
ENTRY(vmpsadbw_2, "vmpsadbw", 2, 32, 0, 0)

// MARK: Shifts by a count in xmm/m128, and by an immediate (`NAME.i`: REG = rm shifted)

#define VEX_SHIFT(name)                                                                              \
  VEX_BINARY_BODY(name##_1, #name, "xmm", m16, m16)                                                  \
  ENTRY(name##_1, #name, 1, 16, 0, 0)                                                                \
  VEX_BINARY_BODY(name##_2, #name, "ymm", m32, m16)                                                  \
  ENTRY(name##_2, #name, 2, 16, 0, 0)                                                                \
  VEX_SHIFT_IMMEDIATE(name, 1, "xmm", m16)                                                           \
  VEX_SHIFT_IMMEDIATE(name, 2, "ymm", m32)
#define VEX_SHIFT_IMMEDIATE(name, LENGTH, R, M)                                                      \
  BODY(name##_i_##LENGTH) {                                                                          \
    uint32_t count = IMM;                                                                            \
    __asm__ volatile("vmovd %2, %%xmm1\n\tvmovups %1, %%" R "0\n\t" #name " %%xmm1, %%" R "0, %%" R "0\n\t" \
                     "vmovups %%ymm0, %0"                                                            \
                     : "=m"(*(m32 *)REG)                                                             \
                     : "m"(*(const M *)rm), "r"(count)                                               \
                     : "xmm0", "xmm1");                                                              \
  }                                                                                                  \
  ENTRY(name##_i_##LENGTH, #name ".i", LENGTH, 0, 0, 0)

VEX_SHIFT(vpsllw)
VEX_SHIFT(vpslld)
VEX_SHIFT(vpsllq)
VEX_SHIFT(vpsrlw)
VEX_SHIFT(vpsrld)
VEX_SHIFT(vpsrlq)
VEX_SHIFT(vpsraw)
VEX_SHIFT(vpsrad)

// MARK: Sign bits and tests

BODY(vpmovmskb_2) {
  uint32_t mask;
  __asm__ volatile("vmovups %1, %%ymm0\n\tvpmovmskb %%ymm0, %0" : "=r"(mask) : "m"(*(const m32 *)rm) : "xmm0");
  *(u64 *)REG = mask;
}
ENTRY(vpmovmskb_2, "vpmovmskb", 2, 0, 0, 0)
BODY(vmovmskps_2) {
  uint32_t mask;
  __asm__ volatile("vmovups %1, %%ymm0\n\tvmovmskps %%ymm0, %0" : "=r"(mask) : "m"(*(const m32 *)rm) : "xmm0");
  *(u64 *)REG = mask;
}
ENTRY(vmovmskps_2, "vmovmskps", 2, 0, 0, 0)
BODY(vmovmskpd_2) {
  uint32_t mask;
  __asm__ volatile("vmovups %1, %%ymm0\n\tvmovmskpd %%ymm0, %0" : "=r"(mask) : "m"(*(const m32 *)rm) : "xmm0");
  *(u64 *)REG = mask;
}
ENTRY(vmovmskpd_2, "vmovmskpd", 2, 0, 0, 0)

#define TEST(id, NAME, LENGTH, TEXT, MOVE, R, M, BYTES, ALIGNMENT)                            \
  BODY(id) {                                                                                  \
    uint8_t zero, carry;                                                                      \
    __asm__ volatile(MOVE " %2, %%" R "0\n\t" MOVE " %3, %%" R "1\n\t" TEXT " %%" R "1, %%" R "0" \
                     : "=@ccz"(zero), "=@ccc"(carry)                                          \
                     : "m"(*(const M *)REG), "m"(*(const M *)rm)                              \
                     : "xmm0", "xmm1");                                                       \
    swemu_set_flags(cpu, (uint64_t)zero << 6 | carry);                                        \
  }                                                                                           \
  ENTRY(id, NAME, LENGTH, BYTES, ALIGNMENT, 0)
TEST(ptest_0, "ptest", 0, "ptest", "movups", "xmm", m16, 16, 15)
TEST(vptest_1, "vptest", 1, "vptest", "vmovups", "xmm", m16, 16, 0)
TEST(vptest_2, "vptest", 2, "vptest", "vmovups", "ymm", m32, 32, 0)
TEST(vtestps_1, "vtestps", 1, "vtestps", "vmovups", "xmm", m16, 16, 0)
TEST(vtestps_2, "vtestps", 2, "vtestps", "vmovups", "ymm", m32, 32, 0)
TEST(vtestpd_1, "vtestpd", 1, "vtestpd", "vmovups", "xmm", m16, 16, 0)
TEST(vtestpd_2, "vtestpd", 2, "vtestpd", "vmovups", "ymm", m32, 32, 0)
