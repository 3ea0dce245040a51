import LinuxABI

/// Resource limits (man 2 getrlimit).
enum LimitCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.prlimit64, [.int, .int, .pointer, .pointer], prlimit64)
  ]

  private static func prlimit64(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.arg(1), c.input(2, 16), c.output(3, 16))
  }
}
