// run: null-read -> SIGSEGV
// run: null-write -> SIGSEGV
// run: null-call -> SIGSEGV
// run: write-rodata -> SIGSEGV
// run: write-code -> SIGSEGV
// run: jump-data -> SIGSEGV
// run: jump-stack -> SIGSEGV
// run: non-canonical-read -> SIGSEGV
// run: non-canonical-jump -> SIGSEGV
// run: kernel-read -> SIGSEGV
// run: unmapped -> SIGSEGV
// run: none-page -> SIGSEGV
// run: read-only-page -> SIGSEGV
// run: stack-pointer -> SIGSEGV
// run: page-crossing -> SIGSEGV
// run: rep-movs -> SIGSEGV
// run: misaligned-sse -> SIGSEGV
// run: privileged -> SIGSEGV
// run: port -> SIGSEGV
// run: interrupt -> SIGSEGV
// run: bad-mxcsr -> SIGSEGV
// run: divide-by-zero -> SIGFPE
// run: divide-overflow -> SIGFPE
// run: divide-64-overflow -> SIGFPE
// run: x87-unmasked -> SIGFPE
// run: sse-unmasked -> SIGFPE
// run: undefined -> SIGILL
// run: invalid-opcode -> SIGILL
// run: lock-register -> SIGILL
// run: past-file -> SIGBUS
// run: breakpoint -> SIGTRAP
// run: int3-long -> SIGTRAP
// run: abort -> SIGABRT
// run: kill -> SIGKILL
// run: terminate -> SIGTERM
// run: raise-segv -> SIGSEGV
// run: ignored -> exit 0
// Programs that die of a signal, each in its own way. Output before the end must be there.

#define _GNU_SOURCE
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

static const char constant[] = "constant";
static char data[16] = {(char)0xc3};

static void jump(void *to) { asm volatile("jmp *%0" ::"r"(to)); }
static char *page(int protection) {
  char *p = mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(p != MAP_FAILED);
  return p;
}

static void memory_faults(const char *mode) {
  char *volatile p = NULL;
  if (!strcmp(mode, "null-read")) putchar(*(volatile char *)p);
  if (!strcmp(mode, "null-write")) *(volatile char *)p = 1;
  if (!strcmp(mode, "null-call")) jump(p);
  if (!strcmp(mode, "write-rodata")) p = (char *)(uintptr_t)constant, *(volatile char *)p = 1;
  if (!strcmp(mode, "write-code")) {
    void (*f)(const char *) = memory_faults;
    memcpy((void *)&p, &f, sizeof p);
    *(volatile char *)p = 1;
  }
  if (!strcmp(mode, "jump-data")) jump(data);
  if (!strcmp(mode, "jump-stack")) {
    volatile char code[16] = {(char)0xc3};
    jump((void *)(uintptr_t)code);
  }
  if (!strcmp(mode, "non-canonical-read")) p = (char *)0x800000000000, putchar(*(volatile char *)p);
  if (!strcmp(mode, "non-canonical-jump")) jump((void *)0x1234567812345678);
  if (!strcmp(mode, "kernel-read")) p = (char *)0xffffffff80000000, putchar(*(volatile char *)p);
  if (!strcmp(mode, "unmapped")) p = page(PROT_READ), munmap(p, 4096), putchar(*(volatile char *)p);
  if (!strcmp(mode, "none-page")) putchar(*(volatile char *)page(PROT_NONE));
  if (!strcmp(mode, "read-only-page")) *(volatile char *)page(PROT_READ) = 1;
  if (!strcmp(mode, "stack-pointer")) asm volatile("xorl %%esp, %%esp\n\tpushq $1" ::: "memory");
  if (!strcmp(mode, "page-crossing")) {
    p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(p + 4096, 4096);
    asm volatile("movq %0, 4092(%1)" ::"r"(1l), "r"(p) : "memory");
  }
  if (!strcmp(mode, "rep-movs")) {
    p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(p + 4096, 4096);
    char *to = p + 4000;
    long count = 200;
    asm volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(7) : "memory");
  }
  if (!strcmp(mode, "misaligned-sse")) asm volatile("movaps %%xmm0, 1(%0)" ::"r"(page(PROT_READ | PROT_WRITE)) : "memory");
}

