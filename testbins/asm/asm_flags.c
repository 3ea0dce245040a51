// variants: O2 pie
// flags: -mno-red-zone
// LAHF, SAHF, CLC, STC, CMC, CLD, STD, PUSHF and POPF in both widths. TF, AC, IF, IOPL stay
// out of it: AC can be set by user code, but doing so changes how the machine runs.

#include "instruction.h"

int main(void) {
  TRY("lahf", NONE);
  TRY("sahf", NONE);
  TRY("clc", NONE);
  TRY("stc", NONE);
  TRY("cmc", NONE);
  TRY("sahf; lahf", NONE);
  TRY("addl %%ebx, %%eax; lahf", NONE);
  TRY("incb %%bl; lahf", NONE);
  TRY("stc; incl %%ebx", NONE);
  TRY("clc; decl %%ebx", NONE);
  TRY("pushfq; popq %%rbx; andl $0x8d5, %%ebx", AF);
  TRY("pushfw; popw %%bx; andl $0x8d5, %%ebx", AF);
  TRY("andl $0x8d5, %%eax; pushq %%rax; popfq", NONE);
  TRY("andl $0x8d5, %%eax; pushw %%ax; popfw", NONE);
  TRY("std; pushfq; popq %%rbx; cld; andl $0xcd5, %%ebx", AF);
  TRY("cld; pushfq; popq %%rbx; andl $0xcd5, %%ebx", AF);
  // Reserved bits read as they must: bit 1 set, bits 3, 5, 15 clear.
  TRY("pushq $0; popfq; pushfq; popq %%rbx; andl $0x802a, %%ebx", AF);
  // ID can be toggled, which is how programs detect CPUID.
  TRY("pushq $0x200000; popfq; pushfq; popq %%rbx; pushq $0; popfq; andl $0x200000, %%ebx", AF);
  return 0;
}
