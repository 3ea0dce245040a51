// variants: O2 pie
// flags: -mno-red-zone
// AND, OR, XOR, TEST, NOT at all widths and in all operand forms. AF is undefined (SDM).

#include "instruction.h"

#define BINARY(op)                                                                            \
  do {                                                                                        \
    TRY(op "b %%bl, %%al", AF);                                                               \
    TRY(op "b %%bh, %%al", AF);                                                               \
    TRY(op "b %%al, %%bh", AF);                                                               \
    TRY(op "b $0x5a, %%al", AF);                                                              \
    TRY(op "b $0x80, %%dh", AF);                                                              \
    TRY(op "b %%cl, (%%rsi)", AF);                                                            \
    TRY(op "b %%ch, 3(%%rsi)", AF);                                                           \
    TRY(op "b $-2, 7(%%rsi)", AF);                                                            \
    TRY(op "w %%bx, %%ax", AF);                                                               \
    TRY(op "w $0x1234, %%ax", AF);                                                            \
    TRY(op "w $0xff00, %%cx", AF);                                                            \
    TRY(op "w %%ax, 1(%%rsi)", AF);                                                           \
    TRY(op "w $0x7fff, (%%rsi)", AF);                                                         \
    TRY(op "l %%ebx, %%eax", AF);                                                             \
    TRY(op "l %%eax, %%eax", AF);                                                             \
    TRY(op "l $0x7fffffff, %%eax", AF);                                                       \
    TRY(op "l $0xf0000000, %%ecx", AF);                                                       \
    TRY(op "l %%edx, 5(%%rsi)", AF);                                                          \
    TRY(op "l $0x12345678, (%%rsi)", AF);                                                     \
    TRY(op "q %%rbx, %%rax", AF);                                                             \
    TRY(op "q %%rcx, %%rcx", AF);                                                             \
    TRY(op "q $0x7fffffff, %%rax", AF);                                                       \
    TRY(op "q $-0x80000000, %%rcx", AF);                                                      \
    TRY(op "q %%rax, -7(%%rsi)", AF);                                                         \
    TRY(op "q $-0x12345678, (%%rsi)", AF);                                                    \
  } while (0)

#define LOADING(op)                                                                           \
  do {                                                                                        \
    TRY(op "b -1(%%rsi), %%dl", AF);                                                          \
    TRY(op "b -9(%%rsi), %%dh", AF);                                                          \
    TRY(op "w $-3, %%dx", AF);                                                                \
    TRY(op "w $-128, (%%rsi)", AF);                                                           \
    TRY(op "w -3(%%rsi), %%bx", AF);                                                          \
    TRY(op "l $-5, %%edx", AF);                                                               \
    TRY(op "l -5(%%rsi), %%edx", AF);                                                         \
    TRY(op "l $1, (%%rsi)", AF);                                                              \
    TRY(op "q $127, %%rdx", AF);                                                              \
    TRY(op "q 9(%%rsi), %%rbx", AF);                                                          \
    TRY(op "q $-1, 8(%%rsi)", AF);                                                            \
  } while (0)

int main(void) {
  BINARY("and");
  BINARY("or");
  BINARY("xor");
  BINARY("test");
  LOADING("and");
  LOADING("or");
  LOADING("xor");
  TRY("notb %%al", NONE);
  TRY("notb %%ch", NONE);
  TRY("notb 1(%%rsi)", NONE);
  TRY("notw %%ax", NONE);
  TRY("notw 1(%%rsi)", NONE);
  TRY("notl %%eax", NONE);
  TRY("notl 1(%%rsi)", NONE);
  TRY("notq %%rax", NONE);
  TRY("notq 1(%%rsi)", NONE);
  return 0;
}
