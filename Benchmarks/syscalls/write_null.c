// write and writev to /dev/null: the kernel reads the program's memory.

#include "bench.h"
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static char buffer[8192];
    struct iovec parts[3] = {{buffer, 10}, {buffer + 100, 1000}, {buffer + 4000, 4000}};
    int null = open("/dev/null", O_WRONLY);
    uint64_t total = 0;
    if (null < 0)
        return 1;
    for (long unit = 3000 * benchScale(argc, argv); unit > 0; unit--) {
        total += (uint64_t)write(null, buffer, 1 + (size_t)unit % sizeof buffer);
        total += (uint64_t)writev(null, parts, 3);
    }
    close(null);
    benchReport(total);
}
