// Digits of pi with GMP: Chudnovsky's series by binary splitting, then decimal conversion.

#include "bench.h"
#include <gmp.h>
#include <math.h>
#include <string.h>

/// Sums the terms from `first` up to `last`: the numerators' product into `p`,
/// the denominators' into `q`, and the weighted sum into `t`.
static void split(mpz_t p, mpz_t q, mpz_t t, unsigned long first, unsigned long last)
{
    if (last - first == 1) {
        if (first == 0) {
            mpz_set_ui(p, 1);
            mpz_set_ui(q, 1);
        } else {
            mpz_set_ui(p, 6 * first - 5);
            mpz_mul_ui(p, p, 2 * first - 1);
            mpz_mul_ui(p, p, 6 * first - 1);
            mpz_set_ui(q, first);
            mpz_mul_ui(q, q, first);
            mpz_mul_ui(q, q, first);
            mpz_mul_ui(q, q, 10939058860032000u); // 640320^3 / 24
        }
        mpz_set_ui(t, 545140134);
        mpz_mul_ui(t, t, first);
        mpz_add_ui(t, t, 13591409);
        mpz_mul(t, t, p);
        if (first % 2 == 1)
            mpz_neg(t, t);
        return;
    }
    unsigned long middle = first + (last - first) / 2;
    mpz_t rightP, rightQ, rightT;
    mpz_inits(rightP, rightQ, rightT, NULL);
    split(p, q, t, first, middle);
    split(rightP, rightQ, rightT, middle, last);
    mpz_mul(t, t, rightQ);
    mpz_addmul(t, p, rightT);
    mpz_mul(p, p, rightP);
    mpz_mul(q, q, rightQ);
    mpz_clears(rightP, rightQ, rightT, NULL);
}

int main(int argc, char **argv)
{
    unsigned long digits = 1000 * (unsigned long)benchScale(argc, argv);
    mpz_t p, q, t, root;
    mpz_inits(p, q, t, root, NULL);
    split(p, q, t, 0, digits / 14 + 2); // each term gives 14.18 digits
    mpz_ui_pow_ui(root, 10, 2 * digits);
    mpz_mul_ui(root, root, 10005);
    mpz_sqrt(root, root);
    mpz_mul(q, q, root);
    mpz_mul_ui(q, q, 426880);
    mpz_tdiv_q(q, q, t);
    char *text = mpz_get_str(NULL, 10, q);
    uint64_t sum = 0;
    for (const char *digit = text; *digit; digit++)
        sum = benchMix(sum, (unsigned char)*digit);
    printf("%.30s... ", text);
    benchReport(sum);
    free(text);
    mpz_clears(p, q, t, root, NULL);
}
