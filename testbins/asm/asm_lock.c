// variants: O2 pie
// flags: -mno-red-zone
// All LOCK forms on memory, aligned and across a cache line.

#include "instruction.h"

#define BINARY(op, undefined)                                                                 \
  do {                                                                                        \
    TRY("lock " op "b %%bl, 1(%%rsi)", undefined);                                            \
    TRY("lock " op "w %%bx, 2(%%rsi)", undefined);                                            \
    TRY("lock " op "l %%ebx, 4(%%rsi)", undefined);                                           \
    TRY("lock " op "q %%rbx, 8(%%rsi)", undefined);                                           \
    TRY("lock " op "q %%rbx, 3(%%rsi)", undefined);                                           \
    TRY("lock " op "b $0x81, 1(%%rsi)", undefined);                                           \
    TRY("lock " op "w $-2, 2(%%rsi)", undefined);                                             \
    TRY("lock " op "l $0x12345678, 4(%%rsi)", undefined);                                     \
    TRY("lock " op "q $-9, 8(%%rsi)", undefined);                                             \
  } while (0)

#define UNARY(op)                                                                             \
  do {                                                                                        \
    TRY("lock " op "b 1(%%rsi)", NONE);                                                       \
    TRY("lock " op "w 2(%%rsi)", NONE);                                                       \
    TRY("lock " op "l 4(%%rsi)", NONE);                                                       \
    TRY("lock " op "q 8(%%rsi)", NONE);                                                       \
  } while (0)

enum { BIT = OF | SF | AF | PF };

#define BITS(op)                                                                              \
  do {                                                                                        \
    TRY("lock " op "w $5, 2(%%rsi)", BIT);                                                    \
    TRY("lock " op "l $29, 4(%%rsi)", BIT);                                                   \
    TRY("lock " op "q $61, 8(%%rsi)", BIT);                                                   \
    TRY_PREPARED("lock " op "q %%rbx, (%%rsi)", BIT, s.rbx &= 255);                           \
  } while (0)

int main(void) {
  BINARY("add", NONE);
  BINARY("sub", NONE);
  BINARY("adc", NONE);
  BINARY("sbb", NONE);
  BINARY("and", AF);
  BINARY("or", AF);
  BINARY("xor", AF);
  UNARY("inc");
  UNARY("dec");
  UNARY("neg");
  UNARY("not");
  BITS("bts");
  BITS("btr");
  BITS("btc");
  return 0;
}
