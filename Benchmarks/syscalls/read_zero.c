// read of /dev/zero in small and large pieces: the kernel writes into the program's memory.

#include "bench.h"
#include <fcntl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static unsigned char buffer[16384];
    int zero = open("/dev/zero", O_RDONLY);
    uint64_t total = 0;
    if (zero < 0)
        return 1;
    for (long unit = 400 * benchScale(argc, argv); unit > 0; unit--)
        for (size_t size = 16; size <= sizeof buffer; size *= 4) {
            buffer[0] = 1;
            total += (uint64_t)read(zero, buffer, size) + buffer[0];
        }
    close(zero);
    benchReport(total);
}
