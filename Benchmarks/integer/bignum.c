// Arithmetic on 2,048-bit numbers: `adc` chains, 64 x 64 -> 128 multiplication, 128 / 64 division.

#include "bench.h"
#include <string.h>

enum { limbs = 32 };

/// Adds `b` to `a` and returns the carry.
/// In assembly, because the point is a carry that lives in the flags over the whole loop:
/// `lea` and `dec` step it without touching CF.
static uint64_t addLimbs(uint64_t *a, const uint64_t *b, uint64_t count)
{
    uint64_t held, carry;
    __asm__ volatile("clc\n"
                     "1: mov (%[b]), %[held]\n"
                     "   adc %[held], (%[a])\n"
                     "   lea 8(%[a]), %[a]\n"
                     "   lea 8(%[b]), %[b]\n"
                     "   dec %[count]\n"
                     "   jnz 1b\n"
                     "   sbb %[carry], %[carry]\n"
                     "   neg %[carry]\n"
                     : [a] "+r"(a), [b] "+r"(b), [count] "+r"(count), [held] "=&r"(held), [carry] "=&r"(carry)
                     :
                     : "cc", "memory");
    return carry;
}

static void multiply(uint64_t *product, const uint64_t *a, const uint64_t *b)
{
    memset(product, 0, 2 * limbs * sizeof *product);
    for (int i = 0; i < limbs; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < limbs; j++) {
            unsigned __int128 t = (unsigned __int128)a[i] * b[j] + product[i + j] + carry;
            product[i + j] = (uint64_t)t;
            carry = (uint64_t)(t >> 64);
        }
        product[i + limbs] = carry;
    }
}

/// Divides `a` by one limb in place and returns the remainder.
/// `div` in assembly: the compiler would call a library routine for 128-bit operands.
static uint64_t divideByLimb(uint64_t *a, int count, uint64_t divisor)
{
    uint64_t remainder = 0;
    for (int i = count - 1; i >= 0; i--)
        __asm__("div %[divisor]" : "+a"(a[i]), "+d"(remainder) : [divisor] "r"(divisor) : "cc");
    return remainder;
}

int main(int argc, char **argv)
{
    uint64_t seed = 7, sum = 0;
    uint64_t a[limbs], b[limbs], product[2 * limbs];
    for (int i = 0; i < limbs; i++) {
        a[i] = benchRandom(&seed);
        b[i] = benchRandom(&seed);
    }
    for (long unit = 400 * benchScale(argc, argv); unit > 0; unit--) {
        multiply(product, a, b);
        uint64_t carry = 0;
        for (int repeat = 0; repeat < 8; repeat++)
            carry += addLimbs(product, a, limbs);
        uint64_t remainder = divideByLimb(product, 2 * limbs, 0xffffffffffffffc5u);
        memcpy(a, product, sizeof a);
        sum = benchMix(sum, remainder + carry);
    }
    benchReport(sum);
}
