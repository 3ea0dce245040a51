// Rounding without bounds on the exponent, which is what unmasked overflow and underflow report the precision exception
// by (SDM vol. 1, 4.9.1.4 and 4.9.1.5). The x87 rounds to 24 or 53 bits on request and keeps 15 bits of exponent, more
// than any result of two doubles needs.
#pragma once
#include "CMachineFloat.h"

/// Whether an operation on one lane is inexact. `operation` is 1 add, 2 subtract, 3 multiply, 4 divide, 5 narrow `b`;
/// `a` and `b` are doubles (a single is one exactly), `isDouble` says what the result is rounded to, `rounding` is
/// MXCSR.RC.
static inline int swemu_is_inexact(uint32_t operation, double a, double b, int isDouble, uint32_t rounding) {
  uint16_t saved, status, control = (uint16_t)(0x3f | (isDouble ? 0x200 : 0) | (rounding & 3) << 10);
  __asm__ volatile("fnstcw %0\n\tfnclex\n\tfldcw %1" : "=m"(saved) : "m"(control));
  switch (operation) {
    case 1: __asm__ volatile("fldl %1\n\tfaddl %2\n\tfnstsw %0\n\tfstp %%st(0)" : "=a"(status) : "m"(a), "m"(b)); break;
    case 2: __asm__ volatile("fldl %1\n\tfsubl %2\n\tfnstsw %0\n\tfstp %%st(0)" : "=a"(status) : "m"(a), "m"(b)); break;
    case 3: __asm__ volatile("fldl %1\n\tfmull %2\n\tfnstsw %0\n\tfstp %%st(0)" : "=a"(status) : "m"(a), "m"(b)); break;
    case 4: __asm__ volatile("fldl %1\n\tfdivl %2\n\tfnstsw %0\n\tfstp %%st(0)" : "=a"(status) : "m"(a), "m"(b)); break;
    default: __asm__ volatile("fldz\n\tfaddl %1\n\tfnstsw %0\n\tfstp %%st(0)" : "=a"(status) : "m"(b)); break;
  }
  __asm__ volatile("fnclex\n\tfldcw %0" : : "m"(saved));
  return status >> 5 & 1;
}
