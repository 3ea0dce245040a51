// Modular exponentiation, extended Euclid, Miller-Rabin, Pollard's rho on 64-bit numbers.

#include "check.h"

static uint64_t multiply(uint64_t a, uint64_t b, uint64_t m) { return (uint64_t)((unsigned __int128)a * b % m); }

static uint64_t power(uint64_t base, uint64_t exponent, uint64_t m) {
  uint64_t result = 1;
  for (base %= m; exponent; exponent >>= 1, base = multiply(base, base, m))
    if (exponent & 1) result = multiply(result, base, m);
  return result;
}

static int is_prime(uint64_t n) {
  static const uint64_t bases[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
  for (size_t i = 0; i < COUNT(bases); i++)
    if (n % bases[i] == 0) return n == bases[i];
  uint64_t d = n - 1;
  int s = 0;
  for (; d % 2 == 0; d /= 2) s++;
  for (size_t i = 0; i < COUNT(bases); i++) {
    uint64_t x = power(bases[i], d, n);
    if (x == 1 || x == n - 1) continue;
    int j = 1;
    for (; j < s && x != n - 1; j++) x = multiply(x, x, n);
    if (x != n - 1) return 0;
  }
  return 1;
}

static uint64_t gcd(uint64_t a, uint64_t b) {
  while (b) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static uint64_t factor(uint64_t n) {
  for (uint64_t c = 1;; c++) {
    uint64_t x = 2, y = 2, d = 1;
    while (d == 1) {
      x = (multiply(x, x, n) + c) % n;
      y = (multiply(y, y, n) + c) % n;
      y = (multiply(y, y, n) + c) % n;
      d = gcd(x > y ? x - y : y - x, n);
    }
    if (d != n) return d;
  }
}

int main(void) {
  CHECK(power(3, 1000000006, 1000000007) == 1);
  unsigned primes = 0;
  for (uint64_t n = (1ull << 61) + 1; n < (1ull << 61) + 400; n += 2) primes += (unsigned)is_prime(n);
  printf("primes after 2^61: %u\n", primes);
  CHECK(is_prime(18446744073709551557ull) && !is_prime(18446744073709551559ull));
  const uint64_t composites[] = {1000003ull * 1000033, 4294967291ull * 4294967279, 600851475143, 99990001ull * 10007};
  for (size_t i = 0; i < COUNT(composites); i++) {
    uint64_t f = factor(composites[i]);
    CHECK(composites[i] % f == 0 && f != 1);
    uint64_t other = composites[i] / f, low = f < other ? f : other, high = f < other ? other : f;
    printf("%llu = %llu * %llu\n", (unsigned long long)composites[i], (unsigned long long)low, (unsigned long long)high);
  }
  return 0;
}
