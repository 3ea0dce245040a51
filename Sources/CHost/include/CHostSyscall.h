// System calls of the host, made raw: arguments and result are the kernel's, untouched by the C library.
#pragma once
#include <stdint.h>

/// Makes a system call: the result, or the negated errno. errno itself stays as it is.
///
/// Unlike syscall(2) of the C library this needs no variadic call, and pthread_cancel never acts in it.
static inline long swemu_syscall(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
