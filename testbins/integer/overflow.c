// Overflow-checked arithmetic by the compiler's builtins: the OF and CF consumers.

#include "check.h"

#define KIND(type, name)                                                                      \
  do {                                                                                        \
    uint64_t digest = DIGEST_SEED, random = 7;                                                \
    unsigned overflows = 0;                                                                   \
    for (int i = 0; i < 5000; i++) {                                                          \
      type a = (type)random_u64(&random), b = (type)(random_u64(&random) >> (i & 63)), r;     \
      overflows += __builtin_add_overflow(a, b, &r);                                          \
      digest = digest_u64(digest, (uint64_t)r);                                               \
      overflows += __builtin_sub_overflow(a, b, &r);                                          \
      digest = digest_u64(digest, (uint64_t)r);                                               \
      overflows += __builtin_mul_overflow(a, b, &r);                                          \
      digest = digest_u64(digest, (uint64_t)r + overflows);                                   \
    }                                                                                         \
    printf("%-8s overflows %5u ", name, overflows);                                           \
    report("", digest);                                                                       \
  } while (0)

int main(void) {
  KIND(int8_t, "int8");
  KIND(uint8_t, "uint8");
  KIND(int16_t, "int16");
  KIND(uint16_t, "uint16");
  KIND(int32_t, "int32");
  KIND(uint32_t, "uint32");
  KIND(int64_t, "int64");
  KIND(uint64_t, "uint64");
  return 0;
}
