// fork, exit and wait: copying an address space.

#include "bench.h"
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = 10 * benchScale(argc, argv); unit > 0; unit--) {
        pid_t child = fork();
        if (child < 0)
            return 1;
        if (child == 0)
            _exit((int)(unit & 127));
        int status;
        if (waitpid(child, &status, 0) != child)
            return 1;
        sum = benchMix(sum, (uint64_t)status);
    }
    benchReport(sum);
}
