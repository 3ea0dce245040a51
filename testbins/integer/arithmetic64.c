// 64-bit and 128-bit arithmetic against identities that hold for all operands.

#include "check.h"

typedef unsigned __int128 u128;
typedef __int128 s128;

static uint64_t digest_u128(uint64_t digest, u128 value) {
  return digest_u64(digest_u64(digest, (uint64_t)value), (uint64_t)(value >> 64));
}

int main(void) {
  uint64_t random = 12345, digest = DIGEST_SEED;
  for (int i = 0; i < 20000; i++) {
    uint64_t a = random_u64(&random) >> (i % 61), b = (random_u64(&random) >> (i % 53)) | 1;
    CHECK(a / b * b + a % b == a);
    int64_t sa = (int64_t)(i & 1 ? a : 0 - a), sb = (int64_t)b;
    if (sa != INT64_MIN && sb != 0) CHECK(sa / sb * sb + sa % sb == sa);
    u128 product = (u128)a * b;
    CHECK(product / b == a && product % b == 0);
    s128 signed_product = (s128)sa * sb;
    u128 wide = ((u128)random_u64(&random) << 64) | a;
    u128 quotient = wide / b, remainder = wide % b;
    CHECK(quotient * b + remainder == wide);
    digest = digest_u128(digest, product);
    digest = digest_u128(digest, (u128)signed_product);
    digest = digest_u128(digest, wide << (i & 127) | wide >> ((128 - i) & 127));
    digest = digest_u64(digest, (uint64_t)(sa >> (i & 63)) + (uint64_t)(sb < sa));
  }
  report("64 and 128 bits", digest);
  return 0;
}
