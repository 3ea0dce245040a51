// Damage to the program headers: placement, sizes, rights, overlaps.

#include "image.h"

#include <stdio.h>

static const char *const names[] = {"headers", "text", "data", "stack"};

#define EMIT(name, ...)                     \
  do {                                      \
    struct image i = fresh_image(ET_EXEC);  \
    Elf64_Phdr *s = i.segment;              \
    (void)s;                                \
    __VA_ARGS__;                            \
    emit(i, name);                          \
  } while (0)

// One file for each value of a field of one segment.
#define EACH(which, field, type, ...)                                       \
  do {                                                                      \
    static const type values[] = {__VA_ARGS__};                             \
    for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {         \
      char label[80];                                                       \
      snprintf(label, sizeof label, "%s-" #field "-%llx", names[which], (unsigned long long)values[k]); \
      EMIT(label, s[which].field = values[k]);                              \
    }                                                                       \
  } while (0)

static void rights(void) {
  EACH(HEADERS, p_flags, uint32_t, 0, 1, 2, 7);
  EACH(TEXT, p_flags, uint32_t, 0, 1, 2, 3, 4, 6, 7, 0xffffffff);
  EACH(DATA, p_flags, uint32_t, 0, 1, 2, 4, 5, 7);
  EACH(STACK, p_flags, uint32_t, 0, 1, 4, 7);
}

static void kinds(void) {
  EACH(HEADERS, p_type, uint32_t, PT_NULL, PT_PHDR, PT_NOTE, 0x6fffffff);
  EACH(TEXT, p_type, uint32_t, PT_NULL, PT_TLS);
  EACH(DATA, p_type, uint32_t, PT_NULL, PT_DYNAMIC, PT_TLS, PT_GNU_RELRO);
  EACH(STACK, p_type, uint32_t, PT_NULL, PT_SHLIB, PT_GNU_PROPERTY);
}

static void sizes(void) {
  EACH(HEADERS, p_filesz, uint64_t, 0, 1, 0x1000, 0x2010, 0x100000);
  EACH(TEXT, p_filesz, uint64_t, 0, 5, 0x1000, 0x1010, 0x10000, 0x7fffffffffff, 0xffffffffffffffff);
  EACH(DATA, p_filesz, uint64_t, 0, 1, 17, 0x1000, 0x2fff, 0x3000, 0x3001, 0x100000, 0x8000000000000000, 0xfffffffffffff000);
  EACH(TEXT, p_memsz, uint64_t, 0, 5, 0x1000, 0x1001, 0x3000);
  EACH(DATA, p_memsz, uint64_t, 0, 15, 16, 17, 0x1000, 0x1001, 0x800000, 0x10000000000, 0x7fffffbfe000, 0x7fffffffffff, 0x800000000000,
       0x8000000000000000, 0xffffffffffbfdfff, 0xffffffffffffffff);
}

static void places(void) {
  EACH(TEXT, p_offset, uint64_t, 0, 1, 0x1001, 0xfff, 0x2000, 0x2010, 0x3000, 0x100000, 0x7ffffffffffff000, 0xfffffffffffff000);
  EACH(DATA, p_offset, uint64_t, 0, 0x1000, 0x1008, 0x2001, 0x2010, 0x2fff, 0x3000, 0x7fffffffffffffff);
  EACH(HEADERS, p_offset, uint64_t, 1, 0x1000, 0x3000);
  EACH(HEADERS, p_vaddr, uint64_t, 0x400001, 0x300000, 0x3ff000, 0x401000, 0x402000, 0x410000, 0xffff800000000000);
  EACH(TEXT, p_vaddr, uint64_t, 0x401001, 0x401010, 0x400000, 0x402000, 0x404000, 0x600000, 0x100000401000, 0x800000000000,
       0xfffffffffffff000);
  EACH(DATA, p_vaddr, uint64_t, 0x402001, 0x402ff0, 0x401000, 0x400000, 0x405000, 0x3f0000, 0x2fffff000000, 0x7ffffffff000,
       0x800000000000, 0xffffffffffffe000, 0xfffffffffffff000);
  EACH(TEXT, p_paddr, uint64_t, 0, 0xffffffffffffffff);
  EACH(TEXT, p_align, uint64_t, 0, 1, 2, 3, 16, 0x1001, 0x200000, 0x10000000000, 0xffffffffffffffff);
  EACH(DATA, p_align, uint64_t, 0, 0x800, 0x3000, 0x8000000000000000);
}

static void arrangements(void) {
  EMIT("descending-order", Elf64_Phdr t = s[HEADERS]; s[HEADERS] = s[DATA]; s[DATA] = t);
  EMIT("text-first", Elf64_Phdr t = s[HEADERS]; s[HEADERS] = s[TEXT]; s[TEXT] = t);
  EMIT("data-before-text", Elf64_Phdr t = s[TEXT]; s[TEXT] = s[DATA]; s[DATA] = t);
  EMIT("text-twice", s[STACK] = s[TEXT]);
  EMIT("data-twice", s[STACK] = s[DATA]);
  EMIT("no-stack-header", i.header->e_phnum = 3);
  EMIT("two-stack-headers", s[4] = s[STACK]; s[4].p_flags = 7; i.header->e_phnum = 5);
  EMIT("no-load-segment", for (int k = 0; k < 3; k++) s[k].p_type = PT_NOTE);
  EMIT("all-in-one", s[HEADERS] = (Elf64_Phdr){PT_LOAD, 7, 0, 0x400000, 0, i.size, 0x5000, 0x1000}; i.header->e_phnum = 1);
  EMIT("bss-over-text", s[HEADERS].p_flags = 6; s[HEADERS].p_memsz = 0x1800);
  EMIT("only-bss", s[DATA].p_filesz = 0; s[DATA].p_offset = 0);
  EMIT("empty-segment-far-away", s[STACK] = (Elf64_Phdr){PT_LOAD, 4, 0, 0x700000, 0, 0, 0, 0x1000});
  EMIT("bss-only-segment", s[STACK] = (Elf64_Phdr){PT_LOAD, 6, 0, 0x700123, 0, 0, 0x5000, 1});
  EMIT("shared-file-page", s[DATA].p_offset = 0x1040; s[DATA].p_vaddr = 0x402040);
  EMIT("gap-of-a-gigabyte", s[STACK] = (Elf64_Phdr){PT_LOAD, 6, 0, 0x40000000, 0, 0x100, 0x100, 0x1000});
  EMIT("headers-not-loaded", s[HEADERS].p_type = PT_NOTE);
  EMIT("phdr-segment", s[4] = s[STACK]; s[STACK] = (Elf64_Phdr){PT_PHDR, 4, 64, 0x400040, 0x400040, 280, 280, 8}; i.header->e_phnum = 5);
}

static void stack_rights(void) {
  static const struct { uint32_t flags; const char *name; } cases[] = {{PF_R | PF_W | PF_X, "stack-code-allowed"}, {PF_R | PF_W, "stack-code-refused"},
                                                                       {PF_X, "stack-code-x-only"}};
  for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
    struct image i = fresh_stack_jumper();
    i.segment[STACK].p_flags = cases[k].flags;
    emit(i, cases[k].name);
  }
  struct image i = fresh_stack_jumper();
  i.header->e_phnum = 3;
  emit(i, "stack-code-no-header");
}

static void position_independent(void) {
  struct image i = fresh_image(ET_DYN);
  for (int k = 0; k < STACK; k++) i.segment[k].p_vaddr += 0x10000000;
  i.header->e_entry += 0x10000000;
  emit(i, "dyn-with-a-base");
  i = fresh_image(ET_DYN);
  for (int k = 0; k < STACK; k++) i.segment[k].p_align = 0x200000;
  emit(i, "dyn-align-2m");
  i = fresh_image(ET_DYN);
  i.segment[TEXT].p_align = 0x40000000;
  emit(i, "dyn-align-1g");
  i = fresh_image(ET_DYN);
  i.segment[DATA].p_vaddr += 0x800000000000;
  emit(i, "dyn-span-too-large");
  i = fresh_image(ET_DYN);
  i.segment[HEADERS].p_vaddr = 0x8000;
  emit(i, "dyn-first-not-lowest");
}

void mutate_segments(void) {
  rights();
  kinds();
  sizes();
  places();
  arrangements();
  stack_rights();
  position_independent();
}
