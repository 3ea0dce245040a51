// variants: O2 pie
// flags: -mno-red-zone
// BT, BTS, BTR, BTC: registers, immediates, and memory with a bit offset that reaches outside
// the addressed word in both directions. OF, SF, AF, PF are undefined; ZF stays.

#include "instruction.h"

enum { UNDEFINED = OF | SF | AF | PF };

// Bit offsets that stay inside memory[0...7], which is 256 bits on each side of (%rsi).
static void limit_offset(struct state *s, unsigned width) {
  int64_t offset = (int64_t)(s->rbx % 512) - 256;
  uint64_t mask = width == 64 ? ~0ull : (1ull << width) - 1;
  s->rbx = (s->rbx & ~mask) | ((uint64_t)offset & mask);
}

#define FAMILY(op)                                                                            \
  do {                                                                                        \
    TRY(op "w %%bx, %%ax", UNDEFINED);                                                        \
    TRY(op "l %%ebx, %%eax", UNDEFINED);                                                      \
    TRY(op "q %%rbx, %%rax", UNDEFINED);                                                      \
    TRY(op "q %%rax, %%rax", UNDEFINED);                                                      \
    TRY(op "w $3, %%ax", UNDEFINED);                                                          \
    TRY(op "w $19, %%ax", UNDEFINED);                                                         \
    TRY(op "l $31, %%eax", UNDEFINED);                                                        \
    TRY(op "l $32, %%eax", UNDEFINED);                                                        \
    TRY(op "q $63, %%rax", UNDEFINED);                                                        \
    TRY(op "q $255, %%rax", UNDEFINED);                                                       \
    TRY(op "w $15, 1(%%rsi)", UNDEFINED);                                                     \
    TRY(op "l $17, 1(%%rsi)", UNDEFINED);                                                     \
    TRY(op "q $45, 1(%%rsi)", UNDEFINED);                                                     \
    TRY(op "q $77, 1(%%rsi)", UNDEFINED);                                                     \
    TRY_PREPARED(op "w %%bx, (%%rsi)", UNDEFINED, limit_offset(&s, 16));                      \
    TRY_PREPARED(op "l %%ebx, (%%rsi)", UNDEFINED, limit_offset(&s, 32));                     \
    TRY_PREPARED(op "q %%rbx, (%%rsi)", UNDEFINED, limit_offset(&s, 64));                     \
  } while (0)

int main(void) {
  FAMILY("bt");
  FAMILY("bts");
  FAMILY("btr");
  FAMILY("btc");
  return 0;
}
