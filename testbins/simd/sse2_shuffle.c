// variants: O2 pie
// flags: -mno-red-zone
// Unpack, pack, shuffle, insert, extract, mask and move instructions of SSE and SSE2.

#include "vector.h"

#define IMMEDIATES(op, kind)                                                                  \
  do {                                                                                        \
    VECTOR(op " $0x00, %%xmm1, %%xmm0", kind);                                                \
    VECTOR(op " $0x1b, %%xmm1, %%xmm0", kind);                                                \
    VECTOR(op " $0x4e, %%xmm1, %%xmm0", kind);                                                \
    VECTOR(op " $0xb1, %%xmm0, %%xmm0", kind);                                                \
    VECTOR(op " $0xe4, (%%rsi), %%xmm0", kind);                                               \
    VECTOR(op " $0xff, (%%rsi), %%xmm0", kind);                                               \
  } while (0)

static void unpack_and_pack(void) {
  VECTOR_BOTH("punpcklbw", INTEGERS);
  VECTOR_BOTH("punpcklwd", INTEGERS);
  VECTOR_BOTH("punpckldq", INTEGERS);
  VECTOR_BOTH("punpcklqdq", INTEGERS);
  VECTOR_BOTH("punpckhbw", INTEGERS);
  VECTOR_BOTH("punpckhwd", INTEGERS);
  VECTOR_BOTH("punpckhdq", INTEGERS);
  VECTOR_BOTH("punpckhqdq", INTEGERS);
  VECTOR_BOTH("packsswb", INTEGERS);
  VECTOR_BOTH("packssdw", INTEGERS);
  VECTOR_BOTH("packuswb", INTEGERS);
  VECTOR_BOTH("unpcklps", FLOATS);
  VECTOR_BOTH("unpckhps", FLOATS);
  VECTOR_BOTH("unpcklpd", DOUBLES);
  VECTOR_BOTH("unpckhpd", DOUBLES);
  VECTOR("punpcklbw %%xmm0, %%xmm0", INTEGERS);
  VECTOR("unpcklpd %%xmm0, %%xmm0", DOUBLES);
}

static void shuffles(void) {
  IMMEDIATES("pshufd", INTEGERS);
  IMMEDIATES("pshufhw", INTEGERS);
  IMMEDIATES("pshuflw", INTEGERS);
  IMMEDIATES("shufps", FLOATS);
  IMMEDIATES("shufpd", DOUBLES);
  VECTOR("pinsrw $0, %%eax, %%xmm0", INTEGERS);
  VECTOR("pinsrw $5, %%eax, %%xmm0", INTEGERS);
  VECTOR("pinsrw $15, 3(%%rsi), %%xmm0", INTEGERS);
  VECTOR("pextrw $0, %%xmm0, %%eax", INTEGERS);
  VECTOR("pextrw $7, %%xmm0, %%eax", INTEGERS);
  VECTOR("pextrw $10, %%xmm0, %%eax", INTEGERS);
  VECTOR("pmovmskb %%xmm0, %%eax", INTEGERS);
  VECTOR("movmskps %%xmm0, %%eax", FLOATS);
  VECTOR("movmskpd %%xmm0, %%eax", DOUBLES);
}

static void moves(void) {
  VECTOR("movaps %%xmm1, %%xmm0", FLOATS);
  VECTOR("movups 3(%%rsi), %%xmm0", FLOATS);
  VECTOR("movups %%xmm0, 5(%%rsi)", FLOATS);
  VECTOR("movaps %%xmm0, 16(%%rsi)", FLOATS);
  VECTOR("movapd 16(%%rsi), %%xmm0", DOUBLES);
  VECTOR("movupd %%xmm0, 7(%%rsi)", DOUBLES);
  VECTOR("movdqa (%%rsi), %%xmm0", INTEGERS);
  VECTOR("movdqu 1(%%rsi), %%xmm0", INTEGERS);
  VECTOR("movdqu %%xmm0, 9(%%rsi)", INTEGERS);
  VECTOR("movdqu %%xmm0, %%xmm1", INTEGERS);
  VECTOR("movss %%xmm1, %%xmm0", FLOATS);
  VECTOR("movss 1(%%rsi), %%xmm0", FLOATS);
  VECTOR("movss %%xmm0, 6(%%rsi)", FLOATS);
  VECTOR("movsd %%xmm1, %%xmm0", DOUBLES);
  VECTOR("movsd 2(%%rsi), %%xmm0", DOUBLES);
  VECTOR("movsd %%xmm0, 11(%%rsi)", DOUBLES);
  VECTOR("movhlps %%xmm1, %%xmm0", FLOATS);
  VECTOR("movlhps %%xmm1, %%xmm0", FLOATS);
  VECTOR("movlps 3(%%rsi), %%xmm0", FLOATS);
  VECTOR("movhps 3(%%rsi), %%xmm0", FLOATS);
  VECTOR("movlps %%xmm0, 3(%%rsi)", FLOATS);
  VECTOR("movhps %%xmm0, 3(%%rsi)", FLOATS);
  VECTOR("movlpd 3(%%rsi), %%xmm0", DOUBLES);
  VECTOR("movhpd 3(%%rsi), %%xmm0", DOUBLES);
  VECTOR("movlpd %%xmm0, 3(%%rsi)", DOUBLES);
  VECTOR("movhpd %%xmm0, 3(%%rsi)", DOUBLES);
  VECTOR("movd %%eax, %%xmm0", INTEGERS);
  VECTOR("movd 3(%%rsi), %%xmm0", INTEGERS);
  VECTOR("movd %%xmm0, %%eax", INTEGERS);
  VECTOR("movd %%xmm0, 3(%%rsi)", INTEGERS);
  VECTOR("movq %%rax, %%xmm0", INTEGERS);
  VECTOR("movq %%xmm0, %%rax", INTEGERS);
  VECTOR("movq %%xmm1, %%xmm0", INTEGERS);
  VECTOR("movq 5(%%rsi), %%xmm0", INTEGERS);
  VECTOR("movq %%xmm0, 5(%%rsi)", INTEGERS);
  VECTOR("movntdq %%xmm0, 16(%%rsi)", INTEGERS);
  VECTOR("movntps %%xmm0, (%%rsi)", FLOATS);
  VECTOR("movntpd %%xmm0, (%%rsi)", DOUBLES);
  VECTOR("movnti %%eax, 1(%%rsi)", INTEGERS);
  VECTOR("movnti %%rax, 3(%%rsi)", INTEGERS);
  VECTOR("pushq %%rdi; leaq 7(%%rsi), %%rdi; maskmovdqu %%xmm1, %%xmm0; popq %%rdi", INTEGERS);
  VECTOR("movdqa %%xmm0, %%xmm8; movdqa %%xmm1, %%xmm15; paddd %%xmm15, %%xmm8; movdqa %%xmm8, %%xmm0", INTEGERS);
}

int main(void) {
  unpack_and_pack();
  shuffles();
  moves();
  return 0;
}
