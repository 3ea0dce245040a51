// Reading the memory of other processes.
#pragma once
#include <stdint.h>
#include <sys/uio.h>

#include "CHostSyscall.h"

/// Copies bytes out of another process (man 2 process_vm_readv): how many, or the negated errno.
static inline int64_t swemu_host_peek(int32_t process, uint64_t address, void *_Nonnull buffer, uint64_t count) {
  struct iovec local = {buffer, count}, remote = {(void *)address, count};
  return swemu_syscall(310, process, (long)&local, 1, (long)&remote, 1, 0);
}
