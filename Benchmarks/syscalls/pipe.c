// Bytes through a pipe to oneself: write and read in turn, without a change of process.

#include "bench.h"
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int ends[2];
    char message[512], answer[512];
    uint64_t sum = 0;
    if (pipe(ends) != 0)
        return 1;
    memset(message, 'm', sizeof message);
    for (long unit = 2000 * benchScale(argc, argv); unit > 0; unit--) {
        size_t size = 1 + (size_t)unit % sizeof message;
        message[size - 1] = (char)unit;
        if (write(ends[1], message, size) != (ssize_t)size || read(ends[0], answer, sizeof answer) != (ssize_t)size)
            return 1;
        sum = benchMix(sum, (unsigned char)answer[size - 1]);
    }
    benchReport(sum);
}
