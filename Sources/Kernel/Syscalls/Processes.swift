import LinuxABI
import Machine

/// Children (man 2 fork, clone, wait4, waitid) and the end of a process.
enum ProcessCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.fork, [], fork),
    SyscallRow(.vfork, [], .partial, vfork),
    SyscallRow(.clone, [.hex, .pointer, .pointer, .pointer, .hex], .partial, clone),
    SyscallRow(.clone3, [.pointer, .size], .partial, clone3),
    SyscallRow(.wait4, [.int, .out(.int), .flags(.waitFlags), .out(.rusage)], wait4),
    SyscallRow(.waitid, [.int, .int, .pointer, .flags(.waitFlags), .out(.rusage)], waitid),
    SyscallRow(.pidfd_open, [.int, .hex], PassThrough.numbers),
    SyscallRow(.exit, [.int], exitThread),
    SyscallRow(.exit_group, [.int], exit),
  ]

  private static func fork(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.process.fork(CloneRequest(), c)
  }

  private static func vfork(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.process.fork(CloneRequest(flags: [.memory, .suspendsParent]), c)
  }

  private static func clone(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try make(try CloneRequest(legacy: c), c)
  }

  private static func clone3(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try make(try CloneRequest(extended: c), c)
  }

  /// A thread, or a process.
  private static func make(_ request: CloneRequest, _ c: SyscallContext) throws(Errno) -> SyscallOutcome {
    if request.flags.contains(.thread) {
      try c.process.startThread(request, c.thread)
    } else {
      try c.process.fork(request, c)
    }
  }

  private static func wait4(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 4), c.arg(2), c.output(3, 144))
  }

  private static func waitid(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.arg(1), c.output(2, 128), c.arg(3), c.output(4, 144))
  }

  private static func exitThread(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    c.process.machine.isParallel ? .threadEnded(c.int(0) & 0xff) : try exit(&c)
  }

  /// exit of the only thread, and exit_group.
  private static func exit(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    .exit(c.int(0) & 0xff)
  }
}
