// Shuffles, blends and shifts of bytes by an immediate (SDM vol. 2, the instructions' own pages). A control vector is
// made of the immediate, for which the processor has instructions that take one.
#include "Vector.h"

typedef swemu_v128 v128;

static const uint32_t pairs[8] __attribute__((aligned(32))) = {0, 2, 4, 6, 0, 2, 4, 6};
static const uint64_t counts[4] __attribute__((aligned(32))) = {0, 1, 2, 3};
static const uint64_t even_counts[4] __attribute__((aligned(32))) = {0, 2, 4, 6};
static const uint32_t bits32[8] __attribute__((aligned(32))) = {1, 2, 4, 8, 16, 32, 64, 128};
static const uint64_t bits64[4] __attribute__((aligned(32))) = {1, 2, 4, 8};
static const uint16_t bits16[16] __attribute__((aligned(32))) = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};

/// `CONTROL` makes a control vector in register 1 from the immediate in `%k3`, with the constants `%4`; `OPERATION` uses
/// it on VVVV (`%1`) and rm (`%2`) and leaves the result in register 0.
#define CONTROLLED(id, NAME, LENGTH, R, M, BYTES, CONSTANTS, CONTROL, OPERATION)                                  \
  BODY(id) {                                                                                                      \
    uint32_t immediate = IMM;                                                                                     \
    __asm__ volatile("vmovd %k3, %%xmm1\n\t" CONTROL OPERATION "vmovups %%ymm0, %0"                               \
                     : "=m"(*(m32 *)REG)                                                                          \
                     : "m"(*(const M *)VVVV), "m"(*(const M *)rm), "r"(immediate), "m"(CONSTANTS)                 \
                     : "xmm0", "xmm1", "xmm2");                                                                   \
  }                                                                                                               \
  ENTRY(id, NAME, LENGTH, BYTES, 0, 0)

#define BY_PAIRS(R) "vpbroadcastd %%xmm1, %%" R "1\n\tvpsrlvd %4, %%" R "1, %%" R "1\n\t"
#define BY_BITS(R)                                                        \
  "vpbroadcastq %%xmm1, %%" R "1\n\tvpsrlvq %4, %%" R "1, %%" R "1\n\t"   \
  "vpaddq %%" R "1, %%" R "1, %%" R "1\n\t"

