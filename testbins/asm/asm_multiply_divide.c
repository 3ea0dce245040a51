// variants: O2 pie
// flags: -mno-red-zone
// MUL, IMUL (one, two and three operands), DIV, IDIV at all widths. Products leave SF, ZF, AF
// and PF undefined, divisions leave all six undefined.

#include "instruction.h"

enum { PRODUCT = SF | ZF | AF | PF };

#define MULTIPLY(op)                                                                          \
  do {                                                                                        \
    TRY(op "b %%bl", PRODUCT);                                                                \
    TRY(op "b %%ah", PRODUCT);                                                                \
    TRY(op "b 1(%%rsi)", PRODUCT);                                                            \
    TRY(op "w %%bx", PRODUCT);                                                                \
    TRY(op "w 1(%%rsi)", PRODUCT);                                                            \
    TRY(op "l %%ebx", PRODUCT);                                                               \
    TRY(op "l 1(%%rsi)", PRODUCT);                                                            \
    TRY(op "q %%rbx", PRODUCT);                                                               \
    TRY(op "q %%rdx", PRODUCT);                                                               \
    TRY(op "q 1(%%rsi)", PRODUCT);                                                            \
  } while (0)

// The dividend's upper half is kept below the divisor, so that the quotient fits.
static void prepare_unsigned(struct state *s, unsigned width) {
  if (width == 8) {
    if ((s->rbx & 0xff) == 0) s->rbx |= 3;
    uint64_t high = (s->rax >> 8 & 0xff) % (s->rbx & 0xff);
    s->rax = (s->rax & ~0xff00ull) | high << 8;
    ((uint8_t *)&s->memory[4])[1] = (uint8_t)s->rbx;
  } else if (width == 16) {
    if ((s->rbx & 0xffff) == 0) s->rbx |= 3;
    s->rdx = (s->rdx & ~0xffffull) | (s->rdx & 0xffff) % (s->rbx & 0xffff);
    memcpy((uint8_t *)&s->memory[4] + 1, &s->rbx, 2);
  } else if (width == 32) {
    if ((s->rbx & 0xffffffff) == 0) s->rbx |= 3;
    s->rdx = (s->rdx & ~0xffffffffull) | (s->rdx & 0xffffffff) % (s->rbx & 0xffffffff);
    memcpy((uint8_t *)&s->memory[4] + 1, &s->rbx, 4);
  } else {
    if (s->rbx == 0) s->rbx = 3;
    s->rdx %= s->rbx;
    memcpy((uint8_t *)&s->memory[4] + 1, &s->rbx, 8);
  }
}

// A quotient well inside the signed range: |high half| stays below a quarter of |divisor|.
static void prepare_signed(struct state *s, unsigned width) {
  unsigned shift = 64 - width;
  int64_t divisor = (int64_t)(s->rbx << shift) >> shift;
  if (divisor > -8 && divisor < 8) divisor = s->rax & 1 ? 11 : -11;
  int64_t bound = divisor / 4;
  if (bound < 0) bound = -bound;
  int64_t high = (int64_t)(s->rdx >> 1) % bound;
  if (s->rdx & 1) high = -high;
  uint64_t mask = width == 64 ? ~0ull : (1ull << width) - 1;
  s->rbx = (s->rbx & ~mask) | ((uint64_t)divisor & mask);
  if (width == 8) {
    s->rax = (s->rax & ~0xff00ull) | ((uint64_t)high & 0xff) << 8;
  } else {
    s->rdx = (s->rdx & ~mask) | ((uint64_t)high & mask);
  }
  memcpy((uint8_t *)&s->memory[4] + 1, &s->rbx, width / 8);
}

#define DIVIDE(op, prepare)                                                                   \
  do {                                                                                        \
    TRY_PREPARED(op "b %%bl", STATUS_FLAGS, prepare(&s, 8));                                  \
    TRY_PREPARED(op "b 1(%%rsi)", STATUS_FLAGS, prepare(&s, 8));                              \
    TRY_PREPARED(op "w %%bx", STATUS_FLAGS, prepare(&s, 16));                                 \
    TRY_PREPARED(op "w 1(%%rsi)", STATUS_FLAGS, prepare(&s, 16));                             \
    TRY_PREPARED(op "l %%ebx", STATUS_FLAGS, prepare(&s, 32));                                \
    TRY_PREPARED(op "l 1(%%rsi)", STATUS_FLAGS, prepare(&s, 32));                             \
    TRY_PREPARED(op "q %%rbx", STATUS_FLAGS, prepare(&s, 64));                                \
    TRY_PREPARED(op "q 1(%%rsi)", STATUS_FLAGS, prepare(&s, 64));                             \
  } while (0)

int main(void) {
  MULTIPLY("mul");
  MULTIPLY("imul");
  TRY("imulw %%bx, %%ax", PRODUCT);
  TRY("imulw 1(%%rsi), %%ax", PRODUCT);
  TRY("imull %%ebx, %%eax", PRODUCT);
  TRY("imull 1(%%rsi), %%eax", PRODUCT);
  TRY("imulq %%rbx, %%rax", PRODUCT);
  TRY("imulq 1(%%rsi), %%rax", PRODUCT);
  TRY("imulw $-7, %%bx, %%ax", PRODUCT);
  TRY("imulw $0x1234, 1(%%rsi), %%ax", PRODUCT);
  TRY("imull $-7, %%ebx, %%eax", PRODUCT);
  TRY("imull $0x12345678, 1(%%rsi), %%eax", PRODUCT);
  TRY("imulq $-7, %%rbx, %%rax", PRODUCT);
  TRY("imulq $-0x12345678, 1(%%rsi), %%rax", PRODUCT);
  DIVIDE("div", prepare_unsigned);
  DIVIDE("idiv", prepare_signed);
  return 0;
}
