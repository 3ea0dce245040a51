// strlen, strcmp, memchr, strchr, memcmp and strstr of the C library over words and long lines.

#include "bench.h"
#include <string.h>

enum { words = 512, longLine = 4096 };

static char text[words * 48], line[longLine + 1], twin[longLine + 1];
static const char *word[words];

int main(int argc, char **argv)
{
    uint64_t seed = 45, sum = 0;
    char *at = text;
    for (int i = 0; i < words; i++) {
        word[i] = at;
        for (int left = 1 + (int)(benchRandom(&seed) % 40); left > 0; left--)
            *at++ = (char)('a' + benchRandom(&seed) % 4);
        *at++ = 0;
    }
    for (int i = 0; i < longLine; i++)
        line[i] = twin[i] = (char)('a' + i % 23);
    line[longLine - 100] = '#';
    for (long unit = 8 * benchScale(argc, argv); unit > 0; unit--) {
        for (int i = 0; i + 1 < words; i++) {
            sum += strlen(word[i]);
            sum += strcmp(word[i], word[i + 1]) < 0;
            sum += strchr(word[i], 'd') != NULL;
        }
        for (int i = 0; i < 24; i++) {
            const char *start = line + i * 5;
            sum += strlen(start);
            sum += (size_t)((const char *)memchr(start, '#', longLine - 200 + 101) - start);
            sum += memcmp(start, twin + i * 5, longLine - 200) == 0;
        }
        sum += (size_t)(strstr(line, "wabcdefghij#") != NULL);
        benchKeep(text);
    }
    benchReport(sum);
}
