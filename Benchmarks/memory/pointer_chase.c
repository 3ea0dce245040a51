// A walk along a random cycle through 2 MiB: each load's address is the load before.

#include "bench.h"

enum { nodes = 1 << 15 };

// A cache line each, so that neighbours do not come for free.
static struct Node { struct Node *next; uint64_t value[7]; } node[nodes];

int main(int argc, char **argv)
{
    static uint32_t order[nodes];
    uint64_t seed = 43, sum = 0;
    for (uint32_t i = 0; i < nodes; i++)
        order[i] = i;
    for (uint32_t i = nodes - 1; i > 0; i--) {
        uint32_t j = benchRandom(&seed) % (i + 1), held = order[i];
        order[i] = order[j], order[j] = held;
    }
    for (uint32_t i = 0; i < nodes; i++) {
        node[order[i]].next = &node[order[(i + 1) % nodes]];
        node[i].value[0] = benchRandom(&seed);
    }
    const struct Node *at = node;
    for (long step = 100000 * benchScale(argc, argv); step > 0; step--) {
        sum += at->value[0];
        at = at->next;
    }
    benchReport(sum + (uint64_t)(at - node));
}
