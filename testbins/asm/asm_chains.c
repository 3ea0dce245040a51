// variants: O2 pie
// flags: -mno-red-zone
// Long carry chains, INC/DEC between ADC (they keep CF), flags that live across several
// instructions and branches, and loops that end on the flags of DEC: what lazily computed
// flags get wrong first.

#include "instruction.h"

static void wide_addition(void) {
  uint64_t a[16], b[16], sum[16], random = 3;
  for (unsigned i = 0; i < 16; i++) {
    a[i] = i % 3 == 0 ? ~0ull : random_u64(&random);
    b[i] = i % 4 == 0 ? ~0ull : random_u64(&random);
  }
  uint64_t index = 0, count = 16, carry = 0;
  asm volatile("clc\n1: movq (%[a],%[i],8), %%rax\n\tadcq (%[b],%[i],8), %%rax\n\t"
               "movq %%rax, (%[sum],%[i],8)\n\tleaq 1(%[i]), %[i]\n\tdecq %[n]\n\tjnz 1b\n\t"
               "adcq $0, %[carry]"
               : [i] "+r"(index), [n] "+r"(count), [carry] "+r"(carry)
               : [a] "r"(a), [b] "r"(b), [sum] "r"(sum)
               : "rax", "cc", "memory");
  uint64_t digest = digest_bytes(DIGEST_SEED, sum, sizeof sum);
  unsigned expected_carry = 0;
  for (unsigned i = 0; i < 16; i++) {
    unsigned __int128 expected = (unsigned __int128)a[i] + b[i] + expected_carry;
    CHECK(sum[i] == (uint64_t)expected);
    expected_carry = (unsigned)(expected >> 64);
  }
  CHECK(carry == expected_carry);
  report("1024-bit addition", digest_u64(digest, carry));
}

int main(void) {
  wide_addition();
  TRY("addq %%rbx, %%rax; adcq %%rdx, %%rcx", NONE);
  TRY("subq %%rbx, %%rax; sbbq %%rdx, %%rcx", NONE);
  TRY("addb %%bl, %%al; adcb %%bh, %%ah", NONE);
  TRY("subw %%bx, %%ax; sbbl %%edx, %%ecx", NONE);
  TRY("addl %%ebx, %%eax; incl %%ecx; adcl %%edx, %%edx", NONE);
  TRY("subl %%ebx, %%eax; decl %%ecx; sbbl %%edx, %%edx", NONE);
  TRY("sbbl %%eax, %%eax", NONE);
  TRY("sbbq %%rax, %%rax; andq %%rbx, %%rax", AF);
  TRY("negq %%rax; sbbq %%rdx, %%rdx; negq %%rdx", NONE);
  TRY("addl %%ebx, %%eax; movl %%ecx, %%edx; leal 1(%%rdx), %%edx; setc %%bl; seto %%bh", NONE);
  TRY("cmpq %%rbx, %%rax; notq %%rcx; setl %%cl; setb %%ch", NONE);
  TRY("addl %%ebx, %%eax; rcrl $1, %%eax", OF);
  TRY("shll $1, %%eax; rcll $1, %%edx", AF);  // rotates leave AF to the shift, which leaves it undefined
  TRY("shrq $1, %%rdx; rcrq $1, %%rax", AF);
  TRY("btl $3, %%eax; adcl $0, %%ebx", NONE);
  TRY("cmpb $0, %%al; jne 1f; stc; 1: adcl $0, %%ebx", NONE);
  TRY("shll %%cl, %%eax; adcl $0, %%ebx", STATUS_FLAGS);
  TRY("addl %%ebx, %%eax; shll $0, %%edx; setc %%cl; setz %%ch", NONE);
  TRY("addl %%ebx, %%eax; pushfq; subl %%edx, %%ecx; popfq; setc %%cl; seto %%ch", NONE);
  TRY("testl %%eax, %%eax; cmovsl %%ebx, %%ecx; cmovzl %%edx, %%ecx; sets %%al", AF);
  TRY("xaddl %%ebx, %%eax; setp %%cl", NONE);
  TRY("movl $3, %%ecx; 1: addl %%ebx, %%eax; adcl $0, %%edx; decl %%ecx; jnz 1b", NONE);
  TRY("stc; movl $5, %%ecx; 1: rcll $1, %%eax; decl %%ecx; jns 1b", NONE);
  TRY("cmpl %%ebx, %%eax; movl $0, %%ecx; jb 1f; jo 2f; movl $1, %%ecx; jmp 3f; 1: movl $2, %%ecx; "
      "jp 3f; movl $4, %%ecx; jmp 3f; 2: movl $3, %%ecx; 3:", NONE);
  return 0;
}
