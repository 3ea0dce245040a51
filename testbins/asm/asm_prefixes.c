// variants: O2 pie
// flags: -mno-red-zone
// Prefixes where they change nothing or something odd: repeated and redundant operand-size
// and segment prefixes, REX that is not last, REX with byte registers, branch hints, the
// multi-byte NOPs, ENDBR64, PAUSE, prefetches, fences.

#include "instruction.h"

int main(void) {
  TRY(".byte 0x66, 0x66, 0x01, 0xd8", NONE);              // add ax, bx, 66 twice
  TRY(".byte 0x66, 0x48, 0x01, 0xd8", NONE);              // REX.W wins over 66
  TRY(".byte 0x48, 0x66, 0x01, 0xd8", NONE);              // REX before 66 is ignored
  TRY(".byte 0x66, 0x00, 0xd8", NONE);                    // 66 on a byte operation
  TRY(".byte 0x40, 0x00, 0xd8", NONE);                    // REX, AL and BL
  TRY("xchgq %%rax, %%rsp; .byte 0x40, 0x88, 0xe3; xchgq %%rax, %%rsp", NONE);  // REX: SPL, ...
  TRY(".byte 0x88, 0xe0", NONE);                          // ... and AH without
  TRY(".byte 0x2e, 0x3e, 0x01, 0xd8", NONE);              // CS and DS prefixes
  TRY(".byte 0x36, 0x48, 0x8b, 0x06; ", NONE);            // SS prefix on a load
  TRY(".byte 0x26, 0x48, 0x8b, 0x06; ", NONE);            // ES prefix on a load
  TRY(".byte 0xf3, 0x01, 0xd8", NONE);                    // F3 on an add
  TRY(".byte 0xf2, 0x01, 0xd8", NONE);                    // F2 on an add
  TRY(".byte 0x67, 0x8d, 0x04, 0x18", NONE);              // lea eax, [eax+ebx]
  TRY(".byte 0x67, 0x48, 0x8d, 0x04, 0x18", NONE);        // lea rax, [eax+ebx]
  TRY(".byte 0x4f, 0x31, 0xc0; movq %%r8, %%rax", AF);    // all REX bits
  TRY(".byte 0x2e, 0x74, 0x02, 0x31, 0xc0", AF);          // jz with "not taken" hint
  TRY(".byte 0x3e, 0x75, 0x02, 0x31, 0xc0", AF);          // jnz with "taken" hint
  TRY("nop", NONE);
  TRY(".byte 0x66, 0x90", NONE);
  TRY(".byte 0x48, 0x90", NONE);
  TRY(".byte 0x41, 0x90; xchgq %%r8, %%rax", NONE);       // xchg r8d, eax: no NOP
  TRY(".byte 0x0f, 0x1f, 0x00", NONE);
  TRY(".byte 0x0f, 0x1f, 0x44, 0x00, 0x08", NONE);
  TRY(".byte 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00", NONE);
  TRY(".byte 0x66, 0x66, 0x66, 0x66, 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0", NONE);
  TRY(".byte 0x0f, 0x18, 0x20", NONE);                    // reserved hint NOP
  TRY(".byte 0x0f, 0x19, 0xc0", NONE);
  TRY(".byte 0xf3, 0x0f, 0x1e, 0xfa", NONE);              // endbr64
  TRY("pause", NONE);
  TRY("mfence; lfence; sfence", NONE);
  TRY("prefetcht0 (%%rsi); prefetcht1 (%%rsi); prefetcht2 (%%rsi); prefetchnta (%%rsi)", NONE);
  TRY("prefetcht0 (%%rax)", NONE);                        // never faults
  TRY("prefetchw (%%rsi)", NONE);
  TRY("clflush (%%rsi)", NONE);
  TRY(".byte 0x80, 0xc0, 0x05", NONE);                    // add al, 5 by group 1
  TRY(".byte 0xd0, 0xf0", AF);                            // the /6 alias of shl al, 1
  TRY(".byte 0xc1, 0xf0, 0x01", AF);                      // the /6 alias of shl eax, 1
  TRY(".byte 0xf6, 0xc8, 0x0f", AF);                      // the /1 alias of test al, 15
  TRY("pushq %%rax; .byte 0x8f, 0xc3", NONE);             // pop rbx by 8F /0
  return 0;
}
