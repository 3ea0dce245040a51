// What starting and ending a process needs of the host and Swift's Glibc module does not export.
#pragma once
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/// An entry of the emulator's own auxiliary vector, 0 where it is missing (man 3 getauxval).
static inline uint64_t swemu_host_auxv(uint64_t type) { return getauxval(type); }

/// Fills `buffer` with random bytes; how many, or -1 (man 2 getrandom).
static inline long swemu_host_random(void *_Nonnull buffer, size_t count) { return getrandom(buffer, count, 0); }

/// Dies of `signal_number` without a core file.
///
/// A core handler behind a pipe ignores RLIMIT_CORE 0, but not a process that is not dumpable (man 5 core). The system
/// calls are raw because the C library refuses to touch signals 32 and 33.
_Noreturn static inline void swemu_host_die(int32_t signal_number) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  const uint64_t default_action[4] = {0, 0, 0, 0};
  syscall(SYS_rt_sigaction, signal_number, default_action, NULL, 8);
  const uint64_t mask = (uint64_t)1 << (signal_number - 1);
  syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, &mask, NULL, 8);
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal_number);
  _exit(128 + signal_number);
}

/// The lower of an address in the emulator's image and one in the C library, which are two in a dynamic build.
static inline uint64_t swemu_host_lowest_code(void) {
  static const char image = 0;
  const uint64_t own = (uint64_t)&image, library = (uint64_t)&getauxval;
  return own < library ? own : library;
}

/// Takes the bottom-up layout of memory (setarch -L) away from the programs that this process executes.
static inline void swemu_host_leave_compat_layout(void) {
  const int current = personality(0xffffffff);
  if (current != -1) personality((unsigned long)current & ~(unsigned long)ADDR_COMPAT_LAYOUT);
}
