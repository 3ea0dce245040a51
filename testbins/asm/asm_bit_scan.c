// variants: O2 pie
// flags: -mno-red-zone
// BSF, BSR, POPCNT, LZCNT, TZCNT, BSWAP, MOVBE. A zero source of BSF and BSR leaves the
// destination undefined, so only ZF is looked at then.

#include "instruction.h"

enum { SCAN = CF | OF | SF | AF | PF, COUNT_ZEROS = OF | SF | AF | PF };

#define SCANS(op)                                                                             \
  do {                                                                                        \
    TRY_PREPARED(op "w %%bx, %%ax", SCAN, if (!(s.rbx & 0xffff)) s.rbx |= 0x10);              \
    TRY_PREPARED(op "l %%ebx, %%eax", SCAN, if (!(s.rbx & 0xffffffff)) s.rbx |= 0x100000);    \
    TRY_PREPARED(op "q %%rbx, %%rax", SCAN, if (!s.rbx) s.rbx = 1ull << 40);                  \
    TRY_PREPARED(op "w (%%rsi), %%ax", SCAN, s.memory[4] |= 0x200);                           \
    TRY_PREPARED(op "l (%%rsi), %%eax", SCAN, s.memory[4] |= 0x800000);                       \
    TRY_PREPARED(op "q (%%rsi), %%rax", SCAN, s.memory[4] |= 0x80000000000);                  \
    TRY_PREPARED("xorl %%ebx, %%ebx; " op "q %%rbx, %%rax; movl $0, %%eax", SCAN, (void)0);   \
  } while (0)

#define COUNTS(op, undefined)                                                                 \
  do {                                                                                        \
    TRY(op "w %%bx, %%ax", undefined);                                                        \
    TRY(op "l %%ebx, %%eax", undefined);                                                      \
    TRY(op "q %%rbx, %%rax", undefined);                                                      \
    TRY(op "w 1(%%rsi), %%ax", undefined);                                                    \
    TRY(op "l 1(%%rsi), %%eax", undefined);                                                   \
    TRY(op "q 1(%%rsi), %%rax", undefined);                                                   \
    TRY(op "w %%cx, %%cx", undefined);                                                        \
    TRY("xorl %%ebx, %%ebx; " op "w %%bx, %%ax", undefined);                                  \
    TRY("xorl %%ebx, %%ebx; " op "q %%rbx, %%rax", undefined);                                \
  } while (0)

int main(void) {
  SCANS("bsf");
  SCANS("bsr");
  COUNTS("popcnt", NONE);
  COUNTS("lzcnt", COUNT_ZEROS);
  COUNTS("tzcnt", COUNT_ZEROS);
  TRY("bswapl %%eax", NONE);
  TRY("bswapq %%rax", NONE);
  TRY("movbew 1(%%rsi), %%ax", NONE);
  TRY("movbel 1(%%rsi), %%eax", NONE);
  TRY("movbeq 1(%%rsi), %%rax", NONE);
  TRY("movbew %%ax, 1(%%rsi)", NONE);
  TRY("movbel %%eax, 1(%%rsi)", NONE);
  TRY("movbeq %%rax, 1(%%rsi)", NONE);
  return 0;
}
