// flags: -mno-red-zone
// Accesses of all widths across page borders, between pages of different mappings, and reads
// and writes through the vector and string units there.

#define _GNU_SOURCE
#include "check.h"

#include <emmintrin.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

int main(void) {
  uint8_t *p = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(p != MAP_FAILED);
  CHECK(mmap(p + PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == p + PAGE);
  uint64_t digest = DIGEST_SEED, random = 2;
  for (int border = 1; border <= 2; border++)
    for (int offset = -32; offset <= 16; offset++) {
      uint8_t *at = p + border * PAGE + offset;
      uint64_t value = random_u64(&random), back;
      memcpy(at, &value, 8);
      asm volatile("movq (%1), %0\n\tincq (%1)\n\tlock addw $3, 1(%1)\n\txchgl %k0, 2(%1)" : "=&r"(back) : "r"(at) : "cc", "memory");
      digest = digest_u64(digest, back);
      __m128i v = _mm_loadu_si128((const __m128i *)(at - 5));
      _mm_storeu_si128((__m128i *)(at + 3), _mm_add_epi8(v, _mm_set1_epi8(9)));
      double d = (double)(int64_t)value;
      memcpy(at + 1, &d, 8);
      asm volatile("fldl 1(%0)\n\tfld1\n\tfaddp\n\tfstpt (%0)" ::"r"(at) : "memory", "st");
      asm volatile("pushq (%0)\n\tpopq 4(%0)\n\tbtsl $31, 1(%0)\n\tnotq 3(%0)\n\tshlw $3, -1(%0)" ::"r"(at) : "cc", "memory");
      digest = digest_bytes(digest, at - 16, 48);
    }
  uint8_t *from = p + 5, *to = p + PAGE - 3;
  size_t count = PAGE + 20;
  asm volatile("rep movsb" : "+S"(from), "+D"(to), "+c"(count)::"memory");
  to = p + PAGE - 9, count = 300;
  asm volatile("rep stosq" : "+D"(to), "+c"(count) : "a"(0x0102030405060708) : "memory");
  report("across pages", digest_bytes(digest, p, 3 * PAGE));
  return 0;
}
