// Writes the text that the workloads with Debian's tools read: lines of words, numbers and dates.
// Deterministic, so that outputs can be compared between machines.
// Usage: generate BYTES > FILE

#include "bench.h"

enum { vocabulary = 3000 };

static char word[vocabulary][12];

int main(int argc, char **argv)
{
    uint64_t seed = 91;
    for (int i = 0; i < vocabulary; i++) {
        int letters = 2 + (int)(benchRandom(&seed) % 8);
        for (int at = 0; at < letters; at++)
            word[i][at] = (char)((at % 2 ? "aeiou" : "bdklmnrst")[benchRandom(&seed) % (at % 2 ? 5 : 9)]);
    }
    for (long left = benchScale(argc, argv); left > 0;) {
        left -= printf("%02d-%02d %06d", (int)(benchRandom(&seed) % 12) + 1, (int)(benchRandom(&seed) % 28) + 1,
                       (int)(benchRandom(&seed) % 1000000));
        for (int words = 3 + (int)(benchRandom(&seed) % 9); words > 0; words--) {
            // The product of two uniform values favours the front, as word frequencies do.
            uint64_t rank = (benchRandom(&seed) % vocabulary) * (benchRandom(&seed) % vocabulary) / vocabulary;
            left -= printf(" %s", word[rank]);
        }
        left -= printf("\n");
    }
}
