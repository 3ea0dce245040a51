// Moves, broadcasts, insertions and extractions (SDM vol. 2, the instructions' own pages). `NAME.s` stores, `NAME.r` has
// registers only.
#include "Vector.h"

#define LOAD(id, NAME, LENGTH, R, M, BYTES, ALIGNMENT)  \
  VEX_UNARY_BODY(id, "vmovups", R, M)                   \
  ENTRY(id, NAME, LENGTH, BYTES, ALIGNMENT, 0)
/// To memory: REG is the source. Between registers a load is used.
#define STORE(id, NAME, LENGTH, R, M, BYTES, ALIGNMENT)                                           \
  BODY(id) {                                                                                      \
    __asm__ volatile("vmovups %1, %%" R "0\n\tvmovups %%" R "0, %0"                               \
                     : "=m"(*(M *)rm)                                                             \
                     : "m"(*(const M *)REG)                                                       \
                     : "xmm0");                                                                   \
  }                                                                                               \
  ENTRY(id, NAME, LENGTH, BYTES, ALIGNMENT, STORES)

// All moves of a length and an alignment are one.
LOAD(move_u_1, "load.u", 1, "xmm", m16, 16, 0)
LOAD(move_u_2, "load.u", 2, "ymm", m32, 32, 0)
LOAD(move_a_1, "load.a", 1, "xmm", m16, 16, 15)
LOAD(move_a_2, "load.a", 2, "ymm", m32, 32, 31)
STORE(store_u_1, "store.u", 1, "xmm", m16, 16, 0)
STORE(store_u_2, "store.u", 2, "ymm", m32, 32, 0)
STORE(store_a_1, "store.a", 1, "xmm", m16, 16, 15)
STORE(store_a_2, "store.a", 2, "ymm", m32, 32, 31)

// MOVD, MOVQ, MOVSS, MOVSD into a register: the rest of it is cleared.
VEX_UNARY_BODY(load32_1, "vmovd", "xmm", m4)
ENTRY(load32_1, "load.32", 1, 4, 0, 0)
VEX_UNARY_BODY(load64_1, "vmovq", "xmm", m8)
ENTRY(load64_1, "load.64", 1, 8, 0, 0)

// The low lane from rm, the others from VVVV.
BODY(vmovss_r_1) {
  __asm__ volatile("vmovups %1, %%xmm0\n\tvmovups %2, %%xmm1\n\tvmovss %%xmm1, %%xmm0, %%xmm0\n\tvmovups %%ymm0, %0"
                   : "=m"(*(m32 *)REG)
                   : "m"(*(const m16 *)VVVV), "m"(*(const m16 *)rm)
                   : "xmm0", "xmm1");
}
ENTRY(vmovss_r_1, "vmovss.r", 1, 0, 0, 0)
BODY(vmovsd_r_1) {
  __asm__ volatile("vmovups %1, %%xmm0\n\tvmovups %2, %%xmm1\n\tvmovsd %%xmm1, %%xmm0, %%xmm0\n\tvmovups %%ymm0, %0"
                   : "=m"(*(m32 *)REG)
                   : "m"(*(const m16 *)VVVV), "m"(*(const m16 *)rm)
                   : "xmm0", "xmm1");
}
ENTRY(vmovsd_r_1, "vmovsd.r", 1, 0, 0, 0)

// One half from eight bytes at rm, the other from VVVV.
VEX_BINARY_BODY(low_half_1, "vmovlps", "xmm", m16, m8)
ENTRY(low_half_1, "half.low", 1, 8, 0, 0)
VEX_BINARY_BODY(high_half_1, "vmovhps", "xmm", m16, m8)
ENTRY(high_half_1, "half.high", 1, 8, 0, 0)

SSE_UNARY(movshdup, 0)
SSE_UNARY(movsldup, 0)
SSE_UNARY_SHORT(movddup, 8, 0)
VEX_UNARY(vmovshdup, 0)
VEX_UNARY(vmovsldup, 0)
VEX_UNARY_SIZED(vmovddup, 8, 32, 0)

VEX_UNARY_SIZED(vbroadcastss, 4, 4, 0)
VEX_UNARY_BODY(vbroadcastsd_2, "vbroadcastsd", "ymm", m8)
ENTRY(vbroadcastsd_2, "vbroadcastsd", 2, 8, 0, 0)
VEX_UNARY_SIZED(vpbroadcastb, 1, 1, 0)
VEX_UNARY_SIZED(vpbroadcastw, 2, 2, 0)
VEX_UNARY_SIZED(vpbroadcastd, 4, 4, 0)
VEX_UNARY_SIZED(vpbroadcastq, 8, 8, 0)
VEX_UNARY_BODY(broadcast128_2, "vbroadcastf128", "ymm", m16)
ENTRY(broadcast128_2, "broadcast.128", 2, 16, 0, 0)

