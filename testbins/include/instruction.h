// Runs one instruction over many register, memory and flag states and prints a digest of
// all results. The instruction text is AT&T syntax for extended asm (registers as %%rax).
// It may use rax, rbx, rcx, rdx, r8 to r11 as scratch, and memory around (%%rsi); programs that include this need
// -mno-red-zone, since the harness pushes the flags.
#ifndef INSTRUCTION_H
#define INSTRUCTION_H

#include "check.h"

enum {
  CF = 0x001,
  PF = 0x004,
  AF = 0x010,
  ZF = 0x040,
  SF = 0x080,
  OF = 0x800,
  STATUS_FLAGS = CF | PF | AF | ZF | SF | OF,  // never AC, TF or DF
  NONE = 0,
};

struct state {
  uint64_t rax, rbx, rcx, rdx, flags;
  uint64_t memory[8] __attribute__((aligned(64)));  // rsi points to memory[4]
};

static const uint64_t edge_values[] = {
    0, 1, 2, 7, 8, 15, 16, 31, 32, 33, 63, 64, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff,
    0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x7fffffffffffffff,
    0x8000000000000000, 0xffffffffffffffff, 0xaaaaaaaaaaaaaaaa, 0x5555555555555555,
    0xffffff80, 0xffffffffffffff80, 0xffffffff80000000,
};

static inline uint64_t pick_value(uint64_t *random) {
  uint64_t choice = random_u64(random);
  if ((choice & 3) == 0) return edge_values[(choice >> 8) % COUNT(edge_values)];
  uint64_t value = random_u64(random);
  if ((choice & 3) == 1) value >>= (choice >> 16) & 63;  // small magnitudes too
  return value;
}

static inline void prepare_state(struct state *s, unsigned round, uint64_t *random) {
  const unsigned edges = COUNT(edge_values);
  s->rax = round < edges ? edge_values[round] : pick_value(random);
  s->rbx = pick_value(random);
  s->rcx = round < 130 ? round : pick_value(random);  // every shift count, and beyond
  s->rdx = pick_value(random);
  s->flags = (random_u64(random) & STATUS_FLAGS) | 2;
  for (unsigned i = 0; i < 8; i++) s->memory[i] = pick_value(random);
}

static inline uint64_t digest_state(uint64_t digest, const struct state *s, uint64_t undefined) {
  digest = digest_u64(digest, s->rax);
  digest = digest_u64(digest, s->rbx);
  digest = digest_u64(digest, s->rcx);
  digest = digest_u64(digest, s->rdx);
  digest = digest_u64(digest, s->flags & STATUS_FLAGS & ~undefined);
  return digest_bytes(digest, s->memory, sizeof s->memory);
}

// Prints the instruction with %% as %, and its digest.
static inline void report_instruction(const char *text, uint64_t digest) {
  char label[160];
  size_t n = 0;
  for (const char *p = text; *p && n + 1 < sizeof label; p++) {
    if (p[0] == '%' && p[1] == '%') continue;
    label[n++] = *p == '\n' || *p == '\t' ? ' ' : *p;
  }
  label[n] = 0;
  report(label, digest);
}

#define EXECUTE(text, s)                                                                     \
  asm volatile("pushq %[flags]\n\tpopfq\n\t" text "\n\tpushfq\n\tpopq %[flags]\n\tcld"       \
               : "+a"((s).rax), "+b"((s).rbx), "+c"((s).rcx), "+d"((s).rdx),                 \
                 [flags] "+r"((s).flags)                                                     \
               : "S"(&(s).memory[4])                                                         \
               : "r8", "r9", "r10", "r11", "cc", "memory")

enum { ROUNDS = 400 };

// TRY_PREPARED(text, undefined, adjust): `undefined` is an expression for the flags that the
// SDM leaves undefined, in terms of `before` (the state before); `adjust` is a statement that
// may change the state `s` first, for example to keep a divisor from being zero.
#define TRY_PREPARED(text, undefined, adjust)                                                \
  do {                                                                                       \
    uint64_t random = 0x9e3779b97f4a7c15ull, digest = DIGEST_SEED;                           \
    for (unsigned round = 0; round < ROUNDS; round++) {                                      \
      struct state s;                                                                        \
      prepare_state(&s, round, &random);                                                     \
      adjust;                                                                                \
      const struct state before = s;                                                         \
      (void)before;                                                                          \
      EXECUTE(text, s);                                                                      \
      digest = digest_state(digest, &s, (undefined));                                        \
    }                                                                                        \
    report_instruction(text, digest);                                                        \
  } while (0)

#define TRY(text, undefined) TRY_PREPARED(text, undefined, (void)0)

#endif
