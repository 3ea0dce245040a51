// Two threads take turns with a mutex and a condition variable.

#include "bench.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static long turns, sum;

static void play(long parity)
{
    pthread_mutex_lock(&lock);
    while (turns > 0) {
        if ((turns & 1) != parity) {
            pthread_cond_wait(&changed, &lock);
            continue;
        }
        sum += turns--;
        pthread_cond_signal(&changed);
    }
    pthread_mutex_unlock(&lock);
}

static void *work(void *argument)
{
    play(1);
    return argument;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    turns = 100 * benchScale(argc, argv);
    if (pthread_create(&thread, NULL, work, NULL) != 0)
        return 1;
    play(0);
    pthread_join(thread, NULL);
    benchReport((uint64_t)sum);
}
