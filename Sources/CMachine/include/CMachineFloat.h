// Floating-point operations with their exact x86 meaning, for which Swift has no words: operand order decides which
// NaN survives, MXCSR decides rounding, and status flags are a result. Each is the processor's own instruction.
#pragma once
#include <stdint.h>

#define SWEMU_INLINE static inline __attribute__((always_inline))

SWEMU_INLINE void swemu_load_mxcsr(uint32_t value) { __asm__ volatile("ldmxcsr %0" : : "m"(value)); }
SWEMU_INLINE uint32_t swemu_store_mxcsr(void) {
  uint32_t value;
  __asm__ volatile("stmxcsr %0" : "=m"(value));
  return value;
}
