import LinuxABI

/// Random bytes (man 2 getrandom).
enum RandomCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.getrandom, [.output, .size, .hex], getrandom)
  ]

  private static func getrandom(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(0), c.raw(1))
    let count = try c.host(c.number, range.address, range.count, c.arg(2))
    c.filled(range, count)
    return .value(count)
  }
}
