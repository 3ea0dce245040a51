// open, fstat, close, stat and access of files: path resolution and structure copies.

#include "bench.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    struct stat info;
    for (long unit = 500 * benchScale(argc, argv); unit > 0; unit--) {
        int file = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (file < 0 || fstat(file, &info) != 0)
            return 1;
        sum = benchMix(sum, info.st_rdev);
        close(file);
        if (stat("/", &info) != 0)
            return 1;
        sum = benchMix(sum, info.st_mode & S_IFMT);
        sum += (uint64_t)access("/nonexistent/path", F_OK);
    }
    benchReport(sum);
}
