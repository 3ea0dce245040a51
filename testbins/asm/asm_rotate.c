// variants: O2 pie
// flags: -mno-red-zone
// ROL, ROR, RCL, RCR at all widths, by 1, by an immediate and by CL with every count.
// SDM: a masked count of zero changes no flag; OF is defined for a count of one only.

#include "instruction.h"

static uint64_t undefined_after(unsigned count, unsigned width) {
  return (count & (width == 64 ? 63 : 31)) > 1 ? OF : NONE;
}

#define BY_IMMEDIATE(op, suffix, operand, width, count)                                       \
  TRY(op suffix " $" #count ", " operand, undefined_after(count, width))

#define ALL_COUNTS(op, suffix, operand, width)                                                \
  do {                                                                                        \
    TRY(op suffix " %%cl, " operand, undefined_after(before.rcx & 255, width));               \
    TRY(op suffix " " operand, NONE);                                                         \
    BY_IMMEDIATE(op, suffix, operand, width, 0);                                              \
    BY_IMMEDIATE(op, suffix, operand, width, 1);                                              \
    BY_IMMEDIATE(op, suffix, operand, width, 7);                                              \
    BY_IMMEDIATE(op, suffix, operand, width, 8);                                              \
    BY_IMMEDIATE(op, suffix, operand, width, 9);                                              \
    BY_IMMEDIATE(op, suffix, operand, width, 16);                                             \
    BY_IMMEDIATE(op, suffix, operand, width, 17);                                             \
    BY_IMMEDIATE(op, suffix, operand, width, 31);                                             \
    BY_IMMEDIATE(op, suffix, operand, width, 32);                                             \
    BY_IMMEDIATE(op, suffix, operand, width, 63);                                             \
    BY_IMMEDIATE(op, suffix, operand, width, 64);                                             \
  } while (0)

#define ALL_OPERANDS(op)                                                                      \
  do {                                                                                        \
    ALL_COUNTS(op, "b", "%%al", 8);                                                           \
    ALL_COUNTS(op, "b", "%%ah", 8);                                                           \
    ALL_COUNTS(op, "b", "3(%%rsi)", 8);                                                       \
    ALL_COUNTS(op, "w", "%%ax", 16);                                                          \
    ALL_COUNTS(op, "w", "1(%%rsi)", 16);                                                      \
    ALL_COUNTS(op, "l", "%%eax", 32);                                                         \
    ALL_COUNTS(op, "l", "-3(%%rsi)", 32);                                                     \
    ALL_COUNTS(op, "q", "%%rax", 64);                                                         \
    ALL_COUNTS(op, "q", "-5(%%rsi)", 64);                                                     \
  } while (0)

int main(void) {
  ALL_OPERANDS("rol");
  ALL_OPERANDS("ror");
  ALL_OPERANDS("rcl");
  ALL_OPERANDS("rcr");
  return 0;
}
