// Calling convention: many arguments, structures by value in registers and memory, variadic
// functions with integers and doubles, setjmp and longjmp, alloca, function results in pairs.

#include "check.h"

#include <alloca.h>
#include <setjmp.h>
#include <stdarg.h>

struct pair { uint64_t a, b; };
struct mixed { double d; int32_t i; float f; };
struct large { uint64_t v[9]; };

__attribute__((noinline)) static struct pair make_pair(uint64_t a, uint64_t b) { return (struct pair){b ^ 5, a + 1}; }
__attribute__((noinline)) static struct mixed change(struct mixed m) { return (struct mixed){m.i + 0.5, (int)m.d, m.f * 2}; }
__attribute__((noinline)) static struct large grow(struct large l, int by) {
  for (int i = 0; i < 9; i++) l.v[i] += (uint64_t)(by * i);
  return l;
}

__attribute__((noinline)) static uint64_t many(int a, long b, char c, short d, unsigned e, uint64_t f, int g, double h,
                                               long i, float j, struct pair k, signed char l) {
  return (uint64_t)(a + b * 3 + c * 5 + d * 7) + e * 11 + f * 13 + (uint64_t)(g * 17) + (uint64_t)(h * 19) +
         (uint64_t)(i * 23) + (uint64_t)(j * 29) + k.a * 31 + k.b * 37 + (uint64_t)(l * 41);
}

__attribute__((noinline)) static double sum(const char *kinds, ...) {
  va_list list, copy;
  va_start(list, kinds);
  va_copy(copy, list);
  double total = 0;
  for (int pass = 0; pass < 2; pass++) {
    va_list *from = pass ? &copy : &list;
    for (const char *k = kinds; *k; k++)
      switch (*k) {
        case 'i': total += va_arg(*from, int); break;
        case 'l': total += (double)va_arg(*from, long); break;
        case 'd': total += va_arg(*from, double); break;
        case 'L': total += (double)va_arg(*from, long double); break;
        case 's': total += (double)strlen(va_arg(*from, const char *)); break;
      }
  }
  va_end(list);
  va_end(copy);
  return total;
}

static jmp_buf target;
__attribute__((noinline)) static void unwind(int depth) {
  char *block = alloca((size_t)depth * 16 + 1);
  memset(block, depth, (size_t)depth * 16 + 1);
  if (depth == 40) longjmp(target, block[0] + 2);
  if (block[depth] == depth) unwind(depth + 1);
  if (block[1] == 77) puts("never");
}

int main(void) {
  struct pair p = make_pair(3, 9);
  printf("%llu %llu\n", (unsigned long long)p.a, (unsigned long long)p.b);
  struct mixed m = change((struct mixed){7.9, -3, 1.25f});
  printf("%g %d %g\n", m.d, m.i, (double)m.f);
  struct large l = grow((struct large){{1, 2, 3, 4, 5, 6, 7, 8, 9}}, 100);
  report("large", digest_bytes(DIGEST_SEED, &l, sizeof l));
  printf("%llu\n", (unsigned long long)many(1, -2, 'x', -4, 5, 6, -7, 8.5, 9, 10.25f, p, -12));
  printf("%g\n", sum("iidsldidddddddLiil", 1, 2, 3.5, "four", 5l, 6.5, 7, .1, .2, .3, .4, .5, .6, .7, 8.25L, 9, 10, 11l));
  volatile int visits = 0;
  int code = setjmp(target);
  visits++;
  if (code == 0) unwind(0);
  printf("longjmp brought %d, visits %d\n", code, visits);
  return 0;
}
