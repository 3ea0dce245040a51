// C++ exceptions: the unwinder walks frames and interprets DWARF, with branches everywhere.

#include "bench.h"

namespace {

struct Failure {
    uint32_t code;
};

__attribute__((noinline)) uint32_t descend(uint32_t depth, uint32_t value)
{
    if (depth == 0)
        throw Failure{value};
    return descend(depth - 1, value * 7 + depth) + 1;
}

}  // namespace

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = 1000 * benchScale(argc, argv); unit > 0; unit--)
        try {
            sum += descend(2 + unit % 4, uint32_t(unit));
        } catch (const Failure &failure) {
            sum = benchMix(sum, failure.code);
        }
    benchReport(sum);
}
