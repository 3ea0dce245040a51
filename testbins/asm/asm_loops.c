// variants: O2 pie
// LOOP, LOOPE, LOOPNE, JRCXZ, JECXZ, and the 32-bit address size forms of them.

#include "check.h"

static void loop_counts(void) {
  uint64_t digest = DIGEST_SEED;
  for (uint64_t n = 1; n < 200; n += 7) {
    uint64_t rcx = n, count = 0;
    asm volatile("1: incq %1\n\tloop 1b" : "+c"(rcx), "+r"(count)::"cc");
    CHECK(count == n && rcx == 0);
    digest = digest_u64(digest, count);
  }
  report("loop", digest);
}

// Scans for the first zero (LOOPNE) or the first nonzero byte (LOOPE).
static void loop_conditions(void) {
  uint8_t storage[65], *bytes = storage + 1;  // room for the step before the first
  uint64_t digest = DIGEST_SEED;
  for (unsigned stop = 0; stop < 64; stop += 5) {
    memset(bytes, 1, 64);
    bytes[stop] = 0;
    uint64_t rcx = 64;
    const uint8_t *p = bytes - 1;
    asm volatile("1: incq %1\n\tcmpb $0, (%1)\n\tloopne 1b" : "+c"(rcx), "+r"(p)::"cc", "memory");
    digest = digest_u64(digest_u64(digest, rcx), (uint64_t)(p - bytes));
    memset(bytes, 0, 64);
    bytes[stop] = 9;
    rcx = 64;
    p = bytes - 1;
    asm volatile("1: incq %1\n\tcmpb $0, (%1)\n\tloope 1b" : "+c"(rcx), "+r"(p)::"cc", "memory");
    digest = digest_u64(digest_u64(digest, rcx), (uint64_t)(p - bytes));
  }
  report("loope loopne", digest);
}

static void address_size(void) {
  uint64_t rcx = 0xffffffff00000003, count = 0;
  asm volatile("1: incq %1\n\taddr32 loop 1b" : "+c"(rcx), "+r"(count)::"cc");
  printf("addr32 loop: count %llu rcx %llx\n", (unsigned long long)count, (unsigned long long)rcx);
  uint64_t taken = 0;
  rcx = 0xffffffff00000000;
  asm volatile("jecxz 1f\n\tjmp 2f\n1: orq $1, %1\n2:" : "+c"(rcx), "+r"(taken)::"cc");
  asm volatile("jrcxz 1f\n\tjmp 2f\n1: orq $2, %1\n2:" : "+c"(rcx), "+r"(taken)::"cc");
  rcx = 0;
  asm volatile("jrcxz 1f\n\tjmp 2f\n1: orq $4, %1\n2:" : "+c"(rcx), "+r"(taken)::"cc");
  printf("jecxz/jrcxz taken: %llu\n", (unsigned long long)taken);
  CHECK(taken == 5);
}

// LOOP changes no flag.
static void flags_kept(void) {
  uint64_t rcx = 5;
  uint8_t carry, zero;
  asm volatile("xorl %%eax, %%eax\n\tstc\n1: loop 1b\n\tsetc %1\n\tsetz %2"
               : "+c"(rcx), "=q"(carry), "=q"(zero)::"rax", "cc");
  printf("carry %u zero %u\n", carry, zero);
}

int main(void) {
  loop_counts();
  loop_conditions();
  address_size();
  flags_kept();
  return 0;
}
