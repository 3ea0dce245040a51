import LinuxABI

extension SyscallNumber {
  /// Whether the host's call may wait for long, or must not be made once a signal has come.
  ///
  /// All others are made whatever comes, so that what a body did before is not done twice.
  @inline(__always) static func mayWait(_ number: Int) -> Bool {
    guard number >= 0, number < 512 else { return false }
    let word =
      switch number >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      case 3: words.3
      case 4: words.4
      case 5: words.5
      case 6: words.6
      default: words.7
      }
    return word >> UInt64(number & 63) & 1 != 0
  }

  private static let words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = {
    var words = [UInt64](repeating: 0, count: 8)
    for call in waiting { words[call.rawValue >> 6] |= 1 << UInt64(call.rawValue & 63) }
    return (words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7])
  }()

  private static let waiting: [SyscallNumber] = [
    .read, .write, .open, .creat, .openat, .openat2, .poll, .ppoll, .select, .pselect6, .ioctl, .pread64, .pwrite64,
    .readv, .writev, .preadv, .pwritev, .preadv2, .pwritev2, .pause, .nanosleep, .clock_nanosleep, .sendfile, .connect,
    .accept, .accept4, .sendto, .recvfrom, .sendmsg, .recvmsg, .sendmmsg, .recvmmsg, .wait4, .waitid, .semop,
    .semtimedop, .msgsnd, .msgrcv, .fcntl, .flock, .rt_sigsuspend, .rt_sigtimedwait, .futex, .futex_waitv,
    .epoll_wait, .epoll_pwait, .epoll_pwait2, .splice, .tee, .vmsplice, .mq_timedsend, .mq_timedreceive, .getrandom,
    .copy_file_range,
  ]
}

extension SyscallNumber {
  /// Whether a call uses nothing that threads share, apart from what has a lock of its own.
  @inline(__always) static func needsNoLock(_ number: Int) -> Bool {
    switch SyscallNumber(rawValue: number) {
    case .futex, .nanosleep, .clock_nanosleep, .clock_gettime, .gettid, .getpid, .sched_yield, .rt_sigprocmask,
      .rt_sigaction, .rt_sigreturn, .rt_sigsuspend, .rt_sigtimedwait, .rt_sigpending, .tgkill, .tkill, .kill, .exit,
      .mmap, .munmap, .mprotect, .madvise, .set_robust_list, .set_tid_address, .sigaltstack, .arch_prctl, .membarrier:
      true
    default: false
    }
  }
}
