// The same work, for one thread or shared by two.

#include "bench.h"
#include <pthread.h>

struct share {
    long units;
    uint64_t sum;
};

static void *work(void *argument)
{
    struct share *share = argument;
    uint64_t state = 1, table[256] = {0};
    for (long unit = share->units * 1000; unit > 0; unit--) {
        uint64_t value = benchRandom(&state);
        table[value & 255] += value >> 8;
    }
    for (int i = 0; i < 256; i++)
        share->sum = benchMix(share->sum, table[i]);
    return NULL;
}

static inline int runThreads(int count, long units)
{
    struct share shares[2] = {{2 * units / count, 0}, {2 * units / count, 0}};
    pthread_t threads[2];
    for (int i = 0; i < count; i++)
        if (pthread_create(&threads[i], NULL, work, &shares[i]) != 0)
            return 1;
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    benchReport(shares[0].sum ^ (count > 1 ? shares[1].sum : 0));
    return 0;
}
