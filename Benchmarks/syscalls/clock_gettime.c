// clock_gettime: natively served by the vDSO, so an emulator without one pays a system call.

#include "bench.h"
#include <time.h>

int main(int argc, char **argv)
{
    long calls = 20000 * benchScale(argc, argv);
    uint64_t backwards = 0, valid = 0;
    struct timespec last = {0, 0}, now;
    for (long i = 0; i < calls; i++) {
        if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
            return 1;
        valid += now.tv_nsec >= 0 && now.tv_nsec < 1000000000;
        backwards += now.tv_sec < last.tv_sec || (now.tv_sec == last.tv_sec && now.tv_nsec < last.tv_nsec);
        last = now;
    }
    printf("calls %" PRIu64 ", backwards %" PRIu64 "\n", valid, backwards);
}
