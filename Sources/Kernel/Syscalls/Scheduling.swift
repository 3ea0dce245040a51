import LinuxABI

/// Scheduling and priorities: the host's (man 7 sched).
enum SchedulingCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.sched_yield, [], PassThrough.numbers),
    SyscallRow(.sched_getaffinity, [.int, .size, .pointer], getAffinity),
    SyscallRow(.sched_setaffinity, [.int, .size, .pointer], setAffinity),
    SyscallRow(.sched_getparam, [.int, .out(.int)], getParameter),
    SyscallRow(.sched_setparam, [.int, .in(.int)], setParameter),
    SyscallRow(.sched_getscheduler, [.int], PassThrough.numbers),
    SyscallRow(.sched_setscheduler, [.int, .symbol(.scheduler), .in(.int)], setScheduler),
    SyscallRow(.sched_get_priority_max, [.symbol(.scheduler)], PassThrough.numbers),
    SyscallRow(.sched_get_priority_min, [.symbol(.scheduler)], PassThrough.numbers),
    SyscallRow(.sched_rr_get_interval, [.int, .out(.timespec)], roundRobinInterval),
    SyscallRow(.sched_getattr, [.int, .pointer, .unsigned, .hex], getAttributes),
    SyscallRow(.sched_setattr, [.int, .pointer, .hex], setAttributes),
    SyscallRow(.getpriority, [.symbol(.priority), .int], PassThrough.numbers),
    SyscallRow(.setpriority, [.symbol(.priority), .int, .int], PassThrough.numbers),
    SyscallRow(.ioprio_get, [.int, .int], PassThrough.numbers),
    SyscallRow(.ioprio_set, [.int, .int, .int], PassThrough.numbers),
    SyscallRow(.getcpu, [.out(.int), .out(.int), .pointer], getcpu),
    SyscallRow(.membarrier, [.int, .hex, .int], PassThrough.numbers),
  ]

  /// The host writes no more than its own mask, however large the guest's.
  private static func getAffinity(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size = UInt64(UInt32(truncatingIfNeeded: c.raw(1)))
    return try c.pass(c.arg(0), c.arg(1), c.writable(c.raw(2), min(size, 4096)).address)
  }

  private static func setAffinity(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size = UInt64(UInt32(truncatingIfNeeded: c.raw(1)))
    return try c.pass(c.arg(0), c.arg(1), c.readable(c.raw(2), min(size, 4096)).address)
  }

  private static func getParameter(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 4))
  }

  private static func setParameter(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.input(1, 4))
  }

  private static func setScheduler(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.arg(1), c.input(2, 4))
  }

  private static func roundRobinInterval(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 16))
  }

  private static func getAttributes(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size = min(UInt32(truncatingIfNeeded: c.raw(2)), 4096)
    return try c.pass(c.arg(0), c.output(1, Int(size)), c.arg(2), c.arg(3))
  }

  /// The structure begins with its size, at most a page; the host corrects it when it is wrong.
  private static func setAttributes(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 4096), c.arg(2))
  }

  private static func getcpu(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.output(0, 4), c.output(1, 4), 0)
  }
}