#define BOTH(name, NAME, CONSTANTS, CONTROL, OPERATION)                                            \
  CONTROLLED(name##_1, NAME, 1, "xmm", m16, 16, CONSTANTS, CONTROL("xmm"), OPERATION("xmm"))       \
  CONTROLLED(name##_2, NAME, 2, "ymm", m32, 32, CONSTANTS, CONTROL("ymm"), OPERATION("ymm"))

#define PERMUTE_SINGLES(R) "vpermilps %%" R "1, %2, %%" R "0\n\t"
#define PERMUTE_SINGLES_(R) "vmovups %2, %%" R "0\n\tvpermilps %%" R "1, %%" R "0, %%" R "0\n\t"
#define PERMUTE_DOUBLES(R) "vmovups %2, %%" R "0\n\tvpermilpd %%" R "1, %%" R "0, %%" R "0\n\t"
#define SHUFFLE_SINGLES(R)                                                                 \
  "vmovups %1, %%" R "0\n\tvmovups %2, %%" R "2\n\tvpermilps %%" R "1, %%" R "0, %%" R "0\n\t" \
  "vpermilps %%" R "1, %%" R "2, %%" R "2\n\tvblendps $0xcc, %%" R "2, %%" R "0, %%" R "0\n\t"
#define SHUFFLE_DOUBLES(R)                                                                 \
  "vmovups %1, %%" R "0\n\tvmovups %2, %%" R "2\n\tvpermilpd %%" R "1, %%" R "0, %%" R "0\n\t" \
  "vpermilpd %%" R "1, %%" R "2, %%" R "2\n\tvblendpd $0xa, %%" R "2, %%" R "0, %%" R "0\n\t"

BOTH(vpshufd, "vpshufd", pairs, BY_PAIRS, PERMUTE_SINGLES_)
BOTH(vpermilps_i, "vpermilps.i", pairs, BY_PAIRS, PERMUTE_SINGLES_)
BOTH(vpermilpd_i, "vpermilpd.i", counts, BY_BITS, PERMUTE_DOUBLES)
BOTH(vshufps, "vshufps", pairs, BY_PAIRS, SHUFFLE_SINGLES)
BOTH(vshufpd, "vshufpd", counts, BY_BITS, SHUFFLE_DOUBLES)
VEX_BINARY(vpermilps, 0)
VEX_BINARY(vpermilpd, 0)

// VPERMQ and VPERMPD: each quadword as two doublewords for VPERMD.
CONTROLLED(vpermq_2, "permute.64", 2, "ymm", m32, 32, even_counts,
           "vpbroadcastq %%xmm1, %%ymm1\n\tvpsrlvq %4, %%ymm1, %%ymm1\n\tvpcmpeqd %%ymm2, %%ymm2, %%ymm2\n\t"
           "vpsrlq $62, %%ymm2, %%ymm2\n\tvpand %%ymm2, %%ymm1, %%ymm1\n\tvpaddq %%ymm1, %%ymm1, %%ymm1\n\t"
           "vpsllq $32, %%ymm1, %%ymm0\n\tvpor %%ymm0, %%ymm1, %%ymm1\n\tvpcmpeqd %%ymm2, %%ymm2, %%ymm2\n\t"
           "vpsrlq $63, %%ymm2, %%ymm2\n\tvpsllq $32, %%ymm2, %%ymm2\n\tvpor %%ymm2, %%ymm1, %%ymm1\n\t",
           "vpermd %2, %%ymm1, %%ymm0\n\t")

#define MASK32(R) "vpbroadcastd %%xmm1, %%" R "1\n\tvpand %4, %%" R "1, %%" R "1\n\tvpcmpeqd %4, %%" R "1, %%" R "1\n\t"
#define MASK64(R) "vpbroadcastq %%xmm1, %%" R "1\n\tvpand %4, %%" R "1, %%" R "1\n\tvpcmpeqq %4, %%" R "1, %%" R "1\n\t"
#define MASK16(R) "vpbroadcastw %%xmm1, %%" R "1\n\tvpand %4, %%" R "1, %%" R "1\n\tvpcmpeqw %4, %%" R "1, %%" R "1\n\t"
#define BLEND(R) "vmovups %1, %%" R "0\n\tvpblendvb %%" R "1, %2, %%" R "0, %%" R "0\n\t"
BOTH(vpblendd, "vpblendd", bits32, MASK32, BLEND)
BOTH(vblendps, "vblendps", bits32, MASK32, BLEND)
BOTH(vblendpd, "vblendpd", bits64, MASK64, BLEND)
BOTH(vpblendw, "vpblendw", bits16, MASK16, BLEND)

#define BLEND_BY_REGISTER(name)                                                                                \
  BLEND_BY_REGISTER_(name##_1, #name, 1, "xmm", m16, 16)                                                       \
  BLEND_BY_REGISTER_(name##_2, #name, 2, "ymm", m32, 32)
#define BLEND_BY_REGISTER_(id, NAME, LENGTH, R, M, BYTES)                                                      \
  BODY(id) {                                                                                                   \
    __asm__ volatile("vmovups %1, %%" R "0\n\tvmovups %3, %%" R "1\n\t" NAME " %%" R "1, %2, %%" R "0, %%" R "0\n\t" \
                     "vmovups %%ymm0, %0"                                                                      \
                     : "=m"(*(m32 *)REG)                                                                       \
                     : "m"(*(const M *)VVVV), "m"(*(const M *)rm), "m"(*(const M *)IS4)                        \
                     : "xmm0", "xmm1");                                                                        \
  }                                                                                                            \
  ENTRY(id, NAME, LENGTH, BYTES, 0, 0)
BLEND_BY_REGISTER(vblendvps)
BLEND_BY_REGISTER(vblendvpd)
BLEND_BY_REGISTER(vpblendvb)

/// The legacy forms take the mask from XMM0.
#define BLEND_BY_XMM0(name)                                                                                    \
  BODY(name##_0) {                                                                                             \
    __asm__ volatile("movups %0, %%xmm1\n\tmovups %1, %%xmm2\n\tmovups %2, %%xmm0\n\t"                          \
                     #name " %%xmm0, %%xmm2, %%xmm1\n\tmovups %%xmm1, %0"                                      \
                     : "+m"(*(m16 *)REG)                                                                       \
                     : "m"(*(const m16 *)rm), "m"(*(const m16 *)&cpu->vector[0])                               \
                     : "xmm0", "xmm1", "xmm2");                                                                \
  }                                                                                                            \
  ENTRY(name##_0, #name, 0, 16, 15, 0)
BLEND_BY_XMM0(blendvps)
BLEND_BY_XMM0(blendvpd)
BLEND_BY_XMM0(pblendvb)

SSE_BINARY_IMMEDIATE(blendps, 15, 16, 0)
SSE_BINARY_IMMEDIATE(blendpd, 3, 4, 0)

/// PBLENDW: lane by lane, without SSE4.1's instruction in 256 copies.
BODY(pblendw_0) {
  typedef short v16 __attribute__((vector_size(16), aligned(1), may_alias));
  v16 bits = {1, 2, 4, 8, 16, 32, 64, 128};
  v16 immediate = (v16){0} + (short)IMM;
  v16 mask = (immediate & bits) == bits;
  *(v16 *)REG = (*(const v16 *)rm & mask) | (*(const v16 *)REG & ~mask);
}
ENTRY(pblendw_0, "pblendw", 0, 16, 15, 0)

// PSHUFLW, PSHUFHW: a mask of bytes for PSHUFB, from a table for the four words concerned.
#define WORD(i, lane) ((uint64_t)(((i) >> (2 * (lane)) & 3) * 0x202 + 0x100) << (16 * (lane)))
#define WORDS(i, ...) WORD(i, 0) | WORD(i, 1) | WORD(i, 2) | WORD(i, 3),
static const uint64_t word_masks[256] = {CASES_256(WORDS, 0)};
#define SHUFFLE_WORDS(id, NAME, LENGTH, R, M, BYTES, LOW, HIGH)                                                  \
  BODY(id) {                                                                                                     \
    v128 mask = {(long long)(LOW), (long long)(HIGH)};                                                           \
    __asm__ volatile("vmovups %2, %%xmm1\n\tvinserti128 $1, %%xmm1, %%ymm1, %%ymm1\n\tvmovups %1, %%" R "0\n\t"   \
                     "vpshufb %%" R "1, %%" R "0, %%" R "0\n\tvmovups %%ymm0, %0"                                \
                     : "=m"(*(m32 *)REG)                                                                         \
                     : "m"(*(const M *)rm), "x"(mask)                                                            \
                     : "xmm0", "xmm1");                                                                          \
  }                                                                                                              \
  ENTRY(id, NAME, LENGTH, BYTES, 0, 0)
#define IDENTITY 0x0706050403020100
SHUFFLE_WORDS(vpshuflw_1, "vpshuflw", 1, "xmm", m16, 16, word_masks[IMM], IDENTITY + 0x0808080808080808)
SHUFFLE_WORDS(vpshuflw_2, "vpshuflw", 2, "ymm", m32, 32, word_masks[IMM], IDENTITY + 0x0808080808080808)
SHUFFLE_WORDS(vpshufhw_1, "vpshufhw", 1, "xmm", m16, 16, IDENTITY, word_masks[IMM] + 0x0808080808080808)
SHUFFLE_WORDS(vpshufhw_2, "vpshufhw", 2, "ymm", m32, 32, IDENTITY, word_masks[IMM] + 0x0808080808080808)

// PALIGNR and the shifts of whole lanes by bytes: windows into a table of byte numbers, of which 0x80 and more clear.
static const uint8_t window[80] __attribute__((aligned(16))) = {
    [0 ... 15] = 0x80, [16] = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, [32 ... 79] = 0x80};
#define SHIFT_BYTES(id, NAME, LENGTH, R, M, START)                                                              \
  BODY(id) {                                                                                                    \
    uint32_t count = IMM > 16 ? 16 : IMM;                                                                       \
    const uint8_t *mask = window + (START);                                                                     \
    __asm__ volatile("vbroadcasti128 %2, %%ymm1\n\tvmovups %1, %%" R "0\n\tvpshufb %%" R "1, %%" R "0, %%" R "0\n\t" \
                     "vmovups %%ymm0, %0"                                                                       \
                     : "=m"(*(m32 *)REG)                                                                        \
                     : "m"(*(const M *)rm), "m"(*(const m16 *)mask)                                             \
                     : "xmm0", "xmm1");                                                                         \
  }                                                                                                             \
  ENTRY(id, NAME, LENGTH, 0, 0, 0)
SHIFT_BYTES(vpslldq_1, "vpslldq", 1, "xmm", m16, 16 - count)
SHIFT_BYTES(vpslldq_2, "vpslldq", 2, "ymm", m32, 16 - count)
SHIFT_BYTES(vpsrldq_1, "vpsrldq", 1, "xmm", m16, 16 + count)
SHIFT_BYTES(vpsrldq_2, "vpsrldq", 2, "ymm", m32, 16 + count)

/// Bytes `count`…`count + 15` of VVVV:rm, which is 32 bytes with rm the lower half.
#define ALIGN(id, LENGTH, R, M, BYTES)                                                                          \
  BODY(id) {                                                                                                    \
    uint32_t count = IMM > 32 ? 32 : IMM;                                                                       \
    __asm__ volatile("vbroadcasti128 %3, %%ymm1\n\tvmovups %2, %%" R "0\n\tvpshufb %%" R "1, %%" R "0, %%" R "0\n\t" \
                     "vbroadcasti128 %4, %%ymm1\n\tvmovups %1, %%" R "2\n\tvpshufb %%" R "1, %%" R "2, %%" R "2\n\t" \
                     "vpor %%" R "2, %%" R "0, %%" R "0\n\tvmovups %%ymm0, %0"                                  \
                     : "=m"(*(m32 *)REG)                                                                        \
                     : "m"(*(const M *)VVVV), "m"(*(const M *)rm), "m"(*(const m16 *)(window + 16 + count)),    \
                       "m"(*(const m16 *)(window + count))                                                      \
                     : "xmm0", "xmm1", "xmm2");                                                                 \
  }                                                                                                             \
  ENTRY(id, "vpalignr", LENGTH, BYTES, 0, 0)
ALIGN(vpalignr_1, 1, "xmm", m16, 16)
ALIGN(vpalignr_2, 2, "ymm", m32, 32)
BODY(palignr_0) {
  uint32_t count = IMM > 32 ? 32 : IMM;
  __asm__ volatile(
      "movups %1, %%xmm0\n\tmovups %2, %%xmm1\n\tpshufb %%xmm1, %%xmm0\n\t"
      "movups %0, %%xmm2\n\tmovups %3, %%xmm1\n\tpshufb %%xmm1, %%xmm2\n\tpor %%xmm2, %%xmm0\n\tmovups %%xmm0, %0"
      : "+m"(*(m16 *)REG)
      : "m"(*(const m16 *)rm), "m"(*(const m16 *)(window + 16 + count)), "m"(*(const m16 *)(window + count))
      : "xmm0", "xmm1", "xmm2");
}
ENTRY(palignr_0, "palignr", 0, 16, 15, 0)
