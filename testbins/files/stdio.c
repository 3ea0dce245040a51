// Streams on files: buffering modes, ungetc, fseek, fopen modes, getline, getdelim, fscanf,
// fmemopen, open_memstream, freopen, temporary write failures.

#define _GNU_SOURCE
#include "errors.h"

#include <unistd.h>

int main(void) {
  FILE *f = fopen("text", "w+");
  CHECK(f);
  for (int i = 0; i < 1000; i++) fprintf(f, "line %d of the file\n", i);
  printf("%ld bytes\n", ftell(f));
  CHECK(fseek(f, 0, SEEK_SET) == 0);
  char *line = NULL;
  size_t capacity = 0;
  long lines = 0, bytes = 0, n;
  while ((n = getline(&line, &capacity, f)) > 0) lines++, bytes += n;
  printf("%ld lines, %ld bytes, eof %d\n", lines, bytes, feof(f) != 0);
  CHECK(fseek(f, -20, SEEK_END) == 0);
  fputs("near the end: ", stdout);
  putchar(fgetc(f));
  puts("");
  rewind(f);
  int c = fgetc(f);
  CHECK(ungetc('#', f) == '#' && fgetc(f) == '#' && fgetc(f) == 'i' && c == 'l');
  int number = 0;
  char word[16] = "";
  rewind(f);
  CHECK(fscanf(f, "%15s %d", word, &number) == 2);
  printf("%s %d\n", word, number);
  CHECK(fclose(f) == 0);
  f = fopen("text", "a+");
  CHECK(fputs("appended\n", f) >= 0 && fseek(f, -9, SEEK_END) == 0 && getline(&line, &capacity, f) == 9);
  fputs(line, stdout);
  CHECK(fclose(f) == 0);
  errno = 0;
  CHECK(!fopen("missing/file", "r"));
  puts(error_name(errno));
  CHECK(!fopen("text", "wx"));
  puts(error_name(errno));
  f = fopen("/dev/full", "w");
  CHECK(f && fputs("into the full device", f) >= 0);
  printf("flush fails: %d\n", fflush(f) == EOF);
  fclose(f);
  char *memory = NULL;
  size_t size = 0;
  f = open_memstream(&memory, &size);
  fprintf(f, "%d-%s", 42, "in memory");
  fclose(f);
  printf("%s %zu\n", memory, size);
  free(memory);
  f = fmemopen("a:b:c", 5, "r");
  while ((n = getdelim(&line, &capacity, ':', f)) > 0) printf("[%.*s]", (int)n, line);
  puts("");
  fclose(f);
  free(line);
  CHECK(freopen("redirected", "w", stderr));
  fputs("to the redirected stream\n", stderr);
  fclose(stderr);
  f = fopen("redirected", "r");
  char text[64];
  CHECK(f && fgets(text, sizeof text, f));
  fputs(text, stdout);
  return 0;
}
