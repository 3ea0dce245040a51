// variants: O2 pie
// SSE2 integer arithmetic, comparisons, logic and shifts.

#include "vector.h"

#define SHIFT(op)                                                                             \
  do {                                                                                        \
    VECTOR_BOTH(op, INTEGERS);                                                                \
    VECTOR(op " $0, %%xmm0", INTEGERS);                                                       \
    VECTOR(op " $1, %%xmm0", INTEGERS);                                                       \
    VECTOR(op " $7, %%xmm0", INTEGERS);                                                       \
    VECTOR(op " $15, %%xmm0", INTEGERS);                                                      \
    VECTOR(op " $16, %%xmm0", INTEGERS);                                                      \
    VECTOR(op " $31, %%xmm0", INTEGERS);                                                      \
    VECTOR(op " $32, %%xmm0", INTEGERS);                                                      \
    VECTOR(op " $63, %%xmm0", INTEGERS);                                                      \
    VECTOR(op " $64, %%xmm0", INTEGERS);                                                      \
    VECTOR(op " $255, %%xmm0", INTEGERS);                                                     \
  } while (0)

static void arithmetic(void) {
  VECTOR_BOTH("paddb", INTEGERS);
  VECTOR_BOTH("paddw", INTEGERS);
  VECTOR_BOTH("paddd", INTEGERS);
  VECTOR_BOTH("paddq", INTEGERS);
  VECTOR_BOTH("psubb", INTEGERS);
  VECTOR_BOTH("psubw", INTEGERS);
  VECTOR_BOTH("psubd", INTEGERS);
  VECTOR_BOTH("psubq", INTEGERS);
  VECTOR_BOTH("paddsb", INTEGERS);
  VECTOR_BOTH("paddsw", INTEGERS);
  VECTOR_BOTH("paddusb", INTEGERS);
  VECTOR_BOTH("paddusw", INTEGERS);
  VECTOR_BOTH("psubsb", INTEGERS);
  VECTOR_BOTH("psubsw", INTEGERS);
  VECTOR_BOTH("psubusb", INTEGERS);
  VECTOR_BOTH("psubusw", INTEGERS);
  VECTOR_BOTH("pmullw", INTEGERS);
  VECTOR_BOTH("pmulhw", INTEGERS);
  VECTOR_BOTH("pmulhuw", INTEGERS);
  VECTOR_BOTH("pmuludq", INTEGERS);
  VECTOR_BOTH("pmaddwd", INTEGERS);
  VECTOR_BOTH("psadbw", INTEGERS);
  VECTOR_BOTH("pavgb", INTEGERS);
  VECTOR_BOTH("pavgw", INTEGERS);
  VECTOR_BOTH("pmaxub", INTEGERS);
  VECTOR_BOTH("pmaxsw", INTEGERS);
  VECTOR_BOTH("pminub", INTEGERS);
  VECTOR_BOTH("pminsw", INTEGERS);
}

static void comparisons_and_logic(void) {
  VECTOR_BOTH("pcmpeqb", INTEGERS);
  VECTOR_BOTH("pcmpeqw", INTEGERS);
  VECTOR_BOTH("pcmpeqd", INTEGERS);
  VECTOR_BOTH("pcmpgtb", INTEGERS);
  VECTOR_BOTH("pcmpgtw", INTEGERS);
  VECTOR_BOTH("pcmpgtd", INTEGERS);
  VECTOR_BOTH("pand", INTEGERS);
  VECTOR_BOTH("pandn", INTEGERS);
  VECTOR_BOTH("por", INTEGERS);
  VECTOR_BOTH("pxor", INTEGERS);
  VECTOR("pxor %%xmm0, %%xmm0", INTEGERS);
  VECTOR("pcmpeqd %%xmm0, %%xmm0", INTEGERS);
  VECTOR("psubd %%xmm1, %%xmm1", INTEGERS);
}

int main(void) {
  arithmetic();
  comparisons_and_logic();
  SHIFT("psllw");
  SHIFT("pslld");
  SHIFT("psllq");
  SHIFT("psrlw");
  SHIFT("psrld");
  SHIFT("psrlq");
  SHIFT("psraw");
  SHIFT("psrad");
  VECTOR("pslldq $0, %%xmm0", INTEGERS);
  VECTOR("pslldq $1, %%xmm0", INTEGERS);
  VECTOR("pslldq $9, %%xmm0", INTEGERS);
  VECTOR("pslldq $15, %%xmm0", INTEGERS);
  VECTOR("pslldq $16, %%xmm0", INTEGERS);
  VECTOR("psrldq $3, %%xmm0", INTEGERS);
  VECTOR("psrldq $8, %%xmm0", INTEGERS);
  VECTOR("psrldq $200, %%xmm0", INTEGERS);
  return 0;
}
