// String searches and comparisons whose operands end exactly at the end of a page, beside an
// unmapped page: vector code must not read past it.

#define _GNU_SOURCE
#include "check.h"

#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

static char *page_end(void) {
  char *p = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(p != MAP_FAILED && munmap(p + 2 * 4096, 4096) == 0);
  return p + 2 * 4096;
}

int main(void) {
  char *a = page_end(), *b = page_end();
  uint64_t digest = DIGEST_SEED;
  for (volatile size_t n = 0; n < 150; n++) {
    char *s = a - n - 1, *t = b - n - 1;
    for (size_t i = 0; i < n; i++) s[i] = t[i] = (char)('a' + i % 23);
    s[n] = t[n] = 0;
    CHECK(strlen(s) == n && strnlen(s, n / 2) == n / 2 && strnlen(s, n + 1) == n);
    CHECK(strcmp(s, t) == 0 && strncmp(s, t, n + 1) == 0 && memcmp(s, t, n + 1) == 0 && strcasecmp(s, t) == 0);
    CHECK(strchr(s, 0) == s + n && strrchr(s, 0) == s + n && memchr(s, 0, n + 1) == s + n);
    CHECK(strchr(s, 'z') == NULL && memchr(s, 'z', n + 1) == NULL && strrchr(s, 'z') == NULL);
    CHECK(strchrnul(s, 'z') == s + n);
    if (n) {
      volatile size_t k = n - 1;
      t[k] = 'y' + 1;
      CHECK(strcmp(s, t) < 0 && strcmp(t, s) > 0 && strncmp(s, t, k) == 0 && memcmp(t, s, n) > 0);
      CHECK(strchr(t, 'z') == t + k && strrchr(t, 'z') == t + k && memrchr(t, 'z', n) == t + k);
      CHECK(strspn(s, "abcdefghijklmnopqrstuvw") == n && strcspn(t, "z") == k && strpbrk(t, "zZ") == t + k);
      CHECK(strstr(t, "z") == t + k && (n < 3 || strstr(t, t + n - 3) == t + n - 3));
      char buffer[200];
      CHECK(stpcpy(buffer, s) == buffer + n && strcmp(buffer, s) == 0);
      strncpy(buffer, t, 180);
      for (size_t i = n; i < 180; i++) CHECK(buffer[i] == 0);
      digest = digest_bytes(digest, buffer, 180);
    }
  }
  const char *hay = "the quick brown fox jumps over the lazy dog and the quick cat";
  const char *const needles[] = {"the", "quick", "lazy dog", "cat", "catt", "", "e lazy", "x j"};
  for (size_t i = 0; i < COUNT(needles); i++) {
    const char *found = strstr(hay, needles[i]);
    printf("'%s' at %d, memmem %d\n", needles[i], found ? (int)(found - hay) : -1,
           memmem(hay, strlen(hay), needles[i], strlen(needles[i])) == found);
  }
  report("padded copies", digest);
  return 0;
}
