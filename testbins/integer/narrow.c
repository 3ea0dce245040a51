// 8-, 16- and 32-bit arithmetic: promotions, truncation, sign extension, bit fields.

#include "check.h"

struct fields {
  unsigned a : 3;
  int b : 5;
  unsigned c : 11;
  int d : 13;
  uint64_t e : 37;
  int64_t f : 27;
};

int main(void) {
  uint64_t digest = DIGEST_SEED, random = 99;
  for (int i = 0; i < 256; i++)
    for (int j = 0; j < 256; j++) {
      uint8_t a = (uint8_t)i, b = (uint8_t)j;
      int8_t sa = (int8_t)i, sb = (int8_t)j;
      uint8_t results[] = {(uint8_t)(a + b), (uint8_t)(a - b), (uint8_t)(a * b), (uint8_t)(sa * sb),
                           b ? (uint8_t)(a / b) : 0, sb ? (uint8_t)(sa / sb) : 0, sb ? (uint8_t)(sa % sb) : 0,
                           (uint8_t)(sa >> (b & 7)), (uint8_t)(a << (b & 7)), sa < sb, a < b};
      digest = digest_bytes(digest, results, sizeof results);
    }
  report("all pairs of bytes", digest);
  digest = DIGEST_SEED;
  for (int i = 0; i < 20000; i++) {
    uint16_t a = (uint16_t)random_u64(&random), b = (uint16_t)(random_u64(&random) >> (i & 15)) | 1;
    int32_t c = (int32_t)random_u64(&random), d = (int32_t)(random_u64(&random) >> (33 + (i & 15))) | 1;
    digest = digest_u64(digest, (uint16_t)(a * b) + (uint16_t)(a / b) + (uint16_t)((int16_t)a % (int16_t)(b | 2)));
    digest = digest_u64(digest, (uint64_t)((int64_t)c * d) + (uint32_t)(c / d) + (uint32_t)(c % d));
    digest = digest_u64(digest, (uint64_t)(int64_t)(int8_t)c + (uint64_t)(int64_t)(int16_t)d);
    struct fields f = {.a = a, .b = (int)(b & 15) - 8, .c = a, .d = c % 4096, .e = random_u64(&random), .f = c % 60000};
    f.a += 3;
    f.b ^= 5;
    f.e *= 3;
    f.f -= 7;
    digest = digest_u64(digest, f.a + (uint64_t)f.b * 5 + f.c * 7 + (uint64_t)f.d * 11 + f.e * 13 + (uint64_t)f.f * 17);
  }
  report("16 and 32 bits, bit fields", digest);
  return 0;
}
