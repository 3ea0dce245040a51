// A signal that a process sends itself: the call, the frame, the handler, the return.

#include "bench.h"
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void handler(int number)
{
    caught += number;
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGUSR1, &action, NULL);
    for (long unit = 1000 * benchScale(argc, argv); unit > 0; unit--)
        kill(getpid(), SIGUSR1);
    benchReport((uint64_t)caught);
}
