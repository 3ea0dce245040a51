// Writes broken ELF files, the same ones each time, to a directory.
// Usage: broken_elf DIRECTORY

#include "image.h"

#include <stdio.h>

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: broken_elf DIRECTORY\n");
    return 2;
  }
  output_directory = argv[1];
  mutate_header();
  mutate_segments();
  mutate_interpreter();
  mutate_length();
  mutate_randomly();
  write_other_formats();
  printf("%u broken files\n", files_written);
  return 0;
}
