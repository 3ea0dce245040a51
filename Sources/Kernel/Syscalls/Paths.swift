import LinuxABI

/// Links (man 2 readlink).
enum PathCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.readlink, [.path, .pointer, .size], readlink),
    SyscallRow(.readlinkat, [.atFD, .path, .pointer, .size], readlinkat),
  ]

  private static func readlink(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(1), UInt64(UInt32(truncatingIfNeeded: c.raw(2))))
    return try c.pass(try c.path(0).address, range.address, c.arg(2))
  }

  private static func readlinkat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(2), UInt64(UInt32(truncatingIfNeeded: c.raw(3))))
    return try c.pass(c.fd(0), try c.path(1).address, range.address, c.arg(3))
  }
}
