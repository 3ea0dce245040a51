// flags: -mno-red-zone -mrdrnd -mrdseed -mfsgsbase -mxsave
// variants: O2 pie
// RDRAND and RDSEED, bases of FS and GS, XGETBV, cache lines, hints, CET's opcodes where CET is off, SYSCALL's RCX and
// R11; and what user mode may not execute or nobody can: signal, code, trap number, error code.

#define _GNU_SOURCE
#include "check.h"

#include <cpuid.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

static sigjmp_buf back;
static char data[4096] __attribute__((aligned(4096)));

static void on_fault(int number, siginfo_t *info, void *context) {
  const greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  printf("signal %d code %d trap %lld error %llx rip %d\n", number, info->si_code, registers[REG_TRAPNO],
         (unsigned long long)registers[REG_ERR], (greg_t)info->si_addr == registers[REG_RIP]);
  siglongjmp(back, 1);
}

#define TRY(text)                                                                                      \
  do {                                                                                                 \
    printf("%-24s ", text);                                                                            \
    if (sigsetjmp(back, 1) == 0) {                                                                     \
      asm volatile(text ::"a"(0), "b"(data), "c"(0), "d"(0) : "memory", "cc");                         \
      puts("executed");                                                                                \
    }                                                                                                  \
  } while (0)

static void random_numbers(void) {
  unsigned eax, ebx, ecx, edx;
  CHECK(__get_cpuid(1, &eax, &ebx, &ecx, &edx));
  if (ecx & bit_RDRND) {
    uint64_t seen = 0;
    for (int i = 0; i < 100; i++) {
      uint64_t value, flags;
      asm volatile("1: rdrand %0\n\tjnc 1b\n\tcmp %0, %0\n\trdrand %0\n\tpushfq\n\tpop %1" : "=r"(value), "=r"(flags)::"cc");
      if (flags & 1) CHECK((flags & 0x8d4) == 0);
      seen |= value;
    }
    CHECK(seen >> 32 != 0);
    uint64_t narrow = ~0ull;
    asm volatile("1: rdrand %w0\n\tjnc 1b" : "+r"(narrow)::"cc");
    CHECK(narrow >> 16 == 0xffffffffffff);
    asm volatile("1: rdrand %k0\n\tjnc 1b" : "+r"(narrow)::"cc");
    CHECK(narrow >> 32 == 0);
  }
  CHECK(__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx));
  if (ebx & bit_RDSEED) {
    uint64_t value, flags;
    do asm volatile("rdseed %0\n\tpushfq\n\tpop %1" : "=r"(value), "=r"(flags)::"cc");
    while (!(flags & 1));
    CHECK((flags & 0x8d4) == 0);
  }
  puts("random numbers");
}

static void bases(void) {
  // HWCAP2_FSGSBASE
  if (getauxval(AT_HWCAP2) & 2) {
    uint64_t fs, again, gs = 0;
    asm volatile("rdfsbase %0" : "=r"(fs));
    asm volatile("mov %%fs:0, %0" : "=r"(again));
    CHECK(fs == again);
    asm volatile("wrfsbase %1\n\trdfsbase %0\n\twrfsbase %2" : "=&r"(again) : "r"((uint64_t)data), "r"(fs));
    CHECK(again == (uint64_t)data);
    *(uint64_t *)(data + 24) = 0x1122334455667788;
    asm volatile("wrgsbase %1\n\tmov %%gs:24, %0" : "=r"(gs) : "r"((uint64_t)data));
    CHECK(gs == 0x1122334455667788);
    asm volatile("rdgsbase %0" : "=r"(gs));
    CHECK(gs == (uint64_t)data);
    // Registers that REX.B names.
    register uint64_t extended asm("r12") = (uint64_t)data + 8;
    asm volatile("wrgsbase %1\n\trdgsbase %%r10\n\tmov %%r10, %0" : "=r"(gs) : "r"(extended) : "r10");
    CHECK(gs == (uint64_t)data + 8);
    // The narrow forms take and give 32 bits.
    asm volatile("wrgsbase %k1\n\tmov $-1, %0\n\trdgsbase %k0" : "=&r"(gs) : "r"(0xffffffff00001000ull));
    CHECK(gs == 0x1000);
    printf("%-24s ", "wrgsbase non-canonical");
    if (sigsetjmp(back, 1) == 0) asm volatile("wrgsbase %0" ::"r"(0x8000000000000000ull));
  }
  puts("bases");
}

static void system_call(void) {
  uint64_t rax = SYS_getpid, rcx = 1, r11 = 2, flags;
  asm volatile(
      "mov %[r11], %%r11\n\tpushfq\n\tpop %[flags]\n\tsyscall\n1:\n\tmov %%r11, %[r11]\n\t"
      "lea 1b(%%rip), %%r11\n\tsub %%r11, %%rcx"
      : "+a"(rax), "+c"(rcx), [r11] "+r"(r11), [flags] "=&r"(flags)::"r11", "cc", "memory");
  CHECK(rcx == 0 && r11 == flags && rax == (uint64_t)getpid());
  puts("system call");
}

static void shadow_stack(void) {
  uint64_t value = 0x123456789abcdef0;
  asm volatile("rdsspq %0" : "+r"(value));
  printf("rdsspq %016llx\n", (unsigned long long)value);
  asm volatile("rdsspd %k0" : "+r"(value));
  printf("rdsspd %016llx\n", (unsigned long long)value);
}

int main(void) {
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
  static const int signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGFPE};
  for (size_t i = 0; i < COUNT(signals); i++) sigaction(signals[i], &action, NULL);
  random_numbers();
  bases();
  system_call();
  shadow_stack();
  TRY("endbr64");
  TRY("endbr32");
  TRY(".byte 0x0f,0x1e,0xc8");
  TRY("nopw 64(%%rax,%%rcx,2)");
  TRY("pause");
  TRY("prefetchnta (%%rbx)");
  TRY("prefetcht0 64(%%rcx)");
  TRY("prefetchw (%%rcx)");
  TRY("clflush (%%rbx)");
  TRY("clflush (%%rcx)");
  TRY("lfence");
  TRY("mfence");
  TRY("sfence");
  TRY("xgetbv");
  TRY("ud2");
  TRY("ud1 (%%rbx), %%eax");
  TRY(".byte 0x0f,0xff,0x03");
  TRY("incsspq %%rax");
  TRY("setssbsy");
  TRY("hlt");
  TRY("cli");
  TRY("sti");
  TRY("in %%dx, %%al");
  TRY("out %%eax, $0x80");
  TRY("insb");
  TRY("rep outsb");
  TRY("clts");
  TRY("invd");
  TRY("wbinvd");
  TRY("invlpg (%%rbx)");
  TRY("lgdt (%%rbx)");
  TRY("lidt (%%rbx)");
  TRY("lldt %%ax");
  TRY("ltr %%ax");
  TRY("lmsw %%ax");
  TRY("mov %%cr0, %%rax");
  TRY("mov %%rax, %%cr3");
  TRY("mov %%dr7, %%rax");
  TRY("rdmsr");
  TRY("wrmsr");
  TRY("rdpmc");
  TRY("swapgs");
  TRY("sysretq");
  TRY("xsetbv");
  TRY("clac");
  TRY("int $5");
  TRY("int $0x42");
  TRY("int3");
  TRY("lock incl (%%rbx)");
  TRY(".byte 0xf0,0xff,0xc0");
  TRY("movaps 1(%%rbx), %%xmm0");
  TRY("fxsave64 8(%%rbx)");
  return 0;
}