static void instruction_faults(const char *mode) {
  volatile int zero = 0, minus_one = -1, minimum = -2147483647 - 1;
  if (!strcmp(mode, "privileged")) asm volatile("hlt");
  if (!strcmp(mode, "port")) asm volatile("inb $0x80, %%al" ::: "rax");
  if (!strcmp(mode, "interrupt")) asm volatile("int $0x81");
  if (!strcmp(mode, "bad-mxcsr")) {
    volatile unsigned reserved = 0xffff0000;
    asm volatile("ldmxcsr %0" ::"m"(reserved));
  }
  if (!strcmp(mode, "divide-by-zero")) asm volatile("cltd\n\tidivl %1" : : "a"(1), "m"(zero) : "rdx", "cc");
  if (!strcmp(mode, "divide-overflow")) asm volatile("cltd\n\tidivl %1" : : "a"(minimum), "m"(minus_one) : "rdx", "cc");
  if (!strcmp(mode, "divide-64-overflow")) asm volatile("divq %2" : : "a"(0l), "d"(5l), "r"(5l) : "cc");
  if (!strcmp(mode, "x87-unmasked")) {
    unsigned short control = 0x37b;  // division by zero
    asm volatile("fninit\n\tfldcw %0\n\tfldz\n\tfld1\n\tfdivp\n\tfwait" ::"m"(control));
  }
  if (!strcmp(mode, "sse-unmasked")) {
    unsigned control = 0x1d80;
    asm volatile("ldmxcsr %0\n\txorps %%xmm1, %%xmm1\n\tmovl $1, %%eax\n\tcvtsi2sdl %%eax, %%xmm0\n\tdivsd %%xmm1, %%xmm0" ::"m"(control)
                 : "rax", "xmm0", "xmm1");
  }
  if (!strcmp(mode, "undefined")) asm volatile("ud2");
  if (!strcmp(mode, "invalid-opcode")) asm volatile(".byte 0x06");
  if (!strcmp(mode, "lock-register")) asm volatile(".byte 0xf0, 0x01, 0xc0");
  if (!strcmp(mode, "breakpoint")) asm volatile("int3");
  if (!strcmp(mode, "int3-long")) asm volatile(".byte 0xcd, 0x03");
}

static void others(const char *mode) {
  if (!strcmp(mode, "past-file")) {
    int fd = open("short", O_RDWR | O_CREAT, 0600);
    CHECK(fd >= 0 && ftruncate(fd, 100) == 0);
    char *p = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
    CHECK(p != MAP_FAILED && p[4095] == 0);
    putchar(*(volatile char *)(p + 4096));
  }
  if (!strcmp(mode, "abort")) abort();
  if (!strcmp(mode, "kill")) kill(getpid(), SIGKILL);
  if (!strcmp(mode, "terminate")) kill(getpid(), SIGTERM);
  if (!strcmp(mode, "raise-segv")) raise(SIGSEGV);
  if (!strcmp(mode, "ignored")) {
    signal(SIGTERM, SIG_IGN);
    kill(getpid(), SIGTERM);
    kill(getpid(), SIGCHLD);  // ignored by default
    kill(getpid(), SIGURG);
    kill(getpid(), SIGCONT);
    puts("ignored signals change nothing");
    exit(0);
  }
}

int main(int argc, char **argv) {
  CHECK(argc > 1);
  setvbuf(stdout, NULL, _IONBF, 0);
  printf("about to: %s\n", argv[1]);
  memory_faults(argv[1]);
  instruction_faults(argv[1]);
  others(argv[1]);
  puts("survived");
  return 98;
}
