import LinuxABI

/// What is known about a file (man 2 stat, statx, access).
enum MetadataCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.stat, [.path, .pointer], stat),
    SyscallRow(.fstat, [.fd, .pointer], fstat),
    SyscallRow(.lstat, [.path, .pointer], stat),
    SyscallRow(.newfstatat, [.atFD, .path, .pointer, .hex], newfstatat),
  ]

  /// sizeof(struct stat) (asm/stat.h).
  private static let statSize = 144

  /// stat and lstat.
  private static func stat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(try c.path(0).address, c.output(1, statSize))
  }

  private static func fstat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.output(1, statSize))
  }

  private static func newfstatat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), try c.path(1).address, c.output(2, statSize), c.arg(3))
  }
}
