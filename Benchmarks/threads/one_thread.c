// Arithmetic in one thread, twice as much: with one_thread.c and two_threads.c, how well two processors are used.

#include "scaling.h"

int main(int argc, char **argv)
{
    return runThreads(1, benchScale(argc, argv));
}
