// printf and scanf families: integers, strings, widths, precisions, positions, %n's absence.

#include "check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <wchar.h>

static int format(char *out, size_t size, const char *f, ...) {
  va_list list;
  va_start(list, f);
  int n = vsnprintf(out, size, f, list);
  va_end(list);
  return n;
}

int main(void) {
  printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%x] [%#X] [%o] [%#o]\n", 42, 42, 42, 42, 42, 42, 255, 255, 8, 8);
  printf("[%hhd] [%hd] [%ld] [%lld] [%zu] [%jd] [%td]\n", (signed char)300, (short)70000, -5l, (long long)INT64_MIN, sizeof(int), (intmax_t)7, (ptrdiff_t)-9);
  printf("[%s] [%10s] [%-10s] [%.3s] [%*s] [%.*s] [%c] [%%]\n", "text", "text", "text", "text", 7, "ab", 2, "abcdef", 'q');
  printf("[%" PRIu64 "] [%" PRIx32 "] [%u]\n", UINT64_MAX, 0xdeadbeefu, 4000000000u);
  printf("[%p] [%p]\n", (void *)0x1234abcd, (void *)0xffff800000000000);
  printf("[%20.10d] [%-20.10d] [%020d] [%.0d]\n", 12345, 12345, -12345, 0);
  printf("[%ls] [%lc]\n", L"wide", (wint_t)L'W');
  char small[8];
  int n = format(small, sizeof small, "%s-%d", "truncated", 99);
  printf("%d %s\n", n, small);
  printf("%d\n", format(NULL, 0, "%1000d", 1));

  int a = 0, b = 0, used = 0;
  unsigned x = 0;
  char word[32] = "", set[32] = "";
  double d = 0;
  long long big = 0;
  int fields = sscanf("12 -7 ff hello 3.25e2 abc123 9223372036854775807 end", "%d %d %x %31s %lf %31[a-z]%*d %lld%n", &a, &b, &x, word, &d, set, &big, &used);
  printf("%d fields: %d %d %x %s %g %s %lld, %d read\n", fields, a, b, x, word, d, set, big, used);
  printf("%d %d\n", sscanf("nothing", "%d", &a), sscanf("", "%d", &a));
  printf("%ld %ld %lu %lld\n", strtol("0x7fz", NULL, 16), strtol("-0777", NULL, 0), strtoul("zz", NULL, 36), strtoll("99999999999999999999", NULL, 10));
  char *end;
  bool same = strtol("  +15abc", &end, 10) == 15 && strcmp(end, "abc") == 0;
  printf("%s\n", same ? "stops at the right place" : "?");
  uint64_t digest = DIGEST_SEED, random = 3;
  for (int i = 0; i < 3000; i++) {
    char text[100];
    int64_t v = (int64_t)random_u64(&random) >> (i & 63);
    snprintf(text, sizeof text, "%lld|%llx|%llo|%+lld|%22lld", (long long)v, (unsigned long long)v, (unsigned long long)v, (long long)v, (long long)v);
    CHECK(strtoll(text, NULL, 10) == v);
    digest = digest_bytes(digest, text, strlen(text));
  }
  report("integers", digest);
  return 0;
}
