// variants: O2 pie
// flags: -mno-red-zone
// XCHG, XADD, CMPXCHG, CMPXCHG8B, CMPXCHG16B, each with a success and a failure path.

#include "instruction.h"

#define FAMILY(lock)                                                                          \
  do {                                                                                        \
    TRY(lock "xaddb %%bl, 1(%%rsi)", NONE);                                                   \
    TRY(lock "xaddb %%bh, 1(%%rsi)", NONE);                                                   \
    TRY(lock "xaddw %%bx, 1(%%rsi)", NONE);                                                   \
    TRY(lock "xaddl %%ebx, 4(%%rsi)", NONE);                                                  \
    TRY(lock "xaddq %%rbx, 8(%%rsi)", NONE);                                                  \
    TRY(lock "cmpxchgb %%bl, 1(%%rsi)", NONE);                                                \
    TRY(lock "cmpxchgb %%bh, 1(%%rsi)", NONE);                                                \
    TRY(lock "cmpxchgw %%bx, 2(%%rsi)", NONE);                                                \
    TRY(lock "cmpxchgl %%ebx, 4(%%rsi)", NONE);                                               \
    TRY(lock "cmpxchgq %%rbx, 8(%%rsi)", NONE);                                               \
    TRY_PREPARED(lock "cmpxchgb %%bl, (%%rsi)", NONE, s.memory[4] = s.rax);                   \
    TRY_PREPARED(lock "cmpxchgw %%bx, (%%rsi)", NONE, s.memory[4] = s.rax);                   \
    TRY_PREPARED(lock "cmpxchgl %%ebx, (%%rsi)", NONE, s.memory[4] = s.rax);                  \
    TRY_PREPARED(lock "cmpxchgq %%rbx, (%%rsi)", NONE, s.memory[4] = s.rax);                  \
    TRY(lock "cmpxchg8b (%%rsi)", NONE);                                                      \
    TRY_PREPARED(lock "cmpxchg8b (%%rsi)", NONE,                                              \
                 s.memory[4] = (s.rax & 0xffffffff) | s.rdx << 32);                           \
    TRY(lock "cmpxchg16b (%%rsi)", NONE);                                                     \
    TRY_PREPARED(lock "cmpxchg16b (%%rsi)", NONE, s.memory[4] = s.rax; s.memory[5] = s.rdx);  \
  } while (0)

int main(void) {
  FAMILY("");
  FAMILY("lock ");
  TRY("xchgb %%bl, %%al", NONE);
  TRY("xchgb %%bh, %%al", NONE);
  TRY("xchgb %%ah, %%al", NONE);
  TRY("xchgb %%ch, 1(%%rsi)", NONE);
  TRY("xchgw %%bx, %%ax", NONE);
  TRY("xchgw %%bx, 1(%%rsi)", NONE);
  TRY("xchgl %%ebx, %%eax", NONE);
  TRY("xchgl %%ebx, %%ecx", NONE);
  TRY("xchgl %%ebx, 4(%%rsi)", NONE);
  TRY("xchgq %%rbx, %%rax", NONE);
  TRY("xchgq %%rbx, %%rcx", NONE);
  TRY("xchgq %%rbx, 8(%%rsi)", NONE);
  TRY(".byte 0x87, 0xc0", NONE);  // xchg eax, eax with ModRM clears the upper half
  TRY("nop", NONE);               // 90 alone does not
  TRY("xaddb %%bl, %%al", NONE);
  TRY("xaddb %%bh, %%al", NONE);
  TRY("xaddw %%bx, %%ax", NONE);
  TRY("xaddl %%ebx, %%eax", NONE);
  TRY("xaddl %%eax, %%eax", NONE);
  TRY("xaddq %%rbx, %%rax", NONE);
  TRY("cmpxchgb %%bl, %%dl", NONE);
  TRY("cmpxchgw %%bx, %%dx", NONE);
  TRY("cmpxchgl %%ebx, %%edx", NONE);
  TRY("cmpxchgq %%rbx, %%rdx", NONE);
  TRY("cmpxchgl %%ebx, %%eax", NONE);
  TRY_PREPARED("cmpxchgl %%ebx, %%edx", NONE, s.rdx = s.rax ^ (1ull << 63));
  return 0;
}
