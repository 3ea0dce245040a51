// variants: O2 pie
// Scalar and packed arithmetic, comparisons, minima and logic in single and double precision,
// under the default and two other settings of MXCSR.

#include "vector.h"

enum { ROUND_DOWN = 0x3f80, FLUSH_AND_DAZ = 0x9fc0 };

#define SETTINGS(text, kind)                                                                  \
  do {                                                                                        \
    VECTOR(text, kind);                                                                       \
    VECTOR_WITH(text, kind, ROUND_DOWN);                                                      \
    VECTOR_WITH(text, kind, FLUSH_AND_DAZ);                                                   \
  } while (0)

#define ALL_TYPES(op)                                                                         \
  do {                                                                                        \
    SETTINGS(op "ps %%xmm1, %%xmm0", FLOATS);                                                 \
    SETTINGS(op "ss %%xmm1, %%xmm0", FLOATS);                                                 \
    SETTINGS(op "pd %%xmm1, %%xmm0", DOUBLES);                                                \
    SETTINGS(op "sd %%xmm1, %%xmm0", DOUBLES);                                                \
    VECTOR(op "ps (%%rsi), %%xmm0", FLOATS);                                                  \
    VECTOR(op "ss 4(%%rsi), %%xmm0", FLOATS);                                                 \
    VECTOR(op "pd (%%rsi), %%xmm0", DOUBLES);                                                 \
    VECTOR(op "sd 8(%%rsi), %%xmm0", DOUBLES);                                                \
  } while (0)

#define PREDICATE(name)                                                                       \
  do {                                                                                        \
    VECTOR("cmp" name "ps %%xmm1, %%xmm0", FLOATS);                                           \
    VECTOR("cmp" name "ss %%xmm1, %%xmm0", FLOATS);                                           \
    VECTOR("cmp" name "pd %%xmm1, %%xmm0", DOUBLES);                                          \
    VECTOR("cmp" name "sd (%%rsi), %%xmm0", DOUBLES);                                         \
  } while (0)

#define LOGIC(op)                                                                             \
  do {                                                                                        \
    VECTOR_BOTH(op "ps", FLOATS);                                                             \
    VECTOR_BOTH(op "pd", DOUBLES);                                                            \
  } while (0)

// Order flags as a number: setcc reads what the comparison left.
#define ORDER(op, kind)                                                                       \
  VECTOR(op " %%xmm1, %%xmm0; setz %%al; setp %%ah; setc %%cl; movzwl %%ax, %%eax; movzbl %%cl, %%ecx; shll $1, %%ecx; xorl %%ecx, %%eax", kind)

int main(void) {
  ALL_TYPES("add");
  ALL_TYPES("sub");
  ALL_TYPES("mul");
  ALL_TYPES("div");
  ALL_TYPES("min");
  ALL_TYPES("max");
  ALL_TYPES("sqrt");
  PREDICATE("eq");
  PREDICATE("lt");
  PREDICATE("le");
  PREDICATE("unord");
  PREDICATE("neq");
  PREDICATE("nlt");
  PREDICATE("nle");
  PREDICATE("ord");
  LOGIC("and");
  LOGIC("andn");
  LOGIC("or");
  LOGIC("xor");
  ORDER("comiss", FLOATS);
  ORDER("ucomiss", FLOATS);
  ORDER("comisd", DOUBLES);
  ORDER("ucomisd", DOUBLES);
  return 0;
}
