// Page faults with a handler that opens the page, as garbage collectors use them.

#define _GNU_SOURCE
#include "bench.h"
#include <signal.h>
#include <sys/mman.h>

enum { PAGE = 4096, PAGES = 64 };
static char *pages;
static volatile sig_atomic_t faults;

static void handler(int number, siginfo_t *info, void *context)
{
    (void)number, (void)context;
    faults++;
    mprotect((void *)((uintptr_t)info->si_addr & -(uintptr_t)PAGE), PAGE, PROT_READ | PROT_WRITE);
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(SIGSEGV, &action, NULL);
    pages = mmap(NULL, PAGES * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        return 1;
    for (long unit = benchScale(argc, argv); unit > 0; unit--) {
        mprotect(pages, PAGES * PAGE, PROT_NONE);
        for (int page = 0; page < PAGES; page++)
            pages[page * PAGE] = (char)unit;
    }
    benchReport((uint64_t)faults);
}
