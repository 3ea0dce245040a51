// Faults as handlers see them: signal, code, address, trap number, error code, CR2; and going on afterwards.

#define _GNU_SOURCE
#include "check.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>
#include <xmmintrin.h>

static sigjmp_buf back;
static char *page;

static void report_fault(int number, siginfo_t *info, void *context) {
  const greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  char *address = info->si_addr;
  char where[32] = "elsewhere";
  if (address == NULL) strcpy(where, "0");
  else if (address >= page && address < page + 8 * 4096) snprintf(where, sizeof where, "page+%lx", (long)(address - page));
  else if ((greg_t)address == registers[REG_RIP]) strcpy(where, "rip");
  printf("signal %d code %d at %s trap %lld error %llx", number, info->si_code, where, registers[REG_TRAPNO],
         (unsigned long long)registers[REG_ERR]);
  if (registers[REG_TRAPNO] == 14) printf(" cr2 is it %d", (char *)registers[REG_CR2] == address);
  putchar('\n');
  siglongjmp(back, 1);
}

#define TRY(what, statement)            \
  do {                                  \
    printf("%s: ", what);               \
    if (sigsetjmp(back, 1) == 0) {      \
      statement;                        \
      puts("no fault");                 \
    }                                   \
  } while (0)

static int steps;
static void stepped(int number, siginfo_t *info, void *context) {
  ucontext_t *user = context;
  steps++;
  if (steps == 1) printf("step: signal %d code %d at rip %d trap %lld\n", number, info->si_code,
                         (greg_t)info->si_addr == user->uc_mcontext.gregs[REG_RIP], user->uc_mcontext.gregs[REG_TRAPNO]);
}

int main(void) {
  struct sigaction action = {.sa_sigaction = report_fault, .sa_flags = SA_SIGINFO};
  const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
  for (size_t i = 0; i < COUNT(signals); i++) sigaction(signals[i], &action, NULL);
  page = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(page != MAP_FAILED);
  mprotect(page + 4096, 4096, PROT_READ);
  mprotect(page + 2 * 4096, 4096, PROT_NONE);
  munmap(page + 3 * 4096, 4096);
  volatile char *volatile p = page;
  TRY("read unmapped", (void)p[3 * 4096 + 5]);
  TRY("write unmapped", p[3 * 4096 + 6] = 1);
  (void)p[4096];
  TRY("write read-only", p[4096 + 7] = 1);
  TRY("read nothing allowed", (void)p[2 * 4096 + 8]);
  TRY("write nothing allowed", p[2 * 4096 + 9] = 1);
  TRY("across the end", *(volatile uint64_t *)(page + 2 * 4096 - 4) = 1);
  TRY("execute data", ((void (*)(void))page)());
  TRY("execute unmapped", ((void (*)(void))(page + 3 * 4096))());
  volatile uint64_t odd = 0x8000000000000000ull;
  TRY("non-canonical", *(volatile char *)odd = 1);
  volatile uint64_t kernel = 0xffffffff81000000ull;
  TRY("kernel", (void)*(volatile char *)kernel);
  TRY("misaligned", asm volatile("movaps %%xmm0, %0" : "=m"(page[1])));
  TRY("privileged", asm volatile("hlt"));
  TRY("interrupt", asm volatile("int $0x42"));
  TRY("undefined", asm volatile("ud2"));
  TRY("breakpoint", asm volatile("int3"));
  volatile int zero = 0, minimum = -2147483647 - 1, minus = -1, result;
  TRY("divide by zero", result = 5 / zero);
  TRY("divide overflow", asm volatile("mov %1, %%eax; cltd; idivl %2" : "=a"(result) : "m"(minimum), "m"(minus) : "edx"));
  const struct { const char *name; unsigned clear; double a, b; } sse[] = {
      {"sse invalid", 0x80, -1, 0}, {"sse zero divide", 0x200, 1, 0}, {"sse overflow", 0x400, 1e308, 1e-10},
      {"sse underflow", 0x800, 1e-308, 1e10}, {"sse inexact", 0x1000, 1, 3}};
  for (volatile size_t i = 0; i < COUNT(sse); i++) {
    volatile double a = sse[i].a, b = sse[i].b, c;
    TRY(sse[i].name, {
      _mm_setcsr(0x1f80 & ~sse[i].clear);
      if (i == 0) asm volatile("sqrtsd %1, %0" : "=x"(c) : "x"(a));
      else asm volatile("divsd %2, %0" : "=x"(c) : "0"(a), "x"(b));
    });
    _mm_setcsr(0x1f80);
  }
  const struct { const char *name; unsigned short clear; long double a, b; } x87[] = {
      {"x87 invalid", 1, 0, 0}, {"x87 zero divide", 4, 1, 0}, {"x87 inexact", 0x20, 1, 3}};
  for (volatile size_t i = 0; i < COUNT(x87); i++) {
    unsigned short control = (unsigned short)(0x37f & ~x87[i].clear);
    long double c, a = x87[i].a, b = x87[i].b;
    TRY(x87[i].name, asm volatile("fldcw %1; fldt %3; fldt %2; fdivp; fwait; fstp %0" : "=t"(c) : "m"(control), "m"(a), "m"(b)));
    asm volatile("fninit");
  }
  FILE *file = tmpfile();
  CHECK(file && ftruncate(fileno(file), 100) == 0);
  char *mapped = mmap(page, 2 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fileno(file), 0);
  CHECK(mapped == page);
  TRY("beyond the file", (void)p[4096 + 100]);
  p[10] = 1;
  CHECK(ftruncate(fileno(file), 0) == 0);
  TRY("truncated file, read", (void)p[10]);
  TRY("truncated file, write", p[11] = 1);
  TRY("truncated file, string", memset((char *)p, 1, 4000));

  struct sigaction step = {.sa_sigaction = stepped, .sa_flags = SA_SIGINFO};
  sigaction(SIGTRAP, &step, NULL);
  asm volatile("pushfq; orq $0x100, (%%rsp); popfq; nop; nop; nop; pushfq; andq $~0x100, (%%rsp); popfq" ::: "memory", "cc");
  printf("%d steps\n", steps);
  return 0;
}
