import LinuxABI

/// Who the process is: numbers, users, groups, sessions, capabilities (man 7 credentials, capabilities).
enum IdentityCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.getpid, [], PassThrough.numbers),
    SyscallRow(.gettid, [], PassThrough.numbers),
    SyscallRow(.getppid, [], PassThrough.numbers),
    SyscallRow(.getuid, [], PassThrough.numbers),
    SyscallRow(.geteuid, [], PassThrough.numbers),
    SyscallRow(.getgid, [], PassThrough.numbers),
    SyscallRow(.getegid, [], PassThrough.numbers),
    SyscallRow(.setuid, [.unsigned], PassThrough.numbers),
    SyscallRow(.setgid, [.unsigned], PassThrough.numbers),
    SyscallRow(.setreuid, [.int, .int], PassThrough.numbers),
    SyscallRow(.setregid, [.int, .int], PassThrough.numbers),
    SyscallRow(.setresuid, [.int, .int, .int], PassThrough.numbers),
    SyscallRow(.setresgid, [.int, .int, .int], PassThrough.numbers),
    SyscallRow(.setfsuid, [.unsigned], PassThrough.numbers),
    SyscallRow(.setfsgid, [.unsigned], PassThrough.numbers),
    SyscallRow(.getresuid, [.out(.int), .out(.int), .out(.int)], threeIdentities),
    SyscallRow(.getresgid, [.out(.int), .out(.int), .out(.int)], threeIdentities),
    SyscallRow(.getgroups, [.int, .pointer], getgroups),
    SyscallRow(.setgroups, [.int, .pointer], setgroups),
    SyscallRow(.getpgrp, [], PassThrough.numbers),
    SyscallRow(.getpgid, [.int], PassThrough.numbers),
    SyscallRow(.setpgid, [.int, .int], PassThrough.numbers),
    SyscallRow(.getsid, [.int], PassThrough.numbers),
    SyscallRow(.setsid, [], PassThrough.numbers),
    SyscallRow(.capget, [.pointer, .pointer], capabilities),
    SyscallRow(.capset, [.pointer, .pointer], capabilities),
  ]

  /// getresuid and getresgid.
  private static func threeIdentities(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.output(0, 4), c.output(1, 4), c.output(2, 4))
  }

  /// NGROUPS_MAX.
  private static let groupLimit: Int32 = 65536

  private static func getgroups(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let count = min(max(0, c.int(0)), groupLimit)
    return try c.pass(c.arg(0), c.writable(c.raw(1), UInt64(count) * 4).address)
  }

  private static func setgroups(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let count = min(max(0, c.int(0)), groupLimit)
    return try c.pass(c.arg(0), c.readable(c.raw(1), UInt64(count) * 4).address)
  }

  /// capget and capset: a header of 8 bytes, which the host may correct, and up to two sets of 12 bytes.
  private static func capabilities(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.output(0, 8), c.output(1, 24))
  }
}
