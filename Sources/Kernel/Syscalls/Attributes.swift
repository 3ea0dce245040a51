import LinuxABI
import Machine

/// Modes, owners, times and extended attributes of files (man 2 chmod, chown, utimensat, umask; man 7 xattr).
enum AttributeCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.chmod, [.path, .mode], PassThrough.path),
    SyscallRow(.fchmod, [.fd, .mode], PassThrough.descriptor),
    SyscallRow(.fchmodat, [.atFD, .path, .mode], PassThrough.pathAt),
    SyscallRow(.fchmodat2, [.atFD, .path, .mode, .flags(.atFlags)], PassThrough.pathAt),
    SyscallRow(.chown, [.path, .unsigned, .unsigned], PassThrough.path),
    SyscallRow(.lchown, [.path, .unsigned, .unsigned], PassThrough.path),
    SyscallRow(.fchown, [.fd, .unsigned, .unsigned], PassThrough.descriptor),
    SyscallRow(.fchownat, [.atFD, .path, .unsigned, .unsigned, .flags(.atFlags)], PassThrough.pathAt),
    SyscallRow(.umask, [.mode], PassThrough.numbers),
    SyscallRow(.utime, [.path, .pointer], utime),
    SyscallRow(.utimes, [.path, .in(.timevals)], utimes),
    SyscallRow(.futimesat, [.atFD, .path, .in(.timevals)], utimensat),
    SyscallRow(.utimensat, [.atFD, .path, .in(.timespecs), .flags(.atFlags)], utimensat),
    SyscallRow(.setxattr, [.path, .string, .buffer, .size, .flags(.xattrFlags)], setxattr),
    SyscallRow(.lsetxattr, [.path, .string, .buffer, .size, .flags(.xattrFlags)], setxattr),
    SyscallRow(.fsetxattr, [.fd, .string, .buffer, .size, .flags(.xattrFlags)], fsetxattr),
    SyscallRow(.getxattr, [.path, .string, .output, .size], getxattr),
    SyscallRow(.lgetxattr, [.path, .string, .output, .size], getxattr),
    SyscallRow(.fgetxattr, [.fd, .string, .output, .size], fgetxattr),
    SyscallRow(.listxattr, [.path, .output, .size], listxattr),
    SyscallRow(.llistxattr, [.path, .output, .size], listxattr),
    SyscallRow(.flistxattr, [.fd, .output, .size], flistxattr),
    SyscallRow(.removexattr, [.path, .string], removexattr),
    SyscallRow(.lremovexattr, [.path, .string], removexattr),
    SyscallRow(.fremovexattr, [.fd, .string], fremovexattr),
  ]

  // MARK: - Times

  /// sizeof(struct utimbuf) is 16; null means now.
  private static func utime(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.path(0).address, c.input(1, 16))
  }

  private static func utimes(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.path(0).address, c.input(1, 32))
  }

  /// utimensat and futimesat; without a path they mean the descriptor itself.
  private static func utimensat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.raw(1) == 0 ? 0 : c.path(1).address
    return try c.pass(c.fd(0), path, c.input(2, 32), c.arg(3))
  }

  // MARK: - Extended attributes

  /// The longest list or value (XATTR_SIZE_MAX, XATTR_LIST_MAX).
  private static let limit: UInt64 = 65536

  /// The name of an attribute; XATTR_NAME_MAX is 255.
  private static func name(_ c: SyscallContext, _ index: Int) -> Int { c.hostString(index, max: 256) }

  /// A value for the host to read: more than the limit is E2BIG before it is looked at.
  private static func value(_ c: SyscallContext, _ index: Int) -> HostRange {
    let size = c.raw(index + 1)
    guard size <= limit else { return HostRange(address: SyscallContext.unmappedAddress, count: c.arg(index + 1)) }
    return c.readable(c.raw(index), size)
  }

  /// Room for the host to fill; a size of 0 asks how much is needed.
  private static func room(_ c: SyscallContext, _ index: Int) -> HostRange {
    c.writable(c.raw(index), min(c.raw(index + 1), limit))
  }

  /// setxattr and lsetxattr.
  private static func setxattr(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let value = value(c, 2)
    let name = name(c, 1)
    return try c.pass(c.path(0).address, name, value.address, value.count, c.arg(4))
  }

  private static func fsetxattr(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let value = value(c, 2)
    return try c.pass(c.fd(0), name(c, 1), value.address, value.count, c.arg(4))
  }

  /// getxattr and lgetxattr.
  private static func getxattr(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let room = room(c, 2)
    let path = c.path(0).address
    return try c.pass(path, name(c, 1), room.address, room.count)
  }

  private static func fgetxattr(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let room = room(c, 2)
    return try c.pass(c.fd(0), name(c, 1), room.address, room.count)
  }

  /// listxattr and llistxattr.
  private static func listxattr(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let room = room(c, 1)
    return try c.pass(c.path(0).address, room.address, room.count)
  }

  private static func flistxattr(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let room = room(c, 1)
    return try c.pass(c.fd(0), room.address, room.count)
  }

  /// removexattr and lremovexattr.
  private static func removexattr(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(0).address
    return try c.pass(path, name(c, 1))
  }

  private static func fremovexattr(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), name(c, 1))
  }
}
