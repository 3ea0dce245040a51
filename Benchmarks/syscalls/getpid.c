// The cheapest system call in a loop: the price of entering and leaving the kernel.

#include "bench.h"
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    long calls = 10000 * benchScale(argc, argv), same = 0;
    pid_t pid = getpid();
    // Not the library's getpid alone: a library may remember the answer.
    for (long i = 0; i < calls; i++)
        same += syscall(SYS_getpid) == pid;
    benchReport((uint64_t)same);
}
