// strtok_r, strsep, getopt, regcomp, fnmatch, qsort of strings, ctype tables.

#define _GNU_SOURCE
#include "check.h"

#include <ctype.h>
#include <fnmatch.h>
#include <getopt.h>
#include <regex.h>
#include <unistd.h>

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void tokens(void) {
  char text[] = "one,two;;three four,five", *save = NULL, *words[10];
  int n = 0;
  for (char *t = strtok_r(text, ",; ", &save); t; t = strtok_r(NULL, ",; ", &save)) words[n++] = t;
  qsort(words, (size_t)n, sizeof words[0], by_text);
  for (int i = 0; i < n; i++) printf("%s ", words[i]);
  char fields[] = "a::b:", *rest = fields, *field;
  while ((field = strsep(&rest, ":"))) printf("<%s>", field);
  puts("");
}

static void options(void) {
  char *argv[] = {"prog", "-a", "-bvalue", "file", "--long=7", "-c", "x", "--", "-d", NULL};
  static const struct option names[] = {{"long", required_argument, NULL, 'l'}, {NULL, 0, NULL, 0}};
  optind = 1;
  for (int c; (c = getopt_long(9, argv, "+ab:c:d", names, NULL)) != -1;) printf("-%c %s; ", c, optarg ? optarg : "");
  printf("left %s\n", argv[optind]);
}

static void expressions(void) {
  static const char *const patterns[] = {"^[a-z]+([0-9]{2,3})$", "(foo|bar)+baz", "^$", "a.*b.*c", "[[:space:]]x|y$"};
  static const char *const subjects[] = {"abc123", "abc1", "foobarbaz", "", "a--b--c", "an x", "why", "z9999"};
  for (size_t i = 0; i < COUNT(patterns); i++) {
    regex_t regex;
    CHECK(regcomp(&regex, patterns[i], REG_EXTENDED) == 0);
    printf("%s:", patterns[i]);
    for (size_t j = 0; j < COUNT(subjects); j++) {
      regmatch_t match[2];
      if (regexec(&regex, subjects[j], 2, match, 0) == 0) printf(" %zu[%d,%d]", j, (int)match[0].rm_so, (int)match[0].rm_eo);
    }
    puts("");
    regfree(&regex);
  }
}

int main(void) {
  tokens();
  options();
  expressions();
  printf("%d %d %d\n", fnmatch("*.c", "a.c", 0), fnmatch("[!a]*", "abc", 0) == FNM_NOMATCH, fnmatch("a/*", "a/b/c", FNM_PATHNAME) == FNM_NOMATCH);
  uint64_t digest = DIGEST_SEED;
  for (int c = 0; c < 256; c++) {
    const int answers[] = {isalpha(c), isdigit(c), isspace(c), isupper(c), islower(c), ispunct(c), iscntrl(c), isprint(c), isxdigit(c)};
    unsigned classes = 0;
    for (unsigned i = 0; i < COUNT(answers); i++) classes |= (answers[i] ? 1u : 0u) << i;
    digest = digest_u64(digest, classes + ((uint64_t)toupper(c) << 16) + ((uint64_t)tolower(c) << 32));
  }
  report("character classes", digest);
  return 0;
}
