// variants: O2 pie
// flags: -mno-red-zone
// MOV, MOVSX, MOVZX, MOVSXD, the CBW and CWD families, XLAT, MOV with 64-bit immediates and
// absolute addresses, writes to partial registers.

#include "instruction.h"

static uint8_t absolute_bytes[16] = {0x81, 0x72, 0x63, 0x54, 0x45, 0x36, 0x27, 0x98};

int main(void) {
  TRY("cbtw", NONE);
  TRY("cwtl", NONE);
  TRY("cltq", NONE);
  TRY("cwtd", NONE);
  TRY("cltd", NONE);
  TRY("cqto", NONE);
  TRY("movsbw %%bl, %%ax", NONE);
  TRY("movsbw %%bh, %%ax", NONE);
  TRY("movsbl %%bh, %%eax", NONE);
  TRY("movsbq %%bl, %%rax", NONE);
  TRY("movswl %%bx, %%eax", NONE);
  TRY("movswq %%bx, %%rax", NONE);
  TRY("movslq %%ebx, %%rax", NONE);
  TRY("movsbw 1(%%rsi), %%ax", NONE);
  TRY("movsbl 1(%%rsi), %%eax", NONE);
  TRY("movsbq 1(%%rsi), %%rax", NONE);
  TRY("movswl 1(%%rsi), %%eax", NONE);
  TRY("movswq 1(%%rsi), %%rax", NONE);
  TRY("movslq 1(%%rsi), %%rax", NONE);
  TRY("movzbw %%bl, %%ax", NONE);
  TRY("movzbw %%bh, %%ax", NONE);
  TRY("movzbl %%bh, %%eax", NONE);
  TRY("movzbq %%bl, %%rax", NONE);
  TRY("movzwl %%bx, %%eax", NONE);
  TRY("movzwq %%bx, %%rax", NONE);
  TRY("movzbl 1(%%rsi), %%eax", NONE);
  TRY("movzwl 1(%%rsi), %%eax", NONE);
  TRY("movzwq 1(%%rsi), %%rax", NONE);
  TRY(".byte 0x63, 0xc3", NONE);        // movsxd eax, ebx without REX.W
  TRY(".byte 0x66, 0x63, 0xc3", NONE);  // movsxd ax, bx
  TRY("movb %%bl, %%al", NONE);
  TRY("movb %%bh, %%ch", NONE);
  TRY("movb %%ah, %%dl", NONE);
  TRY("movb $0x80, %%bh", NONE);
  TRY("movw %%bx, %%ax", NONE);
  TRY("movw $0x8001, %%ax", NONE);
  TRY("movl %%ebx, %%eax", NONE);
  TRY("movl %%eax, %%eax", NONE);
  TRY("movl $0x80000001, %%eax", NONE);
  TRY("movq $-2, %%rax", NONE);
  TRY("movabsq $0x8123456789abcdef, %%rax", NONE);
  TRY("movb $0x81, 1(%%rsi)", NONE);
  TRY("movw $0x8283, 1(%%rsi)", NONE);
  TRY("movl $0x84858687, 1(%%rsi)", NONE);
  TRY("movq $-0x12345678, 1(%%rsi)", NONE);
  TRY("movq %%rbx, %%r8; movb $1, %%r8b; movq %%r8, %%rax", NONE);
  TRY("movq %%rsi, %%r9; movq %%rbx, %%rsi; movb %%cl, %%sil; movq %%rsi, %%rax; movq %%r9, %%rsi",
      NONE);
  TRY_PREPARED("movzbl %%bl, %%ebx; andl $31, %%eax; leaq -32(%%rsi), %%rbx; xlatb; xorl %%ebx, %%ebx",
               AF, (void)0);
  // The absolute forms A0...A3: the address is in a register first, so write it into code data.
  uint64_t digest = DIGEST_SEED;
  for (unsigned i = 0; i < 16; i++) {
    uint64_t value = absolute_bytes[i];
    asm volatile("movb (%1), %%al\n\tmovsbq %%al, %%rax" : "=&a"(value) : "r"(&absolute_bytes[i]));
    digest = digest_u64(digest, value);
  }
  report("sign extended bytes", digest);
  return 0;
}
