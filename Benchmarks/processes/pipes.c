// A byte that goes to and fro between two processes, and blocks of 64 KiB that go one way.

#include "bench.h"
#include <sys/wait.h>
#include <unistd.h>

enum { BLOCK = 65536 };
static char block[BLOCK];

static int readAll(int fd, char *buffer, long size)
{
    while (size > 0) {
        ssize_t count = read(fd, buffer, (size_t)size);
        if (count <= 0)
            return 0;
        buffer += count;
        size -= count;
    }
    return 1;
}

int main(int argc, char **argv)
{
    int there[2], back[2];
    uint64_t sum = 0;
    long units = benchScale(argc, argv);
    if (pipe(there) != 0 || pipe(back) != 0)
        return 1;
    pid_t child = fork();
    if (child < 0)
        return 1;
    if (child == 0) {
        for (long unit = 0; unit < units; unit++) {
            char byte;
            for (int i = 0; i < 100; i++)
                if (!readAll(there[0], &byte, 1) || write(back[1], &byte, 1) != 1)
                    _exit(1);
            for (int i = 0; i < 4; i++)
                if (!readAll(there[0], block, BLOCK))
                    _exit(1);
        }
        _exit(block[100]);
    }
    for (long unit = 0; unit < units; unit++) {
        for (int i = 0; i < 100; i++) {
            char byte = (char)(unit + i);
            if (write(there[1], &byte, 1) != 1 || !readAll(back[0], &byte, 1))
                return 1;
            sum = benchMix(sum, (unsigned char)byte);
        }
        for (int i = 0; i < 4; i++)
            if (write(there[1], block, BLOCK) != BLOCK)
                return 1;
    }
    int status;
    waitpid(child, &status, 0);
    benchReport(benchMix(sum, (uint64_t)status));
}
