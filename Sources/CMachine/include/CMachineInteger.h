// Integer operations that Swift has no words for: division of a double-width dividend, and locked read-modify-write on
// guest memory at any alignment (Swift's and C's atomics promise nothing for misaligned addresses; the processor does).
#pragma once
#include <stdint.h>

#define SWEMU_LEAF static inline __attribute__((always_inline))

/// DIV r64. The caller has made sure that `high < divisor`: the quotient fits.
SWEMU_LEAF uint64_t swemu_div64(uint64_t high, uint64_t low, uint64_t divisor, uint64_t *_Nonnull remainder) {
  uint64_t quotient;
  __asm__("divq %4" : "=a"(quotient), "=d"(*remainder) : "0"(low), "1"(high), "r"(divisor) : "cc");
  return quotient;
}

/// IDIV r64 of a dividend that fits 64 bits. The caller has excluded 0 and (INT64_MIN, -1).
SWEMU_LEAF int64_t swemu_idiv64(int64_t dividend, int64_t divisor, int64_t *_Nonnull remainder) {
  int64_t quotient, high = dividend >> 63;
  __asm__("idivq %4" : "=a"(quotient), "=d"(*remainder) : "0"(dividend), "1"(high), "r"(divisor) : "cc");
  return quotient;
}

/// LOCK CMPXCHG: stores `desired` where memory holds `*expected`; else sets `*expected` to what it holds.
#define SWEMU_COMPARE_EXCHANGE(bits, suffix, constraint)                                                            \
  SWEMU_LEAF uint8_t swemu_compare_exchange##bits(void *_Nonnull memory, uint##bits##_t *_Nonnull expected,         \
                                                  uint##bits##_t desired) {                                         \
    uint8_t equal;                                                                                                  \
    __asm__ volatile("lock cmpxchg" suffix " %3, %1"                                                                \
                     : "=@ccz"(equal), "+m"(*(uint##bits##_t *)memory), "+a"(*expected)                             \
                     : constraint(desired)                                                                          \
                     : "memory");                                                                                   \
    return equal;                                                                                                   \
  }
SWEMU_COMPARE_EXCHANGE(8, "b", "q")
SWEMU_COMPARE_EXCHANGE(16, "w", "r")
SWEMU_COMPARE_EXCHANGE(32, "l", "r")
SWEMU_COMPARE_EXCHANGE(64, "q", "r")

/// XCHG with memory, locked by definition.
#define SWEMU_EXCHANGE(bits, suffix, constraint)                                                                    \
  SWEMU_LEAF uint##bits##_t swemu_exchange##bits(void *_Nonnull memory, uint##bits##_t value) {                     \
    __asm__ volatile("xchg" suffix " %0, %1" : "+" constraint(value), "+m"(*(uint##bits##_t *)memory) : : "memory"); \
    return value;                                                                                                   \
  }
SWEMU_EXCHANGE(8, "b", "q")
SWEMU_EXCHANGE(16, "w", "r")
SWEMU_EXCHANGE(32, "l", "r")
SWEMU_EXCHANGE(64, "q", "r")

/// LOCK XADD.
#define SWEMU_FETCH_ADD(bits, suffix, constraint)                                                                   \
  SWEMU_LEAF uint##bits##_t swemu_fetch_add##bits(void *_Nonnull memory, uint##bits##_t value) {                    \
    __asm__ volatile("lock xadd" suffix " %0, %1"                                                                   \
                     : "+" constraint(value), "+m"(*(uint##bits##_t *)memory)                                       \
                     :                                                                                              \
                     : "memory", "cc");                                                                             \
    return value;                                                                                                   \
  }
SWEMU_FETCH_ADD(8, "b", "q")
SWEMU_FETCH_ADD(16, "w", "r")
SWEMU_FETCH_ADD(32, "l", "r")
SWEMU_FETCH_ADD(64, "q", "r")

/// LOCK CMPXCHG16B; `memory` is 16-byte aligned.
SWEMU_LEAF uint8_t swemu_compare_exchange128(void *_Nonnull memory, uint64_t *_Nonnull low, uint64_t *_Nonnull high,
                                             uint64_t desired_low, uint64_t desired_high) {
  uint8_t equal;
  __asm__ volatile("lock cmpxchg16b %1"
                   : "=@ccz"(equal), "+m"(*(uint8_t(*)[16])memory), "+a"(*low), "+d"(*high)
                   : "b"(desired_low), "c"(desired_high)
                   : "memory");
  return equal;
}

SWEMU_LEAF void swemu_fence(void) { __asm__ volatile("mfence" ::: "memory"); }
SWEMU_LEAF void swemu_load_fence(void) { __asm__ volatile("lfence" ::: "memory"); }
SWEMU_LEAF void swemu_store_fence(void) { __asm__ volatile("sfence" ::: "memory"); }
SWEMU_LEAF void swemu_pause(void) { __asm__ volatile("pause"); }

SWEMU_LEAF uint64_t swemu_timestamp(void) {
  uint32_t low, high;
  __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
  return (uint64_t)high << 32 | low;
}

/// node << 12 | processor of the calling thread, as Linux keeps it in IA32_TSC_AUX.
uint32_t swemu_current_processor(void);

// PDEP and PEXT: narrower operands are zero-extended. `CPUModel` offers BMI2 where the host has it.
SWEMU_LEAF uint64_t swemu_pdep(uint64_t value, uint64_t mask) {
  uint64_t result;
  __asm__("pdepq %2, %1, %0" : "=r"(result) : "r"(value), "r"(mask));
  return result;
}
SWEMU_LEAF uint64_t swemu_pext(uint64_t value, uint64_t mask) {
  uint64_t result;
  __asm__("pextq %2, %1, %0" : "=r"(result) : "r"(value), "r"(mask));
  return result;
}

// CRC32 of SSE4.2, by the width of what is added.
SWEMU_LEAF uint32_t swemu_crc32_8(uint32_t sum, uint64_t value) {
  __asm__("crc32b %b1, %0" : "+r"(sum) : "q"((uint32_t)value));
  return sum;
}
SWEMU_LEAF uint32_t swemu_crc32_16(uint32_t sum, uint64_t value) {
  __asm__("crc32w %w1, %0" : "+r"(sum) : "r"((uint32_t)value));
  return sum;
}
SWEMU_LEAF uint32_t swemu_crc32_32(uint32_t sum, uint64_t value) {
  __asm__("crc32l %1, %0" : "+r"(sum) : "r"((uint32_t)value));
  return sum;
}
SWEMU_LEAF uint32_t swemu_crc32_64(uint32_t sum, uint64_t value) {
  uint64_t wide = sum;
  __asm__("crc32q %1, %0" : "+r"(wide) : "r"(value));
  return (uint32_t)wide;
}

// The host's random numbers; 0 if it had none.
SWEMU_LEAF uint8_t swemu_rdrand(uint64_t *_Nonnull value) {
  uint8_t succeeds;
  __asm__ volatile("rdrand %0" : "=r"(*value), "=@ccc"(succeeds));
  return succeeds;
}
SWEMU_LEAF uint8_t swemu_rdseed(uint64_t *_Nonnull value) {
  uint8_t succeeds;
  __asm__ volatile("rdseed %0" : "=r"(*value), "=@ccc"(succeeds));
  return succeeds;
}
