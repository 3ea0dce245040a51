// Damage to the ELF header, one field at a time.

#include "image.h"

#include <stdio.h>

// EMIT(name, statements): a fresh program, changed by the statements through `i`.
#define EMIT(name, ...)                     \
  do {                                      \
    struct image i = fresh_image(ET_EXEC);  \
    __VA_ARGS__;                            \
    emit(i, name);                          \
  } while (0)

#define EACH(name, type, field, ...)                                        \
  do {                                                                      \
    static const type values[] = {__VA_ARGS__};                             \
    for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {         \
      char label[64];                                                       \
      snprintf(label, sizeof label, name "-%llx", (unsigned long long)values[k]); \
      EMIT(label, i.header->field = values[k]);                             \
    }                                                                       \
  } while (0)

static void identification(void) {
  for (int k = 0; k < 4; k++) {
    char label[64];
    snprintf(label, sizeof label, "magic-byte-%d", k);
    EMIT(label, i.bytes[k] ^= 0x20);
  }
  EACH("class", uint8_t, e_ident[EI_CLASS], 0, ELFCLASS32, 3, 255);
  EACH("byte-order", uint8_t, e_ident[EI_DATA], 0, ELFDATA2MSB, 255);
  EACH("ident-version", uint8_t, e_ident[EI_VERSION], 0, 2);
  EACH("os-abi", uint8_t, e_ident[EI_OSABI], ELFOSABI_LINUX, ELFOSABI_FREEBSD, 255);
  EACH("padding", uint8_t, e_ident[EI_PAD], 1);
}

void mutate_header(void) {
  EMIT("healthy-exec", (void)0);
  emit(fresh_image(ET_DYN), "healthy-dyn");
  identification();
  EACH("type", uint16_t, e_type, ET_NONE, ET_REL, ET_DYN, ET_CORE, 5, 0xfe00, 0xffff);
  {
    struct image i = fresh_image(ET_DYN);
    i.header->e_type = ET_EXEC;
    for (int k = 0; k < STACK; k++) i.segment[k].p_vaddr += 0x10000;
    i.header->e_entry += 0x10000;
    emit(i, "exec-at-64k");
  }
  EACH("machine", uint16_t, e_machine, EM_NONE, EM_386, EM_ARM, EM_AARCH64, EM_RISCV, 0xffff);
  EACH("version", uint32_t, e_version, 0, 2, 0xffffffff);
  EACH("entry", uint64_t, e_entry, 0, 1, 0x400000, 0x400040, 0x401001, 0x401005, 0x402000, 0x403000, 0x500000, 0x10000000000, 0x800000000000,
       0x8000000000000000, 0xffff800000000000, 0xffffffff80000000, 0xfffffffffffffffe);
  EACH("program-headers-at", uint64_t, e_phoff, 0, 1, 0x41, 0x44, 0x78, 0x1000, 0x2010, 0x5000, 0x7fffffffffffffff, 0xffffffffffffffc0);
  EACH("section-headers-at", uint64_t, e_shoff, 1, 0x1000, 0xfffffffffffffff0);
  EACH("flags", uint32_t, e_flags, 1, 0xffffffff);
  EACH("header-size", uint16_t, e_ehsize, 0, 52, 65, 0xffff);
  EACH("program-header-size", uint16_t, e_phentsize, 0, 32, 55, 57, 112, 0xffff);
  EACH("program-header-count", uint16_t, e_phnum, 0, 1, 2, 3, 5, 8, 100, 1170, 1171, 0xffff);
  EACH("section-header-count", uint16_t, e_shnum, 1, 0xffff);
  EACH("section-header-size", uint16_t, e_shentsize, 0, 1);
  EACH("section-names", uint16_t, e_shstrndx, 1, 0xffff);
}