// Halves of a YMM register.
BODY(insert128_2) {
  swemu_v128 value = *(const swemu_v128 *)rm, low = ((const swemu_v128 *)VVVV)[0], high = ((const swemu_v128 *)VVVV)[1];
  swemu_v128 *target = REG;
  target[0] = IMM & 1 ? low : value;
  target[1] = IMM & 1 ? value : high;
}
ENTRY(insert128_2, "insert.128", 2, 16, 0, 0)
BODY(extract128_2) {
  swemu_v128 value = ((const swemu_v128 *)rm)[IMM & 1];
  swemu_v128 *target = REG;
  target[0] = value;
  target[1] = (swemu_v128){0, 0};
}
ENTRY(extract128_2, "extract.128", 2, 0, 0, 0)
BODY(extract128_s_2) { *(swemu_v128 *)rm = ((const swemu_v128 *)REG)[IMM & 1]; }
ENTRY(extract128_s_2, "extract.128.s", 2, 16, 0, STORES)
BODY(permute128_2) {
  const swemu_v128 *a = VVVV, *b = rm;
  swemu_v128 lanes[4] = {a[0], a[1], b[0], b[1]};
  swemu_v128 low = IMM & 0x08 ? (swemu_v128){0, 0} : lanes[IMM & 3];
  swemu_v128 high = IMM & 0x80 ? (swemu_v128){0, 0} : lanes[IMM >> 4 & 3];
  swemu_v128 *target = REG;
  target[0] = low;
  target[1] = high;
}
ENTRY(permute128_2, "permute.128", 2, 32, 0, 0)

// One lane out of memory or a general register, the others from VVVV: BITS of it.
typedef swemu_v128 v128;
#define INSERT(name, type, lanes)                                                              \
  BODY(v##name##_1) {                                                                          \
    type value = *(const type *)rm;                                                            \
    v128 *target = REG;                                                                        \
    v128 rest = *(const v128 *)VVVV;                                                           \
    target[0] = rest;                                                                          \
    target[1] = (v128){0, 0};                                                                  \
    ((type *)target)[IMM & (lanes - 1)] = value;                                               \
  }
typedef uint8_t u8 __attribute__((may_alias));
INSERT(pinsrb, u8, 16)
INSERT(pinsrw, u16, 8)
INSERT(pinsrd, u32, 4)
INSERT(pinsrq, u64, 2)
BODY(pinsrb_0) { ((u8 *)REG)[IMM & 15] = *(const u8 *)rm; }
BODY(pinsrd_0) { ((u32 *)REG)[IMM & 3] = *(const u32 *)rm; }
BODY(pinsrq_0) { ((u64 *)REG)[IMM & 1] = *(const u64 *)rm; }
ENTRY(pinsrb_0, "pinsrb", 0, 1, 0, 0)
ENTRY(pinsrd_0, "pinsrd", 0, 4, 0, 0)
ENTRY(pinsrq_0, "pinsrq", 0, 8, 0, 0)
ENTRY(vpinsrb_1, "vpinsrb", 1, 1, 0, 0)
ENTRY(vpinsrw_1, "vpinsrw", 1, 2, 0, 0)
ENTRY(vpinsrd_1, "vpinsrd", 1, 4, 0, 0)
ENTRY(vpinsrq_1, "vpinsrq", 1, 8, 0, 0)

// INSERTPS: imm8[7:6] chooses the source lane (of a register), [5:4] the target, [3:0] lanes to clear.
static inline __attribute__((always_inline)) v128 insert_single(v128 a, u32 value, uint8_t immediate) {
  u32 lanes[4];
  __builtin_memcpy(lanes, &a, 16);
  lanes[immediate >> 4 & 3] = value;
  for (int lane = 0; lane < 4; lane++)
    if (immediate >> lane & 1) lanes[lane] = 0;
  __builtin_memcpy(&a, lanes, 16);
  return a;
}
#define INSERTPS(id, LENGTH, NAME, SOURCE, BYTES, CLEAR)                             \
  BODY(id) {                                                                         \
    v128 result = insert_single(*(const v128 *)VVVV, SOURCE, IMM);                   \
    *(v128 *)REG = result;                                                           \
    CLEAR;                                                                           \
  }                                                                                  \
  ENTRY(id, NAME, LENGTH, BYTES, 0, 0)
INSERTPS(insertps_m, 0, "insertps", *(const u32 *)rm, 4, )
INSERTPS(insertps_r, 0, "insertps.r", ((const u32 *)rm)[IMM >> 6], 0, )
INSERTPS(vinsertps_m, 1, "vinsertps", *(const u32 *)rm, 4, ((v128 *)REG)[1] = ((v128){0, 0}))
INSERTPS(vinsertps_r, 1, "vinsertps.r", ((const u32 *)rm)[IMM >> 6], 0, ((v128 *)REG)[1] = ((v128){0, 0}))

// VZEROUPPER and VZEROALL: also the host's, so that what follows meets the host as the guest expects it.
BODY(vzeroupper_1) {
  __asm__ volatile("vzeroupper" ::: "memory");
  for (int number = 0; number < 16; number++) ((v128 *)&cpu->vector[number * 64])[1] = (v128){0, 0};
}
ENTRY(vzeroupper_1, "vzeroupper", 1, 0, 0, 0)
BODY(vzeroall_2) {
  __asm__ volatile("vzeroall" ::: "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",
                   "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
  for (int number = 0; number < 16; number++) {
    ((v128 *)&cpu->vector[number * 64])[0] = (v128){0, 0};
    ((v128 *)&cpu->vector[number * 64])[1] = (v128){0, 0};
  }
}
ENTRY(vzeroall_2, "vzeroall", 2, 0, 0, 0)
