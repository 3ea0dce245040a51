#include "image.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *output_directory;
unsigned files_written;

// The program: says "alive", then exits with 7 if its data and bss are what they must be and
// with 8 if not. It finds them relative to its own code, so it runs wherever it is loaded.
asm(".pushsection .rodata\n"
    "program_start:\n"
    "  movl $1, %eax\n"
    "  movl $1, %edi\n"
    "  leaq 3f(%rip), %rsi\n"
    "  movl $6, %edx\n"
    "  syscall\n"
    "  leaq program_start(%rip), %rbx\n"
    "  cmpl $0x64617461, 0x1000(%rbx)\n"
    "  jne 1f\n"
    "  cmpl $0, 0x1010(%rbx)\n"
    "  jne 1f\n"
    "  cmpl $0, 0x2ff8(%rbx)\n"
    "  jne 1f\n"
    "  movl $7, %edi\n"
    "  jmp 2f\n"
    "1: movl $8, %edi\n"
    "2: movl $60, %eax\n"
    "  syscall\n"
    "3: .ascii \"alive\\n\"\n"
    "program_end:\n"
    "jumper_start:\n"
    "  pushq $0xc3\n"
    "  call *%rsp\n"
    "  movl $60, %eax\n"
    "  movl $9, %edi\n"
    "  syscall\n"
    "jumper_end:\n"
    ".popsection");

extern const uint8_t program_start[], program_end[], jumper_start[], jumper_end[];

static struct image build(uint16_t type, const uint8_t *code, size_t code_size) {
  struct image image = {.bytes = calloc(IMAGE_CAPACITY, 1), .size = DATA_OFFSET + DATA_SIZE};
  if (!image.bytes) abort();
  const uint64_t base = type == ET_EXEC ? 0x400000 : 0;
  image.header = (Elf64_Ehdr *)(void *)image.bytes;
  image.segment = (Elf64_Phdr *)(void *)(image.bytes + sizeof(Elf64_Ehdr));
  *image.header = (Elf64_Ehdr){
      .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
      .e_type = type,
      .e_machine = EM_X86_64,
      .e_version = EV_CURRENT,
      .e_entry = base + TEXT_OFFSET,
      .e_phoff = sizeof(Elf64_Ehdr),
      .e_ehsize = sizeof(Elf64_Ehdr),
      .e_phentsize = sizeof(Elf64_Phdr),
      .e_phnum = SEGMENTS,
      .e_shentsize = sizeof(Elf64_Shdr),
  };
  image.segment[HEADERS] = (Elf64_Phdr){PT_LOAD, PF_R, 0, base, base, HEADERS_SIZE, HEADERS_SIZE, 0x1000};
  image.segment[TEXT] = (Elf64_Phdr){PT_LOAD, PF_R | PF_X, TEXT_OFFSET, base + TEXT_OFFSET, base + TEXT_OFFSET, code_size, code_size, 0x1000};
  image.segment[DATA] = (Elf64_Phdr){PT_LOAD, PF_R | PF_W, DATA_OFFSET, base + DATA_OFFSET, base + DATA_OFFSET, DATA_SIZE, BSS_SIZE, 0x1000};
  image.segment[STACK] = (Elf64_Phdr){PT_GNU_STACK, PF_R | PF_W, 0, 0, 0, 0, 0, 16};
  memcpy(image.bytes + TEXT_OFFSET, code, code_size);
  memcpy(image.bytes + DATA_OFFSET, "atad", 4);
  return image;
}

struct image fresh_image(uint16_t type) { return build(type, program_start, (size_t)(program_end - program_start)); }

struct image fresh_stack_jumper(void) { return build(ET_EXEC, jumper_start, (size_t)(jumper_end - jumper_start)); }

void add_interpreter(struct image *image, const char *name, size_t size) {
  const size_t offset = (image->size + 15) & ~(size_t)15;
  if (offset + size > IMAGE_CAPACITY) abort();
  memcpy(image->bytes + offset, name, size);
  image->segment[image->header->e_phnum++] = (Elf64_Phdr){PT_INTERP, PF_R, offset, 0, 0, size, size, 1};
  image->size = offset + size;
}

int is_dangerous(const uint8_t *bytes, size_t size) {
  for (size_t i = 0; i < size; i++)
    if (bytes[i] == 0xf1 || bytes[i] == 0x9d || bytes[i] == 0xcf) return 1;
  return 0;
}

void emit_bytes(const void *bytes, size_t size, const char *name, unsigned mode) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%03u-%s", output_directory, ++files_written, name);
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0700);
  if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || fchmod(fd, mode) != 0 || close(fd) != 0) {
    perror(path);
    exit(1);
  }
}

void emit_mode(struct image image, const char *name, unsigned mode) {
  if (is_dangerous(image.bytes, image.size)) {
    fprintf(stderr, "%s would hold bytes that must not run natively\n", name);
    exit(1);
  }
  emit_bytes(image.bytes, image.size, name, mode);
  free(image.bytes);
}

void emit(struct image image, const char *name) { emit_mode(image, name, 0755); }
