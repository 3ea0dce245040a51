// The program that both interpreters of this group run: a counting loop with arithmetic,
// memory and a conditional, for a register machine with 8 registers.

#ifndef VM_PROGRAM_H
#define VM_PROGRAM_H

#include <stdint.h>

enum Opcode { opLoad, opAdd, opSub, opMul, opXor, opShift, opGet, opPut, opJumpIfLess, opJumpIfOdd, opHalt };

struct VMInstruction {
    uint8_t opcode, target, left, right;
    int32_t immediate;
};

enum { vmMemoryWords = 256 };

static const struct VMInstruction vmProgram[] = {
    {opLoad, 0, 0, 0, 0},          // r0: counter
    {opLoad, 1, 0, 0, 12000},      // r1: limit
    {opLoad, 2, 0, 0, 1},          // r2: one
    {opLoad, 3, 0, 0, 0x9e3779b1}, // r3: multiplier
    {opLoad, 4, 0, 0, 17},         // r4: accumulator
    {opMul, 5, 4, 3, 0},           // 5: loop head
    {opShift, 6, 5, 0, 15},
    {opXor, 4, 4, 6, 0},
    {opGet, 7, 6, 0, 0},
    {opAdd, 4, 4, 7, 0},
    {opJumpIfOdd, 0, 4, 0, 12},
    {opSub, 4, 4, 0, 0},
    {opPut, 4, 6, 0, 0},           // 12
    {opAdd, 0, 0, 2, 0},
    {opJumpIfLess, 0, 0, 1, 5},
    {opHalt, 4, 0, 0, 0},
};

#endif
