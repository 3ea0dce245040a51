// fork and execve of this program, which ends at once.

#include "bench.h"
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc > 1 && argv[1][0] == 'x')
        _exit(argv[1][1] & 127);
    uint64_t sum = 0;
    for (long unit = 5 * benchScale(argc, argv); unit > 0; unit--) {
        pid_t child = fork();
        if (child < 0)
            return 1;
        if (child == 0) {
            char name[] = {'x', (char)(unit & 63) + 1, 0};
            char *arguments[] = {argv[0], name, NULL};
            execve("/proc/self/exe", arguments, arguments + 2);
            _exit(127);
        }
        int status;
        if (waitpid(child, &status, 0) != child)
            return 1;
        sum = benchMix(sum, (uint64_t)status);
    }
    benchReport(sum);
}
