// A bytecode interpreter with one `switch`: a single indirect jump with many targets.

#include "bench.h"
#include "vm_program.h"

static uint64_t memory[vmMemoryWords];

__attribute__((noinline)) static uint64_t interpret(const struct VMInstruction *program)
{
    uint64_t r[8] = {0};
    const struct VMInstruction *at = program;
    for (;;) {
        const struct VMInstruction *i = at++;
        switch (i->opcode) {
        case opLoad: r[i->target] = (uint64_t)(int64_t)i->immediate; break;
        case opAdd: r[i->target] = r[i->left] + r[i->right]; break;
        case opSub: r[i->target] = r[i->left] - r[i->right]; break;
        case opMul: r[i->target] = r[i->left] * r[i->right]; break;
        case opXor: r[i->target] = r[i->left] ^ r[i->right]; break;
        case opShift: r[i->target] = r[i->left] >> i->immediate; break;
        case opGet: r[i->target] = memory[r[i->left] % vmMemoryWords]; break;
        case opPut: memory[r[i->left] % vmMemoryWords] = r[i->target]; break;
        case opJumpIfLess:
            if (r[i->left] < r[i->right])
                at = program + i->immediate;
            break;
        case opJumpIfOdd:
            if (r[i->left] & 1)
                at = program + i->immediate;
            break;
        case opHalt: return r[i->target];
        }
    }
}

int main(int argc, char **argv)
{
    uint64_t sum = 0;
    for (long unit = 4 * benchScale(argc, argv); unit > 0; unit--)
        sum = benchMix(sum, interpret(vmProgram));
    benchReport(sum);
}
