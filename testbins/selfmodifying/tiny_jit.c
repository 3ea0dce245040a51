// A compiler for arithmetic expressions into machine code, run against an interpreter.

#define _GNU_SOURCE
#include "code.h"

#include <sys/mman.h>

static uint8_t *out;
static const char *in;

static void byte(int b) { *out++ = (uint8_t)b; }
static void bytes(const char *s, int n) {
  while (n--) byte(*s++);
}

static void expression(void);
static int64_t value_of(void);

static void primary(void) {
  if (*in == '(') {
    in++;
    expression();
    in++;
  } else if (*in == 'x') {
    in++;
    bytes("\x57", 1);  // push rdi
  } else {
    int32_t n = (int32_t)strtol(in, (char **)&in, 10);
    byte(0x68);  // push imm32
    memcpy(out, &n, 4);
    out += 4;
  }
}

static void operation(char c) {
  bytes("\x59\x58", 2);  // pop rcx; pop rax
  if (c == '+') bytes("\x48\x01\xc8", 3);
  if (c == '-') bytes("\x48\x29\xc8", 3);
  if (c == '*') bytes("\x48\x0f\xaf\xc1", 4);
  if (c == '/') bytes("\x48\x99\x48\xf7\xf9", 5);
  if (c == '&') bytes("\x48\x21\xc8", 3);
  byte(0x50);  // push rax
}

static void term(void) {
  primary();
  while (*in == '*' || *in == '/') {
    char c = *in++;
    primary();
    operation(c);
  }
}

static void expression(void) {
  term();
  while (*in == '+' || *in == '-' || *in == '&') {
    char c = *in++;
    term();
    operation(c);
  }
}

static int64_t x;
static int64_t primary_value(void) {
  if (*in == '(') {
    in++;
    int64_t v = value_of();
    in++;
    return v;
  }
  if (*in == 'x') return in++, x;
  return strtol(in, (char **)&in, 10);
}
static int64_t term_value(void) {
  int64_t v = primary_value();
  while (*in == '*' || *in == '/') {
    char c = *in++;
    int64_t w = primary_value();
    v = c == '*' ? v * w : v / w;
  }
  return v;
}
static int64_t value_of(void) {
  int64_t v = term_value();
  while (*in == '+' || *in == '-' || *in == '&') {
    char c = *in++;
    int64_t w = term_value();
    v = c == '+' ? v + w : c == '-' ? v - w : v & w;
  }
  return v;
}

int main(void) {
  static const char *const sources[] = {"x*x+3*x-7", "(x+1)*(x-1)", "x/3*3+(x-x/3*3)", "((x&255)*(x&15)+1000)/7", "-5*x+12-(x+x*(x-(3+x)))"};
  uint8_t *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(page != MAP_FAILED);
  for (size_t i = 0; i < COUNT(sources); i++) {
    out = page;
    in = sources[i];
    expression();
    bytes("\x58\xc3", 2);  // pop rax; ret
    int64_t (*compiled)(int64_t);
    memcpy(&compiled, &page, sizeof compiled);
    uint64_t digest = DIGEST_SEED;
    for (x = -300; x < 300; x++) {
      in = sources[i];
      int64_t expected = value_of();
      CHECK(compiled(x) == expected);
      digest = digest_u64(digest, (uint64_t)expected);
    }
    report(sources[i], digest);
  }
  return 0;
}
