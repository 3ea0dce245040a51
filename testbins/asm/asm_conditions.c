// variants: O2 pie
// flags: -mno-red-zone
// SETcc, CMOVcc and Jcc (short and near) for all 16 conditions under all flag settings.

#include "instruction.h"

// cmov with a 32-bit destination clears the upper half even when the condition is false.
#define CONDITION(cc)                                                                         \
  do {                                                                                        \
    TRY("set" cc " %%al", NONE);                                                              \
    TRY("set" cc " %%bh", NONE);                                                              \
    TRY("set" cc " 3(%%rsi)", NONE);                                                          \
    TRY("cmov" cc "w %%bx, %%ax", NONE);                                                      \
    TRY("cmov" cc "l %%ebx, %%eax", NONE);                                                    \
    TRY("cmov" cc "q %%rbx, %%rax", NONE);                                                    \
    TRY("cmov" cc "w 1(%%rsi), %%ax", NONE);                                                  \
    TRY("cmov" cc "l 1(%%rsi), %%eax", NONE);                                                 \
    TRY("cmov" cc "q 1(%%rsi), %%rax", NONE);                                                 \
    TRY("j" cc " 1f; movl $5, %%eax; 1:", NONE);                                              \
    TRY("j" cc " 1f; movl $6, %%eax; .skip 200, 0x90; 1:", NONE);                             \
    TRY("cmpl %%ebx, %%eax; j" cc " 1f; movl $7, %%ecx; 1:", NONE);                           \
    TRY("cmpb %%bl, %%al; set" cc " %%cl", NONE);                                             \
    TRY("testq %%rbx, %%rax; set" cc " %%cl", AF);                                            \
    TRY("subw %%bx, %%ax; cmov" cc "l %%edx, %%ecx", NONE);                                   \
  } while (0)

int main(void) {
  CONDITION("o");
  CONDITION("no");
  CONDITION("b");
  CONDITION("ae");
  CONDITION("e");
  CONDITION("ne");
  CONDITION("be");
  CONDITION("a");
  CONDITION("s");
  CONDITION("ns");
  CONDITION("p");
  CONDITION("np");
  CONDITION("l");
  CONDITION("ge");
  CONDITION("le");
  CONDITION("g");
  return 0;
}
