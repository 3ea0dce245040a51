// Interpreters, truncated files, random damage, and files that are no ELF program at all.

#include "image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void interpreter(const char *label, const char *name, size_t size) {
  struct image i = fresh_image(ET_EXEC);
  add_interpreter(&i, name, size);
  emit(i, label);
}

void mutate_interpreter(void) {
  static char longest[8192];
  memset(longest, 'a', sizeof longest);
  longest[0] = '/';
  interpreter("interpreter-missing", "/nonexistent/loader", 20);
  interpreter("interpreter-not-terminated", "/nonexistent/loader", 19);
  interpreter("interpreter-empty", "", 1);
  interpreter("interpreter-size-zero", "", 0);
  interpreter("interpreter-two-bytes", "/", 2);
  interpreter("interpreter-directory", "/tmp", 5);
  interpreter("interpreter-no-elf", "/etc/passwd", 12);
  interpreter("interpreter-device", "/dev/null", 10);
  interpreter("interpreter-relative", "no-such-loader", 15);
  interpreter("interpreter-terminated-early", "/nonexistent\0/loader", 21);
  longest[4094] = 0;
  interpreter("interpreter-4095", longest, 4095);
  longest[4094] = 'a', longest[4095] = 0;
  interpreter("interpreter-4096", longest, 4096);
  longest[4095] = 'a', longest[4096] = 0;
  interpreter("interpreter-4097", longest, 4097);

  struct image i = fresh_image(ET_EXEC);
  add_interpreter(&i, "/nonexistent", 13);
  i.segment[4].p_offset = 0x100000;
  emit(i, "interpreter-past-the-end");
  i = fresh_image(ET_EXEC);
  add_interpreter(&i, "/nonexistent", 13);
  i.segment[4].p_offset = 0xfffffffffffffff0;
  emit(i, "interpreter-negative-offset");
  i = fresh_image(ET_EXEC);
  add_interpreter(&i, "/nonexistent", 13);
  i.size -= 4;
  emit(i, "interpreter-cut-off");
  i = fresh_image(ET_EXEC);
  add_interpreter(&i, "/nonexistent", 13);
  add_interpreter(&i, "/etc/passwd", 12);
  emit(i, "two-interpreters");
  i = fresh_image(ET_EXEC);
  add_interpreter(&i, "/nonexistent", 13);
  i.segment[4].p_memsz = 0;
  emit(i, "interpreter-no-memory-size");
}

void mutate_length(void) {
  static const size_t lengths[] = {0, 1, 2, 3, 4, 5, 16, 17, 18, 20, 24, 31, 32, 40, 52, 56, 58, 63, 64, 65, 100, 119, 120, 121, 175, 176, 200, 232,
                                   287, 288, 289, 512, 0xfff, 0x1000, 0x1001, 0x1010, 0x1020, 0x1040, 0x1060, 0x1fff, 0x2000, 0x2001, 0x2008, 0x200f};
  for (size_t k = 0; k < sizeof lengths / sizeof lengths[0]; k++) {
    struct image i = fresh_image(k % 5 == 3 ? ET_DYN : ET_EXEC);
    char label[64];
    snprintf(label, sizeof label, "cut-to-%zu", lengths[k]);
    i.size = lengths[k];
    emit(i, label);
  }
  struct image i = fresh_image(ET_EXEC);
  i.size += 5000;
  emit(i, "longer-than-needed");
}

static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

// An address above 2^46 but below the kernel's half is a place where an emulator may have no room,
// and some of the random ones depend on where the kernel happens to put the stack.
static int is_out_of_reach(const struct image *i) {
  for (int k = 0; k < i->header->e_phnum && k < 8; k++)
    if (i->segment[k].p_type == PT_LOAD && i->segment[k].p_vaddr + i->segment[k].p_memsz >= 1ull << 44 && i->segment[k].p_vaddr < 1ull << 47) return 1;
  return i->header->e_entry >= 1ull << 44 && i->header->e_entry < 1ull << 47;
}

void mutate_randomly(void) {
  uint64_t state = 0x5eed5eed5eed5eedull;
  for (int k = 0; k < 120;) {
    struct image i = fresh_image(k & 1 ? ET_DYN : ET_EXEC);
    int flips = 1 + (int)(next_random(&state) % 3);
    for (int f = 0; f < flips; f++) {
      size_t at = next_random(&state) % (sizeof(Elf64_Ehdr) + SEGMENTS * sizeof(Elf64_Phdr));
      if (at < 4) at += 4;  // the magic has files of its own
      i.bytes[at] ^= (uint8_t)(next_random(&state) >> 32);
    }
    if (is_dangerous(i.bytes, i.size) || is_out_of_reach(&i)) {
      free(i.bytes);
      continue;
    }
    char label[64];
    snprintf(label, sizeof label, "random-%d", ++k);
    emit(i, label);
  }
}

void write_other_formats(void) {
  static const uint8_t zeroes[4096];
  emit_bytes("", 0, "empty", 0755);
  emit_bytes("\n", 1, "newline", 0755);
  emit_bytes("echo this is text\n", 18, "text", 0755);
  emit_bytes(zeroes, sizeof zeroes, "zeroes", 0755);
  emit_bytes("MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", 16, "windows-program", 0755);
  emit_bytes("\xca\xfe\xba\xbe\0\0\0\x34", 8, "java-class", 0755);
  emit_bytes("\x0b\x01\x64\0\0\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 32, "a-out", 0755);
  emit_bytes("!<arch>\ndebian-binary   ", 24, "archive", 0755);
  emit_bytes("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10, "gzip", 0755);
  emit_bytes("\xfe\xed\xfa\xcf\0\0\0\x01", 8, "mach-o", 0755);
  emit_mode(fresh_image(ET_EXEC), "not-executable", 0644);
  emit_mode(fresh_image(ET_EXEC), "no-rights-at-all", 0);
  emit_mode(fresh_image(ET_EXEC), "executable-only", 0111);
  emit_bytes("text\n", 5, "text-not-executable", 0644);
  struct image i = fresh_image(ET_EXEC);
  i.header->e_ident[EI_CLASS] = ELFCLASS32;
  i.header->e_machine = EM_386;
  emit(i, "i386-program");
}
