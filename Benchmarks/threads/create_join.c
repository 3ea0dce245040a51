// Threads that do nothing, one after the other.

#include "bench.h"
#include <pthread.h>

static void *work(void *argument)
{
    return argument;
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = 10 * benchScale(argc, argv); unit > 0; unit--) {
        pthread_t thread;
        void *result;
        if (pthread_create(&thread, NULL, work, (void *)unit) != 0 || pthread_join(thread, &result) != 0)
            return 1;
        sum = benchMix(sum, (uint64_t)(uintptr_t)result);
    }
    benchReport(sum);
}
