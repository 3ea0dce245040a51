import Glibc
import LinuxABI
import Machine

/// Clocks, sleeping and timers (man 2 clock_gettime, nanosleep, timer_create, setitimer, alarm, times).
enum TimeCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.clock_gettime, [.symbol(.clock), .out(.timespec)], clockGettime),
    SyscallRow(.clock_getres, [.symbol(.clock), .out(.timespec)], clockPass),
    SyscallRow(.clock_settime, [.symbol(.clock), .in(.timespec)], clockSettime),
    SyscallRow(
      .clock_nanosleep, [.symbol(.clock), .flags(.timerFlags), .in(.timespec), .out(.timespec)], clockNanosleep),
    SyscallRow(.nanosleep, [.in(.timespec), .out(.timespec)], nanosleep),
    SyscallRow(.gettimeofday, [.out(.timeval), .out(.timezone)], gettimeofday),
    SyscallRow(.settimeofday, [.in(.timeval), .in(.timezone)], settimeofday),
    SyscallRow(.time, [.out(.unsignedLong)], time),
    SyscallRow(.times, [.out(.tms)], times),
    SyscallRow(.alarm, [.unsigned], PassThrough.numbers),
    SyscallRow(.getitimer, [.symbol(.itimer), .out(.itimerval)], getitimer),
    SyscallRow(.setitimer, [.symbol(.itimer), .in(.itimerval), .out(.itimerval)], setitimer),
    SyscallRow(.timer_create, [.symbol(.clock), .pointer, .out(.int)], timerCreate),
    SyscallRow(.timer_settime, [.int, .flags(.timerFlags), .in(.itimerspec), .out(.itimerspec)], timerSettime),
    SyscallRow(.timer_gettime, [.int, .out(.itimerspec)], timerGettime),
    SyscallRow(.timer_getoverrun, [.int], PassThrough.numbers),
    SyscallRow(.timer_delete, [.int], timerDelete),
    SyscallRow(.adjtimex, [.pointer], adjtimex),
    SyscallRow(.clock_adjtime, [.symbol(.clock), .pointer], clockAdjtime),
    SyscallRow(.restart_syscall, [], restart),
  ]

  // MARK: - Clocks

  /// Through the C library, which reads the clock in the vDSO without a system call where it can.
  private static func clockGettime(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    var now = timespec()
    guard Glibc.clock_gettime(c.int(0), &now) == 0 else { throw Errno(errno) }
    try c.store(now, to: c.raw(1))
    return .zero
  }

  /// clock_getres; the result may be null.
  private static func clockPass(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 16))
  }

  private static func clockSettime(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.input(1, 16))
  }

  private static func gettimeofday(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    if c.raw(0) != 0 {
      var now = timespec()
      Glibc.clock_gettime(CLOCK_REALTIME, &now)
      try c.store(timeval(tv_sec: now.tv_sec, tv_usec: now.tv_nsec / 1000), to: c.raw(0))
    }
    // The kernel's time zone is the host's; hardly anybody asks.
    return c.raw(1) == 0 ? .zero : try c.pass(0, c.output(1, 8))
  }

  private static func settimeofday(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.input(0, 16), c.input(1, 8))
  }

  private static func time(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    // The vDSO's time() reads the coarse clock.
    var now = timespec()
    Glibc.clock_gettime(CLOCK_REALTIME_COARSE, &now)
    try c.storeIfPresent(now.tv_sec, to: c.raw(0))
    return .value(now.tv_sec)
  }

  /// sizeof(struct tms) is 32.
  private static func times(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.output(0, 32))
  }

  /// sizeof(struct timex) is 208.
  private static func adjtimex(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.output(0, 208))
  }

  private static func clockAdjtime(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 208))
  }

  // MARK: - Sleeping

  private static func nanosleep(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let time: timespec = try c.load(c.raw(0))
    return try sleep(c, clock: Int(CLOCK_MONOTONIC), time, remaining: c.raw(1))
  }

  private static func clockNanosleep(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    // TIMER_ABSTIME: the same call again ends at the same time.
    guard c.int(1) & 1 == 0 else {
      return try c.pass(c.arg(0), c.arg(1), c.input(2, 16), 0, restart: .ERESTARTNOHAND)
    }
    guard let time = try? c.load(c.raw(2), as: timespec.self) else {
      // A clock that is none comes before a pointer that is none.
      return try c.pass(c.arg(0), c.arg(1), SyscallContext.unmappedAddress)
    }
    return try sleep(c, clock: c.arg(0), time, remaining: c.raw(3))
  }

  /// Sleeps for a time; what is left when a signal ends it is written to `remaining` unless that is null.
  private static func sleep(
    _ c: SyscallContext, clock: Int, _ time: timespec, remaining: UInt64
  ) throws(Errno) -> SyscallOutcome {
    // The host may take the time left and the time to sleep from the same place.
    let place = c.scratch.allocate(MemoryLayout<timespec>.size)
    place.storeBytes(of: time, as: timespec.self)
    let result = c.hostOnce(.clock_nanosleep, clock, 0, Int(bitPattern: place), Int(bitPattern: place))
    if result == 0 { return .zero }
    guard result == -Int(Errno.EINTR.rawValue) else { throw Errno(Int32(truncatingIfNeeded: -result)) }
    let left = place.load(as: timespec.self)
    c.thread.restartBlock = .sleep(clock: clock, left: left, remaining: remaining)
    try c.storeIfPresent(left, to: remaining)
    throw c.interruption(.ERESTART_RESTARTBLOCK)
  }

  /// restart_syscall(2): goes on with what a signal interrupted.
  private static func restart(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard let block = c.thread.restartBlock else { throw .EINTR }
    c.thread.restartBlock = nil
    switch block {
    case .sleep(let clock, let left, let remaining): return try sleep(c, clock: clock, left, remaining: remaining)
    case .futexWait(let address, let operation, let value, let deadline):
      return try ThreadCalls.resumeWait(c, address, operation, value, deadline)
    }
  }

  // MARK: - Timers: their signals come from the host

  private static func getitimer(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 32))
  }

  /// Without a new value the timer stops, which Linux allows but calls a bug.
  private static func setitimer(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.input(1, 32), c.output(2, 32))
  }

  /// sizeof(struct sigevent) is 64.
  private static func timerCreate(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let outcome = try c.pass(c.arg(0), c.input(1, 64), c.output(2, 4))
    c.system.timers.insert(try c.load(c.raw(2)))
    return outcome
  }

  private static func timerDelete(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let outcome = try c.pass(c.arg(0))
    c.system.timers.remove(c.int(0))
    return outcome
  }

  private static func timerSettime(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.arg(1), c.input(2, 32), c.output(3, 32))
  }

  private static func timerGettime(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 32))
  }
}

/// What restart_syscall goes on with (the kernel's struct restart_block).
enum RestartBlock {
  case sleep(clock: Int, left: timespec, remaining: UInt64)
  case futexWait(address: UInt64, operation: Int, value: Int, deadline: MonotonicTime)
}
