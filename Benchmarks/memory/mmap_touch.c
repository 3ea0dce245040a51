// Anonymous mappings, first touch of each page, protection changes, unmapping: page faults.

#include "bench.h"
#include <sys/mman.h>

enum { pages = 64, pageSize = 4096 };

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--) {
        unsigned char *area = mmap(NULL, pages * pageSize, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (area == MAP_FAILED)
            return 1;
        for (int page = 0; page < pages; page++)
            area[page * pageSize + unit % pageSize] = (unsigned char)(page + unit);
        if (mprotect(area, pages / 2 * pageSize, PROT_READ) != 0)
            return 1;
        for (int page = 0; page < pages; page++)
            sum += area[page * pageSize + unit % pageSize];
        if (madvise(area + pages / 2 * pageSize, pages / 2 * pageSize, MADV_DONTNEED) != 0)
            return 1;
        // Dropped pages must read as zero again.
        for (int page = pages / 2; page < pages; page++)
            sum = benchMix(sum, area[page * pageSize + unit % pageSize]);
        munmap(area, pages * pageSize);
    }
    benchReport(sum);
}
