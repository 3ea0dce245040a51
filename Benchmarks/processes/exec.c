// execve again and again in one process: the program starts itself with a smaller number.

#include "bench.h"
#include <unistd.h>

int main(int argc, char **argv)
{
    long unit = 10 * benchScale(argc, argv);
    int left = argc > 2 ? atoi(argv[2]) : (int)unit;
    if (left == 0) {
        benchReport((uint64_t)unit);
        return 0;
    }
    char text[16];
    snprintf(text, sizeof text, "%d", left - 1);
    execl("/proc/self/exe", argv[0], argc > 1 ? argv[1] : "1", text, NULL);
    return 1;
}
