// A small, healthy ELF program in memory, which each mutation copies and damages.
#ifndef IMAGE_H
#define IMAGE_H

#include <elf.h>
#include <stddef.h>
#include <stdint.h>

enum {
  IMAGE_CAPACITY = 1 << 17,
  TEXT_OFFSET = 0x1000,
  DATA_OFFSET = 0x2000,
  DATA_SIZE = 16,
  BSS_SIZE = 0x3000,
  HEADERS_SIZE = sizeof(Elf64_Ehdr) + 8 * sizeof(Elf64_Phdr),
};

// The order of the program headers of a healthy image.
enum { HEADERS, TEXT, DATA, STACK, SEGMENTS };

struct image {
  uint8_t *bytes;
  size_t size;
  Elf64_Ehdr *header;
  Elf64_Phdr *segment;  // SEGMENTS of them, with room for more
};

// A fresh healthy image of ET_EXEC at 0x400000 or ET_DYN at 0.
struct image fresh_image(uint16_t type);

// The same, with code that pushes a return instruction onto the stack and calls it.
struct image fresh_stack_jumper(void);

// Adds a PT_INTERP header whose name is `size` bytes at a fresh place of the file.
void add_interpreter(struct image *image, const char *name, size_t size);

// Writes the image as the next file, named after its number and `name`; frees it. Stops the
// generator if the file holds bytes that must never run natively.
void emit(struct image image, const char *name);
void emit_mode(struct image image, const char *name, unsigned mode);

// Writes arbitrary bytes as the next file.
void emit_bytes(const void *bytes, size_t size, const char *name, unsigned mode);

// Whether the first `size` bytes hold ICEBP, POPF or IRET, which can stop the whole machine.
int is_dangerous(const uint8_t *bytes, size_t size);

void mutate_header(void);
void mutate_segments(void);
void mutate_interpreter(void);
void mutate_length(void);
void mutate_randomly(void);
void write_other_formats(void);

extern const char *output_directory;
extern unsigned files_written;

#endif
