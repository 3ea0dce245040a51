// variants: O2 pie
// flags: -mno-red-zone
// SHL, SHR, SAR at all widths, by 1, by an immediate and by CL with every count from 0 to 129.
// SDM: a count of zero changes no flag; AF is undefined otherwise; OF is defined for a
// count of one only; CF of SHL and SHR is undefined when the count reaches the operand size.

#include "instruction.h"

static uint64_t undefined_after(unsigned count, unsigned width, int arithmetic_right) {
  count &= width == 64 ? 63 : 31;
  uint64_t undefined = NONE;
  if (count != 0) undefined |= AF;
  if (count > 1) undefined |= OF;
  if (count >= width && !arithmetic_right) undefined |= CF;
  return undefined;
}

#define BY_CL(op, suffix, operand, width, sar)                                                \
  TRY(op suffix " %%cl, " operand, undefined_after(before.rcx & 255, width, sar))
#define BY_IMMEDIATE(op, suffix, operand, width, sar, count)                                  \
  TRY(op suffix " $" #count ", " operand, undefined_after(count, width, sar))

#define ALL_COUNTS(op, suffix, operand, width, sar)                                           \
  do {                                                                                        \
    BY_CL(op, suffix, operand, width, sar);                                                   \
    TRY(op suffix " " operand, undefined_after(1, width, sar));                               \
    BY_IMMEDIATE(op, suffix, operand, width, sar, 0);                                         \
    BY_IMMEDIATE(op, suffix, operand, width, sar, 1);                                         \
    BY_IMMEDIATE(op, suffix, operand, width, sar, 4);                                         \
    BY_IMMEDIATE(op, suffix, operand, width, sar, 8);                                         \
    BY_IMMEDIATE(op, suffix, operand, width, sar, 31);                                        \
    BY_IMMEDIATE(op, suffix, operand, width, sar, 33);                                        \
    BY_IMMEDIATE(op, suffix, operand, width, sar, 255);                                       \
  } while (0)

#define ALL_OPERANDS(op, sar)                                                                 \
  do {                                                                                        \
    ALL_COUNTS(op, "b", "%%al", 8, sar);                                                      \
    ALL_COUNTS(op, "b", "%%bh", 8, sar);                                                      \
    ALL_COUNTS(op, "b", "3(%%rsi)", 8, sar);                                                  \
    ALL_COUNTS(op, "w", "%%ax", 16, sar);                                                     \
    ALL_COUNTS(op, "w", "1(%%rsi)", 16, sar);                                                 \
    ALL_COUNTS(op, "l", "%%eax", 32, sar);                                                    \
    ALL_COUNTS(op, "l", "-3(%%rsi)", 32, sar);                                                \
    ALL_COUNTS(op, "q", "%%rax", 64, sar);                                                    \
    ALL_COUNTS(op, "q", "-5(%%rsi)", 64, sar);                                                \
  } while (0)

int main(void) {
  ALL_OPERANDS("shl", 0);
  ALL_OPERANDS("shr", 0);
  ALL_OPERANDS("sar", 1);
  BY_CL("shl", "l", "%%ecx", 32, 0);  // the count is also the operand
  BY_CL("shr", "q", "%%rcx", 64, 0);
  BY_CL("sar", "b", "%%ch", 8, 1);
  return 0;
}
