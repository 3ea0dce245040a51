// Blocking and unblocking signals, as runtimes do around their own work, with one pending each time.

#include "bench.h"
#include <signal.h>

static volatile sig_atomic_t caught;

static void handler(int number)
{
    caught += number;
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = handler};
    sigset_t set, old;
    sigaction(SIGUSR2, &action, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    for (long unit = 500 * benchScale(argc, argv); unit > 0; unit--) {
        sigprocmask(SIG_BLOCK, &set, &old);
        raise(SIGUSR2);
        sigprocmask(SIG_SETMASK, &old, NULL);
    }
    benchReport((uint64_t)caught);
}
