// variants: O2 pie
// Every conversion of SSE and SSE2 that does not involve MMX, in all rounding modes.

#include "vector.h"

#define MODES(text, kind)                                                                     \
  do {                                                                                        \
    VECTOR(text, kind);                                                                       \
    VECTOR_WITH(text, kind, 0x3f80);                                                          \
    VECTOR_WITH(text, kind, 0x5f80);                                                          \
    VECTOR_WITH(text, kind, 0x7f80);                                                          \
  } while (0)

int main(void) {
  MODES("cvtdq2ps %%xmm1, %%xmm0", INTEGERS);
  MODES("cvtdq2pd %%xmm1, %%xmm0", INTEGERS);
  MODES("cvtdq2pd 8(%%rsi), %%xmm0", INTEGERS);
  MODES("cvtps2dq %%xmm1, %%xmm0", FLOATS);
  MODES("cvttps2dq %%xmm1, %%xmm0", FLOATS);
  MODES("cvtps2pd %%xmm1, %%xmm0", FLOATS);
  MODES("cvtps2pd 8(%%rsi), %%xmm0", FLOATS);
  MODES("cvtpd2ps %%xmm1, %%xmm0", DOUBLES);
  MODES("cvtpd2dq %%xmm1, %%xmm0", DOUBLES);
  MODES("cvttpd2dq %%xmm1, %%xmm0", DOUBLES);
  MODES("cvtss2sd %%xmm1, %%xmm0", FLOATS);
  MODES("cvtsd2ss %%xmm1, %%xmm0", DOUBLES);
  MODES("cvtss2sd 4(%%rsi), %%xmm0", FLOATS);
  MODES("cvtsd2ss 8(%%rsi), %%xmm0", DOUBLES);
  MODES("cvtsi2ssl %%eax, %%xmm0", INTEGERS);
  MODES("cvtsi2ssq %%rax, %%xmm0", INTEGERS);
  MODES("cvtsi2sdl %%eax, %%xmm0", INTEGERS);
  MODES("cvtsi2sdq %%rax, %%xmm0", INTEGERS);
  MODES("cvtsi2sdl 4(%%rsi), %%xmm0", INTEGERS);
  MODES("cvtsi2sdq 4(%%rsi), %%xmm0", INTEGERS);
  MODES("cvtss2si %%xmm1, %%eax", FLOATS);
  MODES("cvtss2si %%xmm1, %%rax", FLOATS);
  MODES("cvttss2si %%xmm1, %%eax", FLOATS);
  MODES("cvttss2si %%xmm1, %%rax", FLOATS);
  MODES("cvtsd2si %%xmm1, %%eax", DOUBLES);
  MODES("cvtsd2si %%xmm1, %%rax", DOUBLES);
  MODES("cvttsd2si %%xmm1, %%eax", DOUBLES);
  MODES("cvttsd2si 8(%%rsi), %%rax", DOUBLES);
  return 0;
}
