// variants: O2 pie
// flags: -mno-red-zone
// R8 to R15 in every role and width, and the byte registers SIL, DIL, BPL, SPL.

#include "check.h"

static const uint64_t values[] = {0, 1, 0x7f, 0x80, 0xffffffff, 0x8000000000000000, 0x123456789abcdef0, ~0ull};
static uint64_t memory[4] = {0x1111111111111111, 0x2222222222222222, 0x3333333333333333, 0x4444444444444444};

// Runs TEXT with A in the register, B in rbx, memory in rcx; the register and flags are folded.
#define CASE(reg, text)                                                                       \
  do {                                                                                        \
    for (unsigned i = 0; i < COUNT(values); i++)                                              \
      for (unsigned j = 0; j < COUNT(values); j++) {                                          \
        uint64_t result = values[i], other = values[j], flags;                                \
        asm volatile("movq %[a], %%" reg "\n\t" text "\n\tmovq %%" reg ", %[a]\n\t"           \
                     "setc %%al\n\tseto %%dl\n\tmovzbl %%al, %%eax\n\tmovzbl %%dl, %%edx\n\t" \
                     "leaq (%%rax,%%rdx,2), %[f]"                                             \
                     : [a] "+D"(result), [f] "=S"(flags), "+b"(other)                         \
                     : "c"(memory)                                                            \
                     : "rax", "rdx", reg, "cc", "memory");                                    \
        digest = digest_u64(digest_u64(digest_u64(digest, result), other), flags);            \
      }                                                                                       \
  } while (0)

#define EACH(reg)                                                                             \
  do {                                                                                        \
    uint64_t digest = DIGEST_SEED;                                                            \
    CASE(reg, "addq %%rbx, %%" reg);                                                          \
    CASE(reg, "subl %%ebx, %%" reg "d");                                                      \
    CASE(reg, "addw %%bx, %%" reg "w");                                                       \
    CASE(reg, "subb %%bl, %%" reg "b");                                                       \
    CASE(reg, "xorl %%eax, %%eax; movq %%rcx, %%" reg "; movq 8(%%" reg "), %%" reg);         \
    CASE(reg, "movl $2, %%" reg "d; addq (%%rcx,%%" reg ",8), %%rbx; movq %%rbx, %%" reg);    \
    CASE(reg, "xorl %%eax, %%eax; bswapq %%" reg);                                            \
    CASE(reg, "xorl %%eax, %%eax; movsbl %%" reg "b, %%" reg "d");                            \
    CASE(reg, "xorl %%eax, %%eax; movslq %%" reg "d, %%" reg);                                \
    CASE(reg, "xorl %%eax, %%eax; xchgq %%" reg ", %%rbx");                                   \
    CASE(reg, "cmpq %%rbx, %%" reg "; setg %%" reg "b; cmpl %%ebx, %%" reg "d");              \
    CASE(reg, "xorl %%eax, %%eax; movb $0x99, %%" reg "b");                                   \
    CASE(reg, "xorl %%eax, %%eax; movw $0x9988, %%" reg "w");                                 \
    report(reg, digest);                                                                      \
  } while (0)

// Byte access to the low byte of registers that have one only with REX.
static void rex_bytes(void) {
  uint64_t digest = DIGEST_SEED;
  for (unsigned i = 0; i < COUNT(values); i++) {
    uint64_t rsi = values[i], rdi = ~values[i], rax = 0x5a;
    asm volatile("addb %%sil, %%al\n\tmovb %%al, %%dil\n\txchgb %%dil, %%sil"
                 : "+S"(rsi), "+D"(rdi), "+a"(rax)::"cc");
    digest = digest_u64(digest_u64(digest_u64(digest, rsi), rdi), rax);
    uint64_t rbp = values[i];
    asm volatile("pushq %%rbp\n\tmovq %0, %%rbp\n\taddb $0x71, %%bpl\n\tmovq %%rbp, %0\n\tpopq %%rbp"
                 : "+a"(rbp)::"cc", "memory");
    digest = digest_u64(digest, rbp);
  }
  report("sil dil bpl", digest);
}

int main(void) {
  EACH("r8");
  EACH("r9");
  EACH("r10");
  EACH("r11");
  EACH("r12");
  EACH("r13");
  EACH("r14");
  EACH("r15");
  rex_bytes();
  return 0;
}
