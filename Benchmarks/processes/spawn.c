// posix_spawn (vfork and execve) of this program, which ends at once.

#include "bench.h"
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc > 1 && argv[1][0] == 'x')
        _exit(argv[1][1] & 127);
    uint64_t sum = 0;
    for (long unit = 5 * benchScale(argc, argv); unit > 0; unit--) {
        char name[] = {'x', (char)(unit & 63) + 1, 0};
        char *arguments[] = {argv[0], name, NULL};
        pid_t child;
        if (posix_spawn(&child, "/proc/self/exe", NULL, NULL, arguments, arguments + 2) != 0)
            return 1;
        int status;
        if (waitpid(child, &status, 0) != child)
            return 1;
        sum = benchMix(sum, (uint64_t)status);
    }
    benchReport(sum);
}
