// Two threads that fight for one mutex.

#include "bench.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long rounds;
static uint64_t counter;

static void *work(void *argument)
{
    for (long i = 0; i < rounds; i++) {
        pthread_mutex_lock(&lock);
        counter += 3;
        pthread_mutex_unlock(&lock);
    }
    return argument;
}

int main(int argc, char **argv)
{
    pthread_t threads[2];
    rounds = 1000 * benchScale(argc, argv);
    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, work, NULL) != 0)
            return 1;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    benchReport(counter);
}
