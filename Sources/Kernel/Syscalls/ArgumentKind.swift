/// What an argument of a system call is: how it prints in `--strace`.
package enum ArgumentKind: Sendable {
  case int, unsigned, long, size, hex, pointer
  /// A descriptor; one that may be AT_FDCWD.
  case fd, atFD
  /// A string: a path in full, any other shortened.
  case path, string
  /// File mode bits; a device number.
  case mode, device
  /// Bytes that the call reads, their count in the next argument.
  case buffer
  /// Bytes that the call writes, as many as it returns.
  case output
  /// An array of struct iovec, its length in the next argument, that the call reads or writes.
  case vectorIn, vectorOut
  /// Bits with names; one value of a set with names.
  case flags(SymbolSet), symbol(SymbolSet)
  /// A structure that the call reads; that it writes when it succeeds.
  case `in`(Layout), out(Layout)

  /// The structures that are printed member by member; others print as pointers.
  package enum Layout: Sendable {
    case stat, statx, statfs, timespec, timeval, timezone, itimerval, itimerspec, rlimit, signalSet, sigaction
    case winsize, termios, utsname, pollfds, socketAddress, epollEvent, epollEvents, int, unsignedLong, twoInts, offset
    case sysinfo, rusage, tms, stack, fdSet, timespecs, timevals, socketLength
  }
}

/// A set of names for values or bits (StraceSymbols.swift has the tables).
package enum SymbolSet: Sendable {
  case access, advice, archPrctl, atFlags, clock, closeRange, domain, epollControl, epollCreate, eventfd
  case fallocate, fcntl, fileAdvice, flock, futex, getrandom, ioctl, itimer, lockAll, mapFlags, maskHow, memfd
  case messageFlags, mlock, msync, open, pipe, prctl, priority, protection, remapFlags, renameFlags
  case resource, rseq, rusageWho, scheduler, signal, shutdown, socketLevel, socketType, spliceFlags, statxMask,
    syncRange
  case timerFlags, timerfd, unlinkAt, waitFlags, whence, xattrFlags, inotifyMask, inotifyInit, readFlags
}
