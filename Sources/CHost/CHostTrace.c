#define _GNU_SOURCE
#include "CHostTrace.h"

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

// Where the copy makes system calls that it is told to make.
extern const char swemu_trace_call_site[] __attribute__((visibility("hidden")));
__asm__(
    ".pushsection .text\n\t.globl swemu_trace_call_site\n\t.hidden swemu_trace_call_site\n"
    "swemu_trace_call_site:\n\tsyscall\n\tud2\n\t.popsection\n");

static int wait_for(int32_t process, int *status) {
  int result;
  do {
    result = waitpid(process, status, 0);
  } while (result == -1 && errno == EINTR);
  return result == process ? 0 : -1;
}

int32_t swemu_trace_fork(const struct swemu_trace_region *regions, uint64_t count) {
  pid_t process = fork();
  if (process == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) _exit(127);
    for (uint64_t i = 0; i < count; i++)
      mprotect((void *)regions[i].start, regions[i].end - regions[i].start, (int)regions[i].protection);
    raise(SIGSTOP);
    _exit(127);
  }
  if (process < 0) return -1;
  int status;
  if (wait_for(process, &status) != 0 || !WIFSTOPPED(status)) return -1;
  ptrace(PTRACE_SETOPTIONS, process, NULL, (void *)PTRACE_O_EXITKILL);
  return process;
}

void swemu_trace_end(int32_t process) {
  int status;
  kill(process, SIGKILL);
  wait_for(process, &status);
}

int swemu_trace_get(int32_t process, struct swemu_trace_registers *registers) {
  struct user_regs_struct r;
  if (ptrace(PTRACE_GETREGS, process, NULL, &r) != 0) return -1;
  *registers = (struct swemu_trace_registers){
      .gpr = {r.rax, r.rcx, r.rdx, r.rbx, r.rsp, r.rbp, r.rsi, r.rdi, r.r8, r.r9, r.r10, r.r11, r.r12, r.r13, r.r14,
              r.r15},
      .rip = r.rip,
      .rflags = r.eflags,
      .fs_base = r.fs_base,
      .gs_base = r.gs_base,
  };
  return 0;
}

int swemu_trace_set(int32_t process, const struct swemu_trace_registers *registers) {
  struct user_regs_struct r;
  if (ptrace(PTRACE_GETREGS, process, NULL, &r) != 0) return -1;
  const uint64_t *g = registers->gpr;
  r.rax = g[0], r.rcx = g[1], r.rdx = g[2], r.rbx = g[3], r.rsp = g[4], r.rbp = g[5], r.rsi = g[6], r.rdi = g[7];
  r.r8 = g[8], r.r9 = g[9], r.r10 = g[10], r.r11 = g[11], r.r12 = g[12], r.r13 = g[13], r.r14 = g[14], r.r15 = g[15];
  r.rip = registers->rip;
  r.eflags = registers->rflags;
  r.fs_base = registers->fs_base;
  r.gs_base = registers->gs_base;
  // No system call is to be restarted.
  r.orig_rax = (unsigned long)-1;
  return ptrace(PTRACE_SETREGS, process, NULL, &r) == 0 ? 0 : -1;
}

int64_t swemu_trace_get_state(int32_t process, void *image, uint64_t size) {
  struct iovec vector = {image, size};
  if (ptrace(PTRACE_GETREGSET, process, (void *)NT_X86_XSTATE, &vector) != 0) return -1;
  return (int64_t)vector.iov_len;
}

int swemu_trace_set_state(int32_t process, const void *image, uint64_t size) {
  struct iovec vector = {(void *)image, size};
  return ptrace(PTRACE_SETREGSET, process, (void *)NT_X86_XSTATE, &vector) == 0 ? 0 : -1;
}

int32_t swemu_trace_step(int32_t process) {
  int status;
  if (ptrace(PTRACE_SINGLESTEP, process, NULL, NULL) != 0 || wait_for(process, &status) != 0) return -1;
  if (!WIFSTOPPED(status)) return -1;
  int number = WSTOPSIG(status);
  if (number != SIGTRAP) return number;
  // A breakpoint or ICEBP of the guest's is a signal; the end of the step is not.
  siginfo_t info;
  if (ptrace(PTRACE_GETSIGINFO, process, NULL, &info) == 0 && info.si_code != TRAP_TRACE && info.si_code != TRAP_BRKPT)
    return SIGTRAP;
  return info.si_code == TRAP_BRKPT ? SIGTRAP : 0;
}

int swemu_trace_write(int32_t process, uint64_t address, const void *bytes, uint64_t count) {
  struct iovec local = {(void *)bytes, count}, remote = {(void *)address, count};
  if (process_vm_writev(process, &local, 1, &remote, 1, 0) == (ssize_t)count) return 0;
  // PTRACE_POKEDATA ignores the protection, as /proc/PID/mem does, and needs no descriptor.
  const uint8_t *from = bytes;
  while (count > 0) {
    uint64_t start = address & ~(uint64_t)7, skip = address - start, take = 8 - skip < count ? 8 - skip : count;
    uint64_t word;
    errno = 0;
    word = (uint64_t)ptrace(PTRACE_PEEKDATA, process, (void *)start, NULL);
    if (errno != 0) return -1;
    memcpy((uint8_t *)&word + skip, from, take);
    if (ptrace(PTRACE_POKEDATA, process, (void *)start, (void *)word) != 0) return -1;
    address += take;
    from += take;
    count -= take;
  }
  return 0;
}

int swemu_trace_read(int32_t process, uint64_t address, void *bytes, uint64_t count) {
  struct iovec local = {bytes, count}, remote = {(void *)address, count};
  return process_vm_readv(process, &local, 1, &remote, 1, 0) == (ssize_t)count ? 0 : -1;
}

int64_t swemu_trace_call(int32_t process, uint64_t number, const uint64_t arguments[6]) {
  struct swemu_trace_registers before, call;
  if (swemu_trace_get(process, &before) != 0) return -1;
  call = before;
  call.rip = (uint64_t)swemu_trace_call_site;
  call.gpr[0] = number;
  call.gpr[7] = arguments[0];
  call.gpr[6] = arguments[1];
  call.gpr[2] = arguments[2];
  call.gpr[10] = arguments[3];
  call.gpr[8] = arguments[4];
  call.gpr[9] = arguments[5];
  if (swemu_trace_set(process, &call) != 0 || swemu_trace_step(process) != 0) return -1;
  if (swemu_trace_get(process, &call) != 0 || swemu_trace_set(process, &before) != 0) return -1;
  return (int64_t)call.gpr[0];
}
