// Arithmetic and comparison of doubles and floats over all pairs of special values: zeros,
// denormals, infinities, NaNs with payloads. Bit patterns are digested, NaN signs included.

#include "check.h"

static const uint64_t double_bits[] = {
    0x0000000000000000, 0x8000000000000000, 0x0000000000000001, 0x8000000000000001, 0x000fffffffffffff,
    0x0010000000000000, 0x3fe0000000000000, 0x3ff0000000000000, 0xbff0000000000000, 0x3ff0000000000001,
    0x4000000000000000, 0x400921fb54442d18, 0x41dfffffffc00000, 0x43e0000000000000, 0xc3e0000000000000,
    0x7fefffffffffffff, 0xffefffffffffffff, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000000,
    0xfff8000000000000, 0x7ff8000000001234, 0x7ff0000000000001, 0xfff4000000abcdef, 0x3ca0000000000000};

static const uint32_t float_bits[] = {
    0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x00800000, 0x3f000000, 0x3f800000, 0xbf800000,
    0x3f800001, 0x40000000, 0x40490fdb, 0x4effffff, 0x5f000000, 0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000,
    0x7fc00000, 0xffc00000, 0x7fc01234, 0x7f800001, 0xffa0beef, 0x33800000};

#define PAIRS(type, bits_type, table, suffix)                                                 \
  static uint64_t pairs_##suffix(void) {                                                      \
    uint64_t digest = DIGEST_SEED;                                                            \
    for (size_t i = 0; i < COUNT(table); i++)                                                 \
      for (size_t j = 0; j < COUNT(table); j++) {                                             \
        volatile type a, b;                                                                   \
        memcpy((void *)&a, &table[i], sizeof a);                                              \
        memcpy((void *)&b, &table[j], sizeof b);                                              \
        type results[] = {a + b, a - b, a * b, a / b};                                        \
        digest = digest_bytes(digest, results, sizeof results);                               \
        unsigned order = (unsigned)(a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 |   \
                         (a == b) << 4 | (a != b) << 5 | __builtin_isunordered(a, b) << 6 |   \
                         __builtin_islessgreater(a, b) << 7;                                  \
        digest = digest_u64(digest, order);                                                   \
      }                                                                                       \
    return digest;                                                                            \
  }

PAIRS(double, uint64_t, double_bits, double)
PAIRS(float, uint32_t, float_bits, float)

static void conversions(void) {
  uint64_t digest = DIGEST_SEED;
  for (size_t i = 0; i < COUNT(double_bits); i++) {
    double d;
    memcpy(&d, &double_bits[i], 8);
    // Out of range gives the "integer indefinite" value: asked from the instruction, because
    // in C it would be undefined.
    int32_t i32, r32;
    int64_t i64, r64;
    float f;
    asm("cvttsd2si %1, %0" : "=r"(i32) : "x"(d));
    asm("cvttsd2siq %1, %0" : "=r"(i64) : "x"(d));
    asm("cvtsd2si %1, %0" : "=r"(r32) : "x"(d));
    asm("cvtsd2siq %1, %0" : "=r"(r64) : "x"(d));
    asm("cvtsd2ss %1, %0" : "=x"(f) : "x"(d));
    digest = digest_u64(digest, (uint32_t)i32 ^ (uint64_t)i64 ^ (uint64_t)(uint32_t)r32 << 32 ^ (uint64_t)r64 << 7);
    digest = digest_bytes(digest, &f, 4);
  }
  report("from double", digest);
  digest = DIGEST_SEED;
  for (size_t i = 0; i < COUNT(float_bits); i++) {
    float f;
    memcpy(&f, &float_bits[i], 4);
    int32_t i32, r32;
    int64_t i64, r64;
    double d;
    asm("cvttss2si %1, %0" : "=r"(i32) : "x"(f));
    asm("cvttss2siq %1, %0" : "=r"(i64) : "x"(f));
    asm("cvtss2si %1, %0" : "=r"(r32) : "x"(f));
    asm("cvtss2siq %1, %0" : "=r"(r64) : "x"(f));
    asm("cvtss2sd %1, %0" : "=x"(d) : "x"(f));
    digest = digest_u64(digest, (uint32_t)i32 ^ (uint64_t)i64 ^ (uint64_t)(uint32_t)r32 << 32 ^ (uint64_t)r64 << 7);
    digest = digest_double(digest, d);
  }
  report("from float", digest);
  digest = DIGEST_SEED;
  uint64_t random = 55;
  for (int i = 0; i < 3000; i++) {
    int64_t v = (int64_t)random_u64(&random) >> (i % 64);
    digest = digest_double(digest, (double)v);
    digest = digest_double(digest, (double)(int32_t)v);
    digest = digest_double(digest, (double)(uint64_t)v);
    digest = digest_double(digest, (double)(float)v);
    digest = digest_double(digest, (double)(float)(int32_t)v);
    digest = digest_double(digest, (double)(float)(uint64_t)v);
  }
  report("from integers", digest);
}

static void square_roots(void) {
  uint64_t digest = DIGEST_SEED;
  for (size_t i = 0; i < COUNT(double_bits); i++) {
    double d, r;
    memcpy(&d, &double_bits[i], 8);
    asm("sqrtsd %1, %0" : "=x"(r) : "x"(d));
    digest = digest_double(digest, r);
  }
  for (size_t i = 0; i < COUNT(float_bits); i++) {
    float f, r;
    memcpy(&f, &float_bits[i], 4);
    asm("sqrtss %1, %0" : "=x"(r) : "x"(f));
    digest = digest_bytes(digest, &r, 4);
  }
  uint64_t random = 5;
  for (int i = 0; i < 5000; i++) {
    double d = (double)random_u64(&random), r;
    asm("sqrtsd %1, %0" : "=x"(r) : "x"(d));
    digest = digest_double(digest, r);
  }
  report("square roots", digest);
}

int main(void) {
  report("double pairs", pairs_double());
  report("float pairs", pairs_float());
  conversions();
  square_roots();
  return 0;
}
