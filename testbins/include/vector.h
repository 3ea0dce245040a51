// Runs one SSE or SSE2 instruction over many operand pairs: xmm0 is the destination, xmm1 the
// source, (%%rsi) an aligned copy of the source, rax a general register. The digest covers
// both vectors, rax, the memory and the exception flags of MXCSR.
#ifndef VECTOR_H
#define VECTOR_H

#include "check.h"

typedef union {
  uint8_t b[16];
  uint16_t w[8];
  uint32_t d[4];
  uint64_t q[2];
  float f[4];
  double df[2];
} vector __attribute__((aligned(16)));

enum { VECTOR_ROUNDS = 300, MXCSR_DEFAULT = 0x1f80 };

static const uint32_t special_floats[] = {0x00000000, 0x80000000, 0x00000001, 0x807fffff, 0x00800000, 0x3f800000,
                                          0xbf800000, 0x40490fdb, 0x4b000001, 0xcf000000, 0x4f000000, 0x7f7fffff,
                                          0x7f800000, 0xff800000, 0x7fc00001, 0xffc12345, 0x7f800001, 0x3f000000};
static const uint64_t special_doubles[] = {
    0x0000000000000000, 0x8000000000000000, 0x0000000000000001, 0x800fffffffffffff, 0x0010000000000000,
    0x3ff0000000000000, 0xbff0000000000000, 0x400921fb54442d18, 0x4330000000000001, 0xc1e0000000000000,
    0x41e0000000000000, 0x7fefffffffffffff, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000001,
    0xfff8123456789abc, 0x7ff0000000000001, 0x3fe0000000000000};

enum vector_kind { INTEGERS, FLOATS, DOUBLES };

static inline void pick_vector(vector *v, enum vector_kind kind, uint64_t *random) {
  for (int i = 0; i < 2; i++) v->q[i] = random_u64(random);
  uint64_t choice = random_u64(random);
  if (kind == INTEGERS) {
    if ((choice & 7) == 0)
      for (int i = 0; i < 16; i++) v->b[i] = "\x00\xff\x80\x7f"[(choice >> (8 + 2 * i)) & 3];
    if ((choice & 7) == 1) v->q[0] &= 0x7f, v->q[1] = 0;  // a small shift count
  } else if (kind == FLOATS) {
    for (int i = 0; i < 4; i++) {
      choice = random_u64(random);
      if (choice & 1) v->d[i] = special_floats[(choice >> 8) % COUNT(special_floats)];
      else v->d[i] = (v->d[i] & 0x807fffff) | (uint32_t)(0x60 + (choice >> 8) % 0x40) << 23;  // of middle size
    }
  } else {
    for (int i = 0; i < 2; i++) {
      choice = random_u64(random);
      if (choice & 1) v->q[i] = special_doubles[(choice >> 8) % COUNT(special_doubles)];
      else v->q[i] = (v->q[i] & 0x800fffffffffffff) | (0x3e0 + (choice >> 8) % 0x40) << 52;
    }
  }
}

#define VECTOR_WITH(text, kind, control)                                                      \
  do {                                                                                        \
    uint64_t random = 0x1234567, digest = DIGEST_SEED;                                        \
    for (int round = 0; round < VECTOR_ROUNDS; round++) {                                     \
      vector a, b, memory[2];                                                                 \
      pick_vector(&a, kind, &random);                                                         \
      pick_vector(&b, kind, &random);                                                         \
      memory[0] = b;                                                                          \
      pick_vector(&memory[1], kind, &random);                                                 \
      uint64_t rax = random_u64(&random) >> (round & 63);                                     \
      uint32_t mxcsr = (control);                                                             \
      asm volatile("movdqa %[a], %%xmm0\n\tmovdqa %[b], %%xmm1\n\tldmxcsr %[mxcsr]\n\t"       \
                   text "\n\t"                                                                \
                   "stmxcsr %[mxcsr]\n\tmovdqa %%xmm0, %[a]\n\tmovdqa %%xmm1, %[b]"           \
                   : [a] "+m"(a), [b] "+m"(b), [mxcsr] "+m"(mxcsr), "+a"(rax)                 \
                   : "S"(memory)                                                              \
                   : "xmm0", "xmm1", "xmm2", "xmm8", "xmm15", "rcx", "rdx", "cc", "memory");  \
      const uint32_t normal = MXCSR_DEFAULT;                                                  \
      asm volatile("ldmxcsr %0" ::"m"(normal));                                               \
      digest = digest_bytes(digest_bytes(digest, &a, 16), &b, 16);                            \
      digest = digest_bytes(digest, memory, sizeof memory);                                   \
      digest = digest_u64(digest_u64(digest, rax), mxcsr);                                    \
    }                                                                                         \
    char label[120];                                                                          \
    size_t n = 0;                                                                             \
    for (const char *p = text; *p && n + 1 < sizeof label; p++)                               \
      if (p[0] != '%' || p[1] != '%') label[n++] = *p;                                        \
    label[n] = 0;                                                                             \
    report(label, digest);                                                                    \
  } while (0)

#define VECTOR(text, kind) VECTOR_WITH(text, kind, MXCSR_DEFAULT)

// Register and memory source.
#define VECTOR_BOTH(op, kind)                  \
  do {                                         \
    VECTOR(op " %%xmm1, %%xmm0", kind);        \
    VECTOR(op " (%%rsi), %%xmm0", kind);       \
  } while (0)

#endif
