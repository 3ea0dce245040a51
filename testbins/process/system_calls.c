// Unknown system calls and bad pointers: ENOSYS and EFAULT, never a crash; the registers that
// a system call keeps and changes.

#define _GNU_SOURCE
#include "errors.h"

#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long raw(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  long result;
  asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
  return result;
}

int main(void) {
  static const long unknown[] = {600, 1000, 0x3fff, 0x7fffffff, -1, 214, 215};
  for (size_t i = 0; i < COUNT(unknown); i++) printf("call %ld: %s\n", unknown[i], error_name((int)-raw(unknown[i], 0, 0, 0, 0, 0, 0)));
  long bad = 8, kernel = (long)0xffff888000000000, odd = 0x7fffffffefff;
  printf("write %s %s\n", error_name((int)-raw(SYS_write, 1, bad, 1, 0, 0, 0)), error_name((int)-raw(SYS_write, 1, kernel, 1, 0, 0, 0)));
  printf("uname %s %s\n", error_name((int)-raw(SYS_uname, bad, 0, 0, 0, 0, 0)), error_name((int)-raw(SYS_uname, odd, 0, 0, 0, 0, 0)));
  printf("open %s\n", error_name((int)-raw(SYS_open, bad, 0, 0, 0, 0, 0)));
  printf("getcwd %s\n", error_name((int)-raw(SYS_getcwd, kernel, 4096, 0, 0, 0, 0)));
  printf("pipe %s\n", error_name((int)-raw(SYS_pipe, bad, 0, 0, 0, 0, 0)));
  printf("getrandom %s\n", error_name((int)-raw(SYS_getrandom, bad, 16, 0, 0, 0, 0)));
  printf("sysinfo %s\n", error_name((int)-raw(SYS_sysinfo, bad, 0, 0, 0, 0, 0)));
  printf("prlimit64 %s\n", error_name((int)-raw(SYS_prlimit64, 0, 1, 0, bad, 0, 0)));
  printf("rt_sigaction %s\n", error_name((int)-raw(SYS_rt_sigaction, 10, bad, 0, 8, 0, 0)));
  printf("poll %s\n", error_name((int)-raw(SYS_poll, bad, 1, 0, 0, 0, 0)));
  printf("writev %s\n", error_name((int)-raw(SYS_writev, 1, bad, 1, 0, 0, 0)));
  printf("set_robust_list %s\n", error_name((int)-raw(SYS_set_robust_list, 0, 7, 0, 0, 0, 0)));
  char random[32] = {0};
  CHECK(raw(SYS_getrandom, (long)random, 32, 0, 0, 0, 0) == 32);
  CHECK(raw(SYS_getrandom, (long)random, 32, 0xff00, 0, 0, 0) == -EINVAL);
  long rcx = 0, r11 = 0, after;
  asm volatile("movl $39, %%eax\n\tsyscall\n\t1: leaq 1b(%%rip), %%rdx\n\tsubq %%rcx, %%rdx\n\tmovq %%rdx, %0\n\tmovq %%r11, %1\n\tmovq %%rax, %2"
               : "=r"(rcx), "=r"(r11), "=r"(after)::"rax", "rcx", "rdx", "r11", "memory");
  printf("rcx is the return address: %d, r11 the flags: %d\n", rcx == 0, (r11 & 0x202) == 0x202 && after == getpid());
  // A vector that is partly bad: what comes before is written.
  struct iovec parts[] = {{"partly written\n", 15}, {(void *)bad, 10}};
  fflush(stdout);
  long n = raw(SYS_writev, 1, (long)parts, 2, 0, 0, 0);
  printf("%ld\n", n);
  return 0;
}
