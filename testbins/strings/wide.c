// UTF-8: conversion to wide characters and back, in the C.UTF-8 locale, with invalid input.

#include "check.h"

#include <locale.h>
#include <wchar.h>
#include <wctype.h>

int main(void) {
  CHECK(setlocale(LC_ALL, "C.UTF-8"));
  static const char *const samples[] = {"plain", "gr\xc3\xbc\xc3\x9f", "\xe2\x82\xac 5", "\xf0\x9f\x98\x80!", "bad \xff byte", "cut \xe2\x82"};
  for (size_t i = 0; i < COUNT(samples); i++) {
    wchar_t wide[32];
    size_t n = mbstowcs(wide, samples[i], 32);
    printf("%zu: %d", i, (int)n);
    if (n != (size_t)-1) {
      for (size_t j = 0; j < n; j++) printf(" %x", (unsigned)wide[j]);
      char back[64];
      CHECK(wcstombs(back, wide, sizeof back) != (size_t)-1 && strcmp(back, samples[i]) == 0);
    }
    puts("");
  }
  mbstate_t state = {0};
  wchar_t c;
  CHECK(mbrtowc(&c, "\xe2", 1, &state) == (size_t)-2 && mbrtowc(&c, "\x82\xac", 2, &state) == 2 && c == 0x20ac);
  wchar_t text[40];
  swprintf(text, 40, L"%d %ls %.2f", 7, L"wide", 2.5);
  printf("%ls %d %ld\n", text, (int)wcslen(text), wcstol(L"-123x", NULL, 10));
  printf("%d %d %x\n", iswalpha(0xe9) != 0, iswupper(0xe9) != 0, (unsigned)towupper(0xe9));
  wchar_t sorted[] = L"sorting wide text";
  CHECK(wcschr(sorted, L'w') - sorted == 8 && wcsstr(sorted, L"text") - sorted == 13 && wmemcmp(sorted, L"sort", 4) == 0);
  return 0;
}
