// variants: O2 pie
// String instructions: MOVS, STOS, LODS, SCAS, CMPS at all widths, with and without REP, REPE
// and REPNE, forwards and backwards (DF = 1), overlapping, with a count of zero and with a
// 32-bit address size.

#include "check.h"

enum { SIZE = 512 };
static uint8_t source[SIZE], destination[SIZE];

static void refill(uint64_t seed) {
  for (unsigned i = 0; i < SIZE; i++) {
    source[i] = (uint8_t)(random_u64(&seed) & 3 ? random_u64(&seed) : 0x41);
    destination[i] = (uint8_t)(i * 7);
  }
}

static uint64_t digest_buffers(uint64_t digest) {
  return digest_bytes(digest_bytes(digest, source, SIZE), destination, SIZE);
}

// Registers are reported as offsets into the buffers, so that addresses do not show.
#define STRING(text, df, count, start)                                                        \
  do {                                                                                        \
    refill(77);                                                                               \
    uint8_t *rdi = destination + (start);                                                     \
    uint8_t *rsi = source + (start) + 8;                                                      \
    uint64_t rcx = (count), rax = 0x4142434441424141, flags = 0;                              \
    asm volatile(df "\n\t" text "\n\tcld\n\tpushfq\n\tpopq %[flags]"                          \
                 : "+D"(rdi), "+S"(rsi), "+c"(rcx), "+a"(rax), [flags] "=&r"(flags)           \
                 :                                                                            \
                 : "cc", "memory");                                                           \
    uint64_t digest = digest_buffers(DIGEST_SEED);                                            \
    digest = digest_u64(digest, (uint64_t)(rdi - destination));                               \
    digest = digest_u64(digest, (uint64_t)(rsi - source));                                    \
    digest = digest_u64(digest_u64(digest, rcx), rax);                                        \
    char label[80];                                                                           \
    snprintf(label, sizeof label, "%s %s count %d at %d", df, text, (int)(count), start);     \
    report(label, digest);                                                                    \
  } while (0)

#define COUNTS(text, df)                                                                      \
  do {                                                                                        \
    STRING(text, df, 0, 240);                                                                 \
    STRING(text, df, 1, 240);                                                                 \
    STRING(text, df, 2, 241);                                                                 \
    STRING(text, df, 7, 243);                                                                 \
    STRING(text, df, 24, 247);                                                                \
  } while (0)

#define WIDTHS(prefix, op)                                                                    \
  do {                                                                                        \
    COUNTS(prefix op "b", "cld");                                                             \
    COUNTS(prefix op "b", "std");                                                             \
    COUNTS(prefix op "w", "cld");                                                             \
    COUNTS(prefix op "w", "std");                                                             \
    COUNTS(prefix op "l", "cld");                                                             \
    COUNTS(prefix op "l", "std");                                                             \
    COUNTS(prefix op "q", "cld");                                                             \
    COUNTS(prefix op "q", "std");                                                             \
  } while (0)

// Where REPE CMPS and REPNE SCAS stop, and the flags of the last comparison.
static void comparisons(void) {
  uint64_t digest = DIGEST_SEED;
  for (unsigned different = 0; different < 40; different++) {
    uint8_t a[40], b[40];
    for (unsigned i = 0; i < 40; i++) a[i] = b[i] = (uint8_t)(i * 11);
    b[different] ^= 0x80;
    uint8_t *rsi = a, *rdi = b;
    uint64_t rcx = 40, flags;
    asm volatile("repe cmpsb\n\tpushfq\n\tpopq %3"
                 : "+S"(rsi), "+D"(rdi), "+c"(rcx), "=&r"(flags)::"cc", "memory");
    CHECK(rsi - a == (long)different + 1 && rdi - b == (long)different + 1);
    digest = digest_u64(digest_u64(digest, rcx), flags & 0x8d5);
    rdi = a;
    rcx = 40;
    uint64_t needle = a[different];
    asm volatile("repne scasb\n\tpushfq\n\tpopq %2"
                 : "+D"(rdi), "+c"(rcx), "=&r"(flags)
                 : "a"(needle)
                 : "cc", "memory");
    digest = digest_u64(digest_u64(digest, rcx), flags & 0x8d5);
  }
  report("where comparisons stop", digest);
}

// MOVS onto itself one element further repeats the first elements: the order is observable.
static void overlaps(void) {
  uint64_t digest = DIGEST_SEED;
  for (unsigned distance = 1; distance < 24; distance++) {
    refill(5);
    uint8_t *rsi = source + 64, *rdi = source + 64 + distance;
    uint64_t rcx = 96;
    asm volatile("rep movsb" : "+S"(rsi), "+D"(rdi), "+c"(rcx)::"memory");
    digest = digest_buffers(digest);
    rsi = source + 200;
    rdi = source + 200 - distance;
    rcx = 20;
    asm volatile("std\n\trep movsq\n\tcld" : "+S"(rsi), "+D"(rdi), "+c"(rcx)::"memory");
    digest = digest_buffers(digest);
  }
  report("overlapping moves", digest);
}

// REP with a zero count and a zero RCX after 32-bit address size.
static void zero_counts(void) {
  uint8_t *rdi = destination;
  uint64_t rcx = 0, zero = 1;
  asm volatile("cmpl $1, %%ecx\n\trepe scasb\n\tsetz %b2" : "+D"(rdi), "+c"(rcx), "+q"(zero)
               : "a"(0) : "cc", "memory");
  printf("zero count keeps flags: zero %llu rdi moved %d\n", (unsigned long long)zero,
         (int)(rdi - destination));
}

static void segment_source(void) {
  uint64_t a, b;
  uint8_t *rsi = source;
  asm volatile("lodsq" : "=a"(a), "+S"(rsi)::"memory");
  rsi = source;
  asm volatile("ds lodsq" : "=a"(b), "+S"(rsi)::"memory");
  CHECK(a == b);
  printf("segment override on the source is harmless\n");
}

int main(void) {
  WIDTHS("", "movs");
  WIDTHS("", "stos");
  WIDTHS("", "lods");
  WIDTHS("", "scas");
  WIDTHS("", "cmps");
  WIDTHS("rep ", "movs");
  WIDTHS("rep ", "stos");
  WIDTHS("rep ", "lods");
  WIDTHS("repe ", "scas");
  WIDTHS("repne ", "scas");
  WIDTHS("repe ", "cmps");
  WIDTHS("repne ", "cmps");
  comparisons();
  overlaps();
  zero_counts();
  segment_source();
  return 0;
}
