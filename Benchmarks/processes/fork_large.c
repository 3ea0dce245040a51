// fork of a process with 64 MiB of touched memory, of which the child writes a little.

#include "bench.h"
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    size_t size = 64u << 20;
    char *memory = malloc(size);
    if (memory == NULL)
        return 1;
    memset(memory, 1, size);
    uint64_t sum = 0;
    for (long unit = benchScale(argc, argv); unit > 0; unit--) {
        pid_t child = fork();
        if (child < 0)
            return 1;
        if (child == 0) {
            for (size_t at = 0; at < size; at += size / 16)
                memory[at] = 2;
            _exit(memory[size / 16]);
        }
        int status;
        if (waitpid(child, &status, 0) != child)
            return 1;
        sum = benchMix(sum, (uint64_t)status + (uint64_t)memory[0]);
    }
    benchReport(sum);
}
