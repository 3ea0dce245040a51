// variants: O2 pie
// flags: -mno-red-zone
// ADD, SUB, ADC, SBB, CMP, NEG, INC, DEC at all widths and in all operand forms.

#include "instruction.h"

#define BINARY(op)                                                                            \
  do {                                                                                        \
    TRY(op "b %%bl, %%al", NONE);                                                             \
    TRY(op "b %%bh, %%al", NONE);                                                             \
    TRY(op "b %%al, %%bh", NONE);                                                             \
    TRY(op "b %%ah, %%ch", NONE);                                                             \
    TRY(op "b $0x5a, %%al", NONE);                                                            \
    TRY(op "b $0x80, %%dh", NONE);                                                            \
    TRY(op "b %%cl, (%%rsi)", NONE);                                                          \
    TRY(op "b %%ch, 3(%%rsi)", NONE);                                                         \
    TRY(op "b -1(%%rsi), %%dl", NONE);                                                        \
    TRY(op "b -9(%%rsi), %%dh", NONE);                                                        \
    TRY(op "b $-1, 7(%%rsi)", NONE);                                                          \
    TRY(op "w %%bx, %%ax", NONE);                                                             \
    TRY(op "w $0x1234, %%ax", NONE);                                                          \
    TRY(op "w $0x8000, %%cx", NONE);                                                          \
    TRY(op "w $-3, %%dx", NONE);                                                              \
    TRY(op "w %%ax, 1(%%rsi)", NONE);                                                         \
    TRY(op "w -3(%%rsi), %%bx", NONE);                                                        \
    TRY(op "w $0x7fff, (%%rsi)", NONE);                                                       \
    TRY(op "w $-128, (%%rsi)", NONE);                                                         \
    TRY(op "l %%ebx, %%eax", NONE);                                                           \
    TRY(op "l %%eax, %%eax", NONE);                                                           \
    TRY(op "l $0x7fffffff, %%eax", NONE);                                                     \
    TRY(op "l $0x80000000, %%ecx", NONE);                                                     \
    TRY(op "l $-5, %%edx", NONE);                                                             \
    TRY(op "l %%edx, 5(%%rsi)", NONE);                                                        \
    TRY(op "l -5(%%rsi), %%edx", NONE);                                                       \
    TRY(op "l $0x12345678, (%%rsi)", NONE);                                                   \
    TRY(op "l $1, (%%rsi)", NONE);                                                            \
    TRY(op "q %%rbx, %%rax", NONE);                                                           \
    TRY(op "q %%rcx, %%rcx", NONE);                                                           \
    TRY(op "q $0x7fffffff, %%rax", NONE);                                                     \
    TRY(op "q $-0x80000000, %%rcx", NONE);                                                    \
    TRY(op "q $127, %%rdx", NONE);                                                            \
    TRY(op "q %%rax, -7(%%rsi)", NONE);                                                       \
    TRY(op "q 9(%%rsi), %%rbx", NONE);                                                        \
    TRY(op "q $-0x12345678, (%%rsi)", NONE);                                                  \
    TRY(op "q $-1, 8(%%rsi)", NONE);                                                          \
  } while (0)

#define UNARY(op)                                                                             \
  do {                                                                                        \
    TRY(op "b %%al", NONE);                                                                   \
    TRY(op "b %%bh", NONE);                                                                   \
    TRY(op "b 1(%%rsi)", NONE);                                                               \
    TRY(op "w %%ax", NONE);                                                                   \
    TRY(op "w -1(%%rsi)", NONE);                                                              \
    TRY(op "l %%eax", NONE);                                                                  \
    TRY(op "l 2(%%rsi)", NONE);                                                               \
    TRY(op "q %%rax", NONE);                                                                  \
    TRY(op "q 3(%%rsi)", NONE);                                                               \
  } while (0)

int main(void) {
  BINARY("add");
  BINARY("sub");
  BINARY("adc");
  BINARY("sbb");
  BINARY("cmp");
  UNARY("neg");
  UNARY("inc");
  UNARY("dec");
  return 0;
}
