// Gathers whose elements are all accessible: the addresses of those that the mask selects are checked one by one, then the
// processor's own gather does the work (SDM vol. 2, VPGATHERDD and its kin). Everything else, faults in the middle among
// it, is Gather in Machine/Instructions/Vector/Gather.swift, which starts anew: nothing has changed until then.
#include "Vector.h"

swemu_op *swemu_gather_slow(swemu_cpu *cpu, swemu_op *op);

#define GATHER_CASE(n, TEXT, D, I, SCALE)                                                                      \
  case n:                                                                                                      \
    __asm__ volatile("vmovups %0, %%" D "0\n\tvmovups %2, %%" I "1\n\tvmovups %1, %%" D "2\n\t" TEXT           \
                     " %%" D "2, (%3,%%" I "1," #SCALE "), %%" D "0\n\t"                                        \
                     "vmovups %%ymm0, %0\n\tvmovups %%ymm2, %1"                                                \
                     : "+m"(*(m32 *)REG), "+m"(*(m32 *)VVVV)                                                   \
                     : "m"(*(const m32 *)indices), "r"(base)                                                   \
                     : "xmm0", "xmm1", "xmm2", "memory");                                                      \
    break;

/// D and I: register names of elements (with their mask) and of indices.
#define GATHER(id, TEXT, D, I, ELEMENT, INDEX, COUNT)                                                            \
  static swemu_op *id(swemu_cpu *cpu, swemu_op *op) {                                                            \
    const char *state = (const char *)cpu;                                                                       \
    const uint64_t base = *(const u64 *)(state + op->base) + (uint64_t)(int64_t)op->disp;                        \
    const unsigned scale = op->imm >> 24 & 3;                                                                    \
    const char *indices = state + (op->imm >> 32 & 0xffff), *mask = (const char *)VVVV;                          \
    const uint8_t *table = cpu->page_table;                                                                      \
    _Pragma("clang loop unroll(full)") for (int lane = 0; lane < (COUNT); lane++) {                              \
      if (mask[lane * (ELEMENT) + (ELEMENT) - 1] >= 0) continue;                                                 \
      const int64_t index = (INDEX) == 4 ? *(const int *)(indices + lane * 4) : *(const long *)(indices + lane * 8); \
      const uint64_t address = base + ((uint64_t)index << scale);                                                \
      if (__builtin_expect((address & 0xffffc00000000fff) > 0x1000 - (ELEMENT), 0) ||                            \
          __builtin_expect(!(table[address >> 12] & 1), 0)) {                                                    \
        __attribute__((musttail)) return swemu_gather_slow(cpu, op);                                             \
      }                                                                                                          \
    }                                                                                                            \
    switch (scale) {                                                                                             \
      GATHER_CASE(0, TEXT, D, I, 1)                                                                              \
      GATHER_CASE(1, TEXT, D, I, 2)                                                                              \
      GATHER_CASE(2, TEXT, D, I, 4)                                                                              \
      GATHER_CASE(3, TEXT, D, I, 8)                                                                              \
    }                                                                                                            \
    NEXT;                                                                                                        \
  }
GATHER(dd_1, "vpgatherdd", "xmm", "xmm", 4, 4, 4)
GATHER(dd_2, "vpgatherdd", "ymm", "ymm", 4, 4, 8)
GATHER(dq_1, "vpgatherdq", "xmm", "xmm", 8, 4, 2)
GATHER(dq_2, "vpgatherdq", "ymm", "xmm", 8, 4, 4)
GATHER(qd_1, "vpgatherqd", "xmm", "xmm", 4, 8, 2)
GATHER(qd_2, "vpgatherqd", "xmm", "ymm", 4, 8, 4)
GATHER(qq_1, "vpgatherqq", "xmm", "xmm", 8, 8, 2)
GATHER(qq_2, "vpgatherqq", "ymm", "ymm", 8, 8, 4)

uint64_t swemu_gather_form(uint64_t element, uint64_t index, int is_long) {
  if (element == 4) {
    if (index == 4) return (uint64_t)(is_long ? dd_2 : dd_1);
    return (uint64_t)(is_long ? qd_2 : qd_1);
  }
  if (index == 4) return (uint64_t)(is_long ? dq_2 : dq_1);
  return (uint64_t)(is_long ? qq_2 : qq_1);
}
