#include "CMachine.h"

#include <string.h>

/// What FNSAVE stores in 64-bit mode (SDM vol. 1, figure 8-9 and table 8-10).
typedef struct __attribute__((packed)) {
  uint16_t control, unused0, status, unused1, tag, unused2;
  uint32_t instruction_offset;
  uint16_t code_selector, opcode;
  uint32_t data_offset;
  uint16_t data_selector, unused3;
  uint8_t stack[8][10];
} fnsave_image;

static void load(const swemu_cpu *cpu, uint16_t control) {
  fnsave_image image;
  memset(&image, 0, sizeof image);
  image.control = control;
  image.status = cpu->fsw;
  // FRSTOR takes from a tag only whether the register is empty.
  for (int i = 0; i < 8; i++) image.tag |= (cpu->ftw >> i & 1 ? 0 : 3) << (2 * i);
  const int top = cpu->fsw >> 11 & 7;
  for (int i = 0; i < 8; i++) memcpy(image.stack[i], cpu->x87 + ((top + i) & 7) * 16, 10);
  __asm__ volatile("frstor %0" : : "m"(image));
}

static uint16_t store(swemu_cpu *cpu) {
  fnsave_image image;
  __asm__ volatile("fnsave %0" : "=m"(image));
  cpu->fsw = image.status;
  cpu->ftw = 0;
  for (int i = 0; i < 8; i++) cpu->ftw |= ((image.tag >> (2 * i) & 3) != 3) << i;
  const int top = image.status >> 11 & 7;
  for (int i = 0; i < 8; i++) memcpy(cpu->x87 + ((top + i) & 7) * 16, image.stack[i], 10);
  return image.control;
}

void swemu_x87_load(swemu_cpu *cpu) {
  load(cpu, cpu->fcw | 0x3f);
  cpu->x87_loaded = 1;
}

void swemu_x87_store(swemu_cpu *cpu) {
  store(cpu);
  cpu->x87_loaded = 0;
}

// Every x87 instruction there is, four bytes each: `D8 C0; ret; nop`, … `DF FF`; then `D8 /0 [rdi]`, … `DF /7 [rdi]`.
__asm__(
    ".pushsection .text\n"
    ".balign 16\n"
    "swemu_x87_register_forms:\n"
    ".set swemu_opcode, 0xd8\n"
    ".rept 8\n"
    "  .set swemu_modrm, 0xc0\n"
    "  .rept 64\n"
    "    .byte swemu_opcode, swemu_modrm, 0xc3, 0x90\n"
    "    .set swemu_modrm, swemu_modrm + 1\n"
    "  .endr\n"
    "  .set swemu_opcode, swemu_opcode + 1\n"
    ".endr\n"
    "swemu_x87_memory_forms:\n"
    ".set swemu_opcode, 0xd8\n"
    ".rept 8\n"
    "  .set swemu_modrm, 7\n"
    "  .rept 8\n"
    "    .byte swemu_opcode, swemu_modrm, 0xc3, 0x90\n"
    "    .set swemu_modrm, swemu_modrm + 8\n"
    "  .endr\n"
    "  .set swemu_opcode, swemu_opcode + 1\n"
    ".endr\n"
    // uint64_t swemu_x87_call(void *memory, const uint8_t *form, uint64_t flags)
    "swemu_x87_call:\n"
    "  push %rdx\n  popfq\n  call *%rsi\n  pushfq\n  pop %rax\n  ret\n"
    ".popsection\n");

extern const uint8_t swemu_x87_register_forms[8][64][4], swemu_x87_memory_forms[8][8][4];
extern uint64_t swemu_x87_call(void *memory, const uint8_t *form, uint64_t flags);

uint64_t swemu_x87_execute(swemu_cpu *cpu, uint32_t opcode, uint32_t modrm, void *memory, uint64_t flags) {
  const uint8_t *form = memory != NULL ? swemu_x87_memory_forms[opcode & 7][modrm >> 3 & 7]
                                       : swemu_x87_register_forms[opcode & 7][modrm & 63];
  load(cpu, cpu->fcw);
  // The status flags only; interrupts stay enabled, bit 1 is always set.
  const uint64_t result = swemu_x87_call(memory, form, (flags & 0x8d5) | 0x202);
  cpu->fcw = store(cpu);
  return result & 0x8d5;
}
