// VMASKMOVPS, VMASKMOVPD, VPMASKMOVD, VPMASKMOVQ (SDM vol. 2): lanes whose mask in VVVV has its top bit set. A lane that
// is masked out touches no memory; where the whole operand is not accessible, `swemu_vector_slow` goes lane by lane.
#include "Vector.h"

#define MASKED_LOAD(id, NAME, TEXT, LENGTH, R, M, BYTES)                                                  \
  BODY(id) {                                                                                              \
    __asm__ volatile("vmovups %1, %%" R "0\n\t" TEXT " %2, %%" R "0, %%" R "0\n\tvmovups %%ymm0, %0"      \
                     : "=m"(*(m32 *)REG)                                                                  \
                     : "m"(*(const M *)VVVV), "m"(*(const M *)rm)                                         \
                     : "xmm0");                                                                           \
  }                                                                                                       \
  ENTRY(id, NAME, LENGTH, BYTES, 0, 8)
#define MASKED_STORE(id, NAME, TEXT, LENGTH, R, M, BYTES)                                                 \
  BODY(id) {                                                                                              \
    __asm__ volatile("vmovups %1, %%" R "0\n\tvmovups %2, %%" R "1\n\t" TEXT " %%" R "1, %%" R "0, %0"    \
                     : "+m"(*(M *)rm)                                                                     \
                     : "m"(*(const M *)VVVV), "m"(*(const M *)REG)                                        \
                     : "xmm0", "xmm1");                                                                   \
  }                                                                                                       \
  ENTRY(id, NAME, LENGTH, BYTES, 0, 9)
MASKED_LOAD(load32_1, "masked.32", "vpmaskmovd", 1, "xmm", m16, 16)
MASKED_LOAD(load32_2, "masked.32", "vpmaskmovd", 2, "ymm", m32, 32)
MASKED_LOAD(load64_1, "masked.64", "vpmaskmovq", 1, "xmm", m16, 16)
MASKED_LOAD(load64_2, "masked.64", "vpmaskmovq", 2, "ymm", m32, 32)
MASKED_STORE(store32_1, "masked.32.s", "vpmaskmovd", 1, "xmm", m16, 16)
MASKED_STORE(store32_2, "masked.32.s", "vpmaskmovd", 2, "ymm", m32, 32)
MASKED_STORE(store64_1, "masked.64.s", "vpmaskmovq", 1, "xmm", m16, 16)
MASKED_STORE(store64_2, "masked.64.s", "vpmaskmovq", 2, "ymm", m32, 32)
