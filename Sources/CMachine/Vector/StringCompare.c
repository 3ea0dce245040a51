// PCMPESTRI PCMPESTRM PCMPISTRI PCMPISTRM (SDM vol. 2, the instructions' own pages; vol. 1, 12.10.2). The legacy forms
// take unaligned memory, too. Lengths are in RAX and RDX, or in EAX and EDX.
#include "Vector.h"

/// CF, ZF, SF and OF at their places; AF and PF are cleared.
#define COMPARE_FLAGS \
  (uint64_t)carry | (uint64_t)zero << 6 | (uint64_t)sign << 7 | (uint64_t)overflow << 11

#define INDEX_CASE(n, TEXT, RAX, RDX)                                                                          \
  case n:                                                                                                      \
    __asm__ volatile("movups %5, %%xmm1\n\tmovups %6, %%xmm2\n\t" TEXT " $" #n ", %%xmm2, %%xmm1"              \
                     : "=@ccc"(carry), "=@ccz"(zero), "=@ccs"(sign), "=@cco"(overflow), "=c"(index)            \
                     : "m"(*(const m16 *)REG), "m"(*(const m16 *)rm), "a"(RAX), "d"(RDX)                       \
                     : "xmm1", "xmm2");                                                                        \
    break;
#define MASK_CASE(n, TEXT, RAX, RDX)                                                                           \
  case n:                                                                                                      \
    __asm__ volatile("movups %5, %%xmm1\n\tmovups %6, %%xmm2\n\t" TEXT " $" #n ", %%xmm2, %%xmm1\n\t"          \
                     "movups %%xmm0, %4"                                                                       \
                     : "=@ccc"(carry), "=@ccz"(zero), "=@ccs"(sign), "=@cco"(overflow), "=m"(result)           \
                     : "m"(*(const m16 *)REG), "m"(*(const m16 *)rm), "a"(RAX), "d"(RDX)                       \
                     : "xmm0", "xmm1", "xmm2");                                                                \
    break;

#define INDEX(id, TEXT, RAX, RDX)                                                                              \
  static __attribute__((noinline)) void id##_cases(swemu_cpu *cpu, swemu_op *op, void *rm) {                   \
    uint8_t carry = 0, zero = 0, sign = 0, overflow = 0;                                                       \
    uint64_t index = 0;                                                                                        \
    switch (IMM & 0x7f) { CASES_128(INDEX_CASE, TEXT, RAX, RDX) }                                              \
    cpu->gpr[1] = index;                                                                                       \
    swemu_set_flags(cpu, COMPARE_FLAGS);                                                                       \
  }                                                                                                            \
  BODY(id) { id##_cases(cpu, op, rm); }
#define MASK(id, TEXT, RAX, RDX)                                                                               \
  static __attribute__((noinline)) void id##_cases(swemu_cpu *cpu, swemu_op *op, void *rm) {               \
    uint8_t carry = 0, zero = 0, sign = 0, overflow = 0;                                                       \
    m16 result;                                                                                                \
    switch (IMM & 0x7f) { CASES_128(MASK_CASE, TEXT, RAX, RDX) }                                               \
    *(m16 *)&cpu->vector[0] = result;                                                                          \
    swemu_set_flags(cpu, COMPARE_FLAGS);                                                                       \
  }                                                                                                            \
  BODY(id) { id##_cases(cpu, op, rm); }
/// Lengths saturate at 16: of a 64-bit one (REX.W) no more is needed than that.
static inline uint32_t clamp(uint64_t value) {
  int64_t length = (int64_t)value;
  return (uint32_t)(length > 32 ? 32 : length < -32 ? -32 : length);
}

/// The VEX form clears the rest of the register.
#define CLEAR_UPPER ((swemu_v128 *)&cpu->vector[0])[1] = (swemu_v128){0, 0}

INDEX(pcmpistri, "pcmpistri", 0, 0)
ENTRY(pcmpistri, "pcmpistri", 0, 16, 0, 0)
INDEX(pcmpestri, "pcmpestri", (uint32_t)cpu->gpr[0], (uint32_t)cpu->gpr[2])
ENTRY(pcmpestri, "pcmpestri", 0, 16, 0, 0)
INDEX(pcmpestriq, "pcmpestri", clamp(cpu->gpr[0]), clamp(cpu->gpr[2]))
ENTRY(pcmpestriq, "pcmpestri.64", 0, 16, 0, 0)
MASK(pcmpistrm, "pcmpistrm", 0, 0)
ENTRY(pcmpistrm, "pcmpistrm", 0, 16, 0, 0)
MASK(pcmpestrm, "pcmpestrm", (uint32_t)cpu->gpr[0], (uint32_t)cpu->gpr[2])
ENTRY(pcmpestrm, "pcmpestrm", 0, 16, 0, 0)
MASK(pcmpestrmq, "pcmpestrm", clamp(cpu->gpr[0]), clamp(cpu->gpr[2]))
ENTRY(pcmpestrmq, "pcmpestrm.64", 0, 16, 0, 0)

BODY(vpcmpistri) { pcmpistri_cases(cpu, op, rm); }
ENTRY(vpcmpistri, "vpcmpistri", 1, 16, 0, 0)
BODY(vpcmpestri) { pcmpestri_cases(cpu, op, rm); }
ENTRY(vpcmpestri, "vpcmpestri", 1, 16, 0, 0)
BODY(vpcmpestriq) { pcmpestriq_cases(cpu, op, rm); }
ENTRY(vpcmpestriq, "vpcmpestri.64", 1, 16, 0, 0)
BODY(vpcmpistrm) {
  pcmpistrm_cases(cpu, op, rm);
  CLEAR_UPPER;
}
ENTRY(vpcmpistrm, "vpcmpistrm", 1, 16, 0, 0)
BODY(vpcmpestrm) {
  pcmpestrm_cases(cpu, op, rm);
  CLEAR_UPPER;
}
ENTRY(vpcmpestrm, "vpcmpestrm", 1, 16, 0, 0)
BODY(vpcmpestrmq) {
  pcmpestrmq_cases(cpu, op, rm);
  CLEAR_UPPER;
}
ENTRY(vpcmpestrmq, "vpcmpestrm.64", 1, 16, 0, 0)
