// Memory of the host: mremap, which is variadic in C and so invisible to Swift, fstatfs, which its Glibc module lacks,
// and the heap at start.
#pragma once
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

/// mremap(2) with all five arguments: the new address, or the negated errno.
static inline int64_t swemu_host_mremap(
    uint64_t address, uint64_t old_length, uint64_t new_length, uint64_t flags, uint64_t new_address) {
  long result = syscall(SYS_mremap, address, old_length, new_length, flags, new_address);
  return result == -1 ? -(int64_t)errno : result;
}

/// Has the host give `size` bytes of the C heap at once, which small allocations then come from: page by page, as they
/// are touched, they would cost several times more. Advice only: nothing depends on it.
static inline void swemu_prepare_heap(unsigned long size) {
  const unsigned long page = 4096;
  // Freed memory of that size stays at the top of the heap instead of going back.
  mallopt(M_TRIM_THRESHOLD, (int)(size * 4));
  mallopt(M_MMAP_THRESHOLD, (int)(size * 2));
  void *block = malloc(size);
  if (!block) return;
  unsigned long first = ((unsigned long)block + page - 1) & -page;
  madvise((void *)first, size & -page, MADV_POPULATE_WRITE);
  free(block);
}
