import LinuxABI

/// Bodies for calls that the host serves with the guest's own arguments.
enum PassThrough {
  /// All arguments are numbers.
  static func numbers(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.arg(1), c.arg(2), c.arg(3), c.arg(4), c.arg(5))
  }

  /// The first argument is a descriptor, the others are numbers.
  static func descriptor(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.arg(1), c.arg(2), c.arg(3), c.arg(4), c.arg(5))
  }

  /// The first argument is a path, the others are numbers.
  static func path(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(0)
    return try c.pass(path.address, c.arg(1), c.arg(2), c.arg(3), c.arg(4), c.arg(5))
  }

  /// A directory descriptor, a path under it, and numbers.
  static func pathAt(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(1)
    return try c.pass(c.fd(0), path.address, c.arg(2), c.arg(3), c.arg(4), c.arg(5))
  }

  /// The first two arguments are paths.
  static func twoPaths(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let first = c.path(0)
    let second = c.path(1)
    return try c.pass(first.address, second.address)
  }

  /// Twice a directory descriptor and a path under it, and flags.
  static func twoPathsAt(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let first = c.path(1)
    let second = c.path(3)
    return try c.pass(c.fd(0), first.address, c.fd(2), second.address, c.arg(4))
  }
}
