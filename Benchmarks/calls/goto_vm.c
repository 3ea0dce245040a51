// The same bytecode with computed gotos: an indirect jump at the end of each handler.

#include "bench.h"
#include "vm_program.h"

static uint64_t memory[vmMemoryWords];

// GCC would merge the jumps again into one (-fcrossjumping, -fgcse), which the twin measures already.
__attribute__((noinline, optimize("no-gcse", "no-crossjumping")))
static uint64_t interpret(const struct VMInstruction *program)
{
    static const void *const labels[] = {
        &&load, &&add, &&sub, &&mul, &&xor, &&shift, &&get, &&put, &&jumpIfLess, &&jumpIfOdd, &&halt,
    };
    uint64_t r[8] = {0};
    const struct VMInstruction *at = program, *i;
#define NEXT() do { i = at++; goto *labels[i->opcode]; } while (0)
    NEXT();
load: r[i->target] = (uint64_t)(int64_t)i->immediate; NEXT();
add: r[i->target] = r[i->left] + r[i->right]; NEXT();
sub: r[i->target] = r[i->left] - r[i->right]; NEXT();
mul: r[i->target] = r[i->left] * r[i->right]; NEXT();
xor: r[i->target] = r[i->left] ^ r[i->right]; NEXT();
shift: r[i->target] = r[i->left] >> i->immediate; NEXT();
get: r[i->target] = memory[r[i->left] % vmMemoryWords]; NEXT();
put: memory[r[i->left] % vmMemoryWords] = r[i->target]; NEXT();
jumpIfLess:
    if (r[i->left] < r[i->right])
        at = program + i->immediate;
    NEXT();
jumpIfOdd:
    if (r[i->left] & 1)
        at = program + i->immediate;
    NEXT();
halt:
    return r[i->target];
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--)
        sum = benchMix(sum, interpret(vmProgram));
    benchReport(sum);
}
