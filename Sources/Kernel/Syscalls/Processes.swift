import LinuxABI

/// Children (man 2 fork, execve, wait4): there are none yet.
enum ProcessCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.fork, [], .refused, noProcess),
    SyscallRow(.vfork, [], .refused, noProcess),
    SyscallRow(.clone, [.hex, .pointer, .pointer, .pointer, .hex], .refused, noProcess),
    SyscallRow(.clone3, [.pointer, .size], .refused, DescriptorCalls.refuse),
    SyscallRow(.execve, [.path, .pointer, .pointer], .refused, DescriptorCalls.refuse),
    SyscallRow(.execveat, [.atFD, .path, .pointer, .pointer, .flags(.atFlags)], .refused, DescriptorCalls.refuse),
    SyscallRow(.wait4, [.int, .out(.int), .flags(.waitFlags), .out(.rusage)], wait4),
    SyscallRow(.waitid, [.int, .int, .pointer, .flags(.waitFlags), .out(.rusage)], waitid),
    SyscallRow(.pidfd_open, [.int, .hex], PassThrough.numbers),
    SyscallRow(.exit, [.int], exit),
    SyscallRow(.exit_group, [.int], exit),
  ]

  /// EAGAIN, as where RLIMIT_NPROC is reached: programs report it and go on.
  private static func noProcess(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    c.system.countUnknown(c.number)
    throw .EAGAIN
  }

  private static func wait4(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 4), c.arg(2), c.output(3, 144))
  }

  private static func waitid(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.arg(1), c.output(2, 128), c.arg(3), c.output(4, 144))
  }

  /// exit of the only thread, and exit_group.
  private static func exit(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    .exit(c.int(0) & 0xff)
  }
}
