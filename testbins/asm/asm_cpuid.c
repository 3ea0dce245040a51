// variants: O2 pie
// CPUID, XGETBV, RDTSC and RDTSCP: shapes that hold on any processor, no values.

#include "check.h"

static void cpuid(uint32_t leaf, uint32_t subleaf, uint32_t out[4]) {
  asm volatile("cpuid" : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3]) : "a"(leaf), "c"(subleaf));
}

int main(void) {
  uint32_t r[4];
  cpuid(0, 0, r);
  CHECK(r[0] >= 1);
  char vendor[13] = {0};
  memcpy(vendor, &r[1], 4);
  memcpy(vendor + 4, &r[3], 4);
  memcpy(vendor + 8, &r[2], 4);
  for (int i = 0; i < 12; i++) CHECK(vendor[i] >= ' ' && vendor[i] < 127);
  puts("the vendor is printable");

  cpuid(1, 0, r);
  // What programs for x86-64 take for granted: FPU TSC CX8 CMOV FXSR SSE SSE2.
  const uint32_t baseline = 1 | 1 << 4 | 1 << 8 | 1 << 15 | 1 << 24 | 1 << 25 | 1 << 26;
  CHECK((r[3] & baseline) == baseline);
  puts("the baseline of x86-64 is there");
  int has_xsave = r[2] >> 27 & 1, has_avx = r[2] >> 28 & 1;
  if (has_xsave) {
    uint32_t low, high;
    asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    CHECK((low & 3) == 3);             // x87 and SSE state
    CHECK(!has_avx || (low & 4));      // AVX only with its state enabled
  } else {
    CHECK(!has_avx);
  }
  puts("xgetbv agrees with cpuid");

  cpuid(0x80000000, 0, r);
  CHECK(r[0] >= 0x80000001);
  cpuid(0x80000001, 0, r);
  CHECK(r[3] >> 11 & 1 && r[3] >> 29 & 1 && r[3] >> 20 & 1);  // SYSCALL, long mode, NX
  puts("long mode, syscall and nx are there");

  // CPUID and RDTSC clear the upper halves of the registers that they write.
  uint64_t rax = ~0ull << 32, rbx, rcx = ~0ull << 32, rdx;
  asm volatile("movq $-1, %%rbx\n\tmovq $-1, %%rdx\n\tcpuid" : "+a"(rax), "=b"(rbx), "+c"(rcx), "=d"(rdx));
  CHECK(!(rax >> 32) && !(rbx >> 32) && !(rcx >> 32) && !(rdx >> 32));
  uint64_t low, high, previous = 0;
  for (int i = 0; i < 100; i++) {
    low = high = ~0ull;
    asm volatile("rdtsc" : "+a"(low), "+d"(high));
    CHECK(!(low >> 32) && !(high >> 32));
    uint64_t now = high << 32 | low;
    CHECK(now >= previous);
    previous = now;
  }
  puts("the time stamp counter never goes back");
  uint64_t aux = ~0ull;
  asm volatile("rdtscp" : "=a"(low), "=d"(high), "+c"(aux));
  CHECK(!(aux >> 32) && (high << 32 | low) >= previous);
  puts("rdtscp follows");
  return 0;
}
