// mremap, which is variadic in C and so invisible to Swift, and fstatfs, which its Glibc module lacks.
#pragma once
#include <errno.h>
#include <stdint.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

/// mremap(2) with all five arguments: the new address, or the negated errno.
static inline int64_t swemu_host_mremap(
    uint64_t address, uint64_t old_length, uint64_t new_length, uint64_t flags, uint64_t new_address) {
  long result = syscall(SYS_mremap, address, old_length, new_length, flags, new_address);
  return result == -1 ? -(int64_t)errno : result;
}
