// Multiplication of large numbers as libraries do it for v3: mulx, adcx, adox.

#include "bench.h"

enum { limbs = 64 };

static uint64_t a[limbs], sum[limbs + 1];

/// sum += a * factor, with two chains of carries.
static void accumulate(uint64_t factor)
{
    const uint64_t *from = a;
    uint64_t *to = sum;
    uint64_t low, high, carry = 0;
    long left = limbs;
    __asm__ volatile(
        "xor %k[carry], %k[carry]\n"
        "1:\n\t"
        "mulx (%[from]), %[low], %[high]\n\t"
        "adcx %[carry], %[low]\n\t"
        "adox (%[to]), %[low]\n\t"
        "mov %[low], (%[to])\n\t"
        "mov %[high], %[carry]\n\t"
        "lea 8(%[from]), %[from]\n\t"
        "lea 8(%[to]), %[to]\n\t"
        "lea -1(%[left]), %[left]\n\t"
        "jrcxz 2f\n\t"
        "jmp 1b\n"
        "2:\n\t"
        "adc $0, %[carry]\n\t"
        "add %[carry], (%[to])\n"
        : [from] "+r"(from), [to] "+r"(to), [carry] "+r"(carry), [left] "+c"(left), [low] "=&r"(low), [high] "=&r"(high)
        : "d"(factor)
        : "cc", "memory");
}

int main(int argc, char **argv)
{
    uint64_t seed = 64;
    for (int i = 0; i < limbs; i++)
        a[i] = benchRandom(&seed);
    for (long unit = 2000 * benchScale(argc, argv); unit > 0; unit--)
        accumulate(benchRandom(&seed));
    uint64_t total = 0;
    for (int i = 0; i <= limbs; i++)
        total = benchMix(total, sum[i]);
    benchReport(total);
}
