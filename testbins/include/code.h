// Small pieces of machine code for the programs that modify themselves.
#ifndef CODE_H
#define CODE_H

#include "check.h"

typedef int (*function)(void);

// mov eax, value; ret
static inline size_t emit_return(uint8_t *at, int32_t value) {
  at[0] = 0xb8;
  memcpy(at + 1, &value, 4);
  at[5] = 0xc3;
  return 6;
}

// The address as a function; the compiler barrier keeps earlier stores before the call.
static inline int call(void *at) {
  asm volatile("" ::: "memory");
  function f;
  memcpy(&f, &at, sizeof f);
  return f();
}

#endif
