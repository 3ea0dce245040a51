// Jump tables, function pointers, computed goto: a small byte-code machine three times.

#include "check.h"

enum { PUSH, ADD, MUL, SUB, DUP, SWAP, DROP, XOR, SHIFT, JUMP_NONZERO, HALT };

static const uint8_t program[] = {PUSH, 200, PUSH, 1, /* loop: */ PUSH, 3, MUL, PUSH, 7, ADD, DUP, PUSH, 13,
                                  SHIFT, XOR, SWAP, PUSH, 1, SUB, DUP, JUMP_NONZERO, 28, HALT, HALT, HALT, HALT,
                                  HALT, HALT, SWAP, JUMP_NONZERO, 4, HALT};

static uint64_t run_switch(void) {
  uint64_t stack[16];
  int sp = 0;
  for (size_t pc = 0;;) {
    switch (program[pc++]) {
      case PUSH: stack[sp++] = program[pc++]; break;
      case ADD: sp--, stack[sp - 1] += stack[sp]; break;
      case MUL: sp--, stack[sp - 1] *= stack[sp]; break;
      case SUB: sp--, stack[sp - 1] -= stack[sp]; break;
      case DUP: stack[sp] = stack[sp - 1], sp++; break;
      case SWAP: stack[sp] = stack[sp - 1], stack[sp - 1] = stack[sp - 2], stack[sp - 2] = stack[sp]; break;
      case DROP: sp--; break;
      case XOR: sp--, stack[sp - 1] ^= stack[sp]; break;
      case SHIFT: sp--, stack[sp - 1] >>= stack[sp]; break;
      case JUMP_NONZERO: pc = stack[sp - 1] ? program[pc] : pc + 1; break;
      default: return stack[0] * 31 + stack[1];
    }
    if (sp > 12) return stack[2];
  }
}

static uint64_t run_goto(void) {
  static void *const labels[] = {&&push, &&add, &&mul, &&sub, &&dup, &&swap, &&drop, &&xor, &&shift, &&jump, &&halt};
  uint64_t stack[16];
  int sp = 0;
  size_t pc = 0;
#define NEXT                        \
  do {                              \
    if (sp > 12) return stack[2];   \
    goto *labels[program[pc++]];    \
  } while (0)
  NEXT;
push: stack[sp++] = program[pc++]; NEXT;
add: sp--, stack[sp - 1] += stack[sp]; NEXT;
mul: sp--, stack[sp - 1] *= stack[sp]; NEXT;
sub: sp--, stack[sp - 1] -= stack[sp]; NEXT;
dup: stack[sp] = stack[sp - 1], sp++; NEXT;
swap: stack[sp] = stack[sp - 1], stack[sp - 1] = stack[sp - 2], stack[sp - 2] = stack[sp]; NEXT;
drop: sp--; NEXT;
xor: sp--, stack[sp - 1] ^= stack[sp]; NEXT;
shift: sp--, stack[sp - 1] >>= stack[sp]; NEXT;
jump: pc = stack[sp - 1] ? program[pc] : pc + 1; NEXT;
halt: return stack[0] * 31 + stack[1];
}

typedef uint64_t (*operation)(uint64_t, uint64_t);
static uint64_t op_add(uint64_t a, uint64_t b) { return a + b; }
static uint64_t op_xor(uint64_t a, uint64_t b) { return a ^ b; }
static uint64_t op_mul(uint64_t a, uint64_t b) { return a * b; }
static uint64_t op_rot(uint64_t a, uint64_t b) { return a << (b & 63) | a >> (-b & 63); }

int main(void) {
  uint64_t a = run_switch(), b = run_goto();
  CHECK(a == b);
  report("byte code", a);
  operation table[] = {op_add, op_xor, op_mul, op_rot};
  uint64_t value = 1, random = 4;
  for (int i = 0; i < 100000; i++) value = table[random_u64(&random) >> 62](value, (uint64_t)i | 1);
  report("function pointers", value);
  return 0;
}
