// variants: O2 pie
// flags: -mno-red-zone
// SHLD and SHRD. With 16-bit operands a count above 16 leaves result and flags undefined, so
// those counts are left out. OF is defined for a count of one only, AF never.

#include "instruction.h"

static uint64_t undefined_after(unsigned count, unsigned width) {
  count &= width == 64 ? 63 : 31;
  return count == 0 ? NONE : count == 1 ? AF : AF | OF;
}

#define WIDE(op, suffix, source, operand, width)                                              \
  do {                                                                                        \
    TRY(op suffix " %%cl, " source ", " operand, undefined_after(before.rcx & 255, width));   \
    TRY(op suffix " $0, " source ", " operand, undefined_after(0, width));                    \
    TRY(op suffix " $1, " source ", " operand, undefined_after(1, width));                    \
    TRY(op suffix " $13, " source ", " operand, undefined_after(13, width));                  \
    TRY(op suffix " $31, " source ", " operand, undefined_after(31, width));                  \
    TRY(op suffix " $32, " source ", " operand, undefined_after(32, width));                  \
    TRY(op suffix " $63, " source ", " operand, undefined_after(63, width));                  \
  } while (0)

#define NARROW(op, source, operand)                                                           \
  do {                                                                                        \
    TRY_PREPARED(op "w %%cl, " source ", " operand, undefined_after(before.rcx & 255, 16),    \
                 s.rcx = s.rcx % 17 | (s.rcx & ~0xffull));                                    \
    TRY(op "w $1, " source ", " operand, undefined_after(1, 16));                             \
    TRY(op "w $9, " source ", " operand, undefined_after(9, 16));                             \
    TRY(op "w $16, " source ", " operand, undefined_after(16, 16));                           \
  } while (0)

int main(void) {
  NARROW("shld", "%%bx", "%%ax");
  NARROW("shld", "%%ax", "1(%%rsi)");
  NARROW("shrd", "%%bx", "%%ax");
  NARROW("shrd", "%%ax", "1(%%rsi)");
  WIDE("shld", "l", "%%ebx", "%%eax", 32);
  WIDE("shld", "l", "%%eax", "3(%%rsi)", 32);
  WIDE("shld", "q", "%%rbx", "%%rax", 64);
  WIDE("shld", "q", "%%rax", "3(%%rsi)", 64);
  WIDE("shrd", "l", "%%ebx", "%%eax", 32);
  WIDE("shrd", "l", "%%eax", "3(%%rsi)", 32);
  WIDE("shrd", "q", "%%rbx", "%%rax", 64);
  WIDE("shrd", "q", "%%rax", "3(%%rsi)", 64);
  return 0;
}
