// variants: O2 v3
// links: -l:libgmp.a
// GMP: 5000 digits of pi by Machin's formula, primes, powers, roots, rationals, floats.

#include <gmp.h>

#include "check.h"

// scale * arctan(1 / x), all integers
static void arctan(mpz_t result, unsigned long x, const mpz_t scale) {
  mpz_t power, term;
  mpz_inits(power, term, NULL);
  mpz_fdiv_q_ui(power, scale, x);
  mpz_set(result, power);
  for (unsigned long n = 3; mpz_sgn(power); n += 2) {
    mpz_fdiv_q_ui(power, power, x * x);
    mpz_fdiv_q_ui(term, power, n);
    if (n & 2) mpz_sub(result, result, term);
    else mpz_add(result, result, term);
  }
  mpz_clears(power, term, NULL);
}

int main(void) {
  enum { DIGITS = 5000, GUARD = 10 };
  mpz_t scale, a, b, pi;
  mpz_inits(scale, a, b, pi, NULL);
  mpz_ui_pow_ui(scale, 10, DIGITS + GUARD);
  arctan(a, 5, scale);
  arctan(b, 239, scale);
  mpz_mul_ui(pi, a, 16);
  mpz_submul_ui(pi, b, 4);
  mpz_ui_pow_ui(b, 10, GUARD);
  mpz_fdiv_q(pi, pi, b);
  char *text = mpz_get_str(NULL, 10, pi);
  printf("%.60s...%s\n", text, text + DIGITS - 20);
  report("digits", digest_bytes(DIGEST_SEED, text, strlen(text)));
  mpz_ui_pow_ui(a, 2, 521);
  mpz_sub_ui(a, a, 1);
  printf("2^521-1 %s\n", mpz_probab_prime_p(a, 20) ? "is prime" : "is composite");
  mpz_nextprime(b, a);
  mpz_powm(pi, b, a, scale);
  gmp_printf("%Zx\n", b);
  report("powm", mpz_fdiv_ui(pi, 1000000007));
  mpz_fac_ui(a, 3000);
  mpz_sqrtrem(b, pi, a);
  mpz_addmul(pi, b, b);
  CHECK(mpz_cmp(pi, a) == 0);
  mpz_gcd(pi, a, scale);
  printf("%zu bits, gcd %zu bits, %lu\n", mpz_sizeinbase(a, 2), mpz_sizeinbase(pi, 2), mpz_popcount(a));
  mpq_t sum, term;
  mpq_inits(sum, term, NULL);
  for (unsigned long n = 1; n <= 60; n++) {
    mpq_set_ui(term, 1, n);
    mpq_add(sum, sum, term);
  }
  gmp_printf("%Qd\n", sum);
  mpf_t root;
  mpf_init2(root, 400);
  mpf_sqrt_ui(root, 2);
  gmp_printf("%.100Ff\n", root);
  return 0;
}
