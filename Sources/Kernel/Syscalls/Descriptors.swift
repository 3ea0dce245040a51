import LinuxABI
import Machine

/// Descriptors and what they refer to as a whole (man 2 dup, fcntl, flock).
enum DescriptorCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.dup, [.fd], PassThrough.descriptor),
    SyscallRow(.dup2, [.fd, .fd], dup2),
    SyscallRow(.dup3, [.fd, .fd, .flags(.open)], dup2),
    SyscallRow(.fcntl, [.fd, .symbol(.fcntl), .hex], .partial, fcntl),
    SyscallRow(.flock, [.fd, .flags(.flock)], PassThrough.descriptor),
    SyscallRow(.memfd_create, [.string, .flags(.memfd)], memfdCreate),
    SyscallRow(.memfd_secret, [.hex], .refused, refuse),
    SyscallRow(.name_to_handle_at, [.atFD, .path, .pointer, .pointer, .flags(.atFlags)], .refused, refuse),
    SyscallRow(.open_by_handle_at, [.fd, .pointer, .flags(.open)], .refused, refuse),
    SyscallRow(.pidfd_getfd, [.fd, .fd, .hex], .refused, refuse),
  ]

  /// dup2 and dup3.
  private static func dup2(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let source = c.fd(0)
    let target = c.int(1)
    if c.number == SyscallNumber.dup2.rawValue, source == Int(target) {
      // Nothing changes, but the descriptor has to be open; a hidden one is not.
      return try c.pass(source, c.fd(1))
    }
    c.files.makeRoom(target)
    let result = try c.pass(source, Int(target), c.arg(2))
    c.files.forget(target)
    return result
  }

  /// fcntl(2): commands by what their argument is.
  private static func fcntl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let argument: Int
    switch FcntlCommand(rawValue: c.int(1))?.argument {
    case .number: argument = c.arg(2)
    case .reads(let size): argument = c.input(2, size)
    case .writes(let size): argument = c.output(2, size)
    case .descriptor: argument = c.fd(2)
    case nil:
      _ = try c.host(.fcntl, c.fd(0), Int(FcntlCommand.getDescriptorFlags.rawValue))
      c.system.countUnknownRequest("fcntl", UInt64(UInt32(bitPattern: c.int(1))))
      throw .EINVAL
    }
    return try c.pass(c.fd(0), c.arg(1), argument)
  }

  private static func memfdCreate(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    // MFD_NAME_MAX_LEN and the NUL.
    try c.pass(c.hostString(0, max: 250), c.arg(1))
  }

  /// ENOSYS, counted.
  static func refuse(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    c.system.countUnknown(c.number)
    throw .ENOSYS
  }

  /// EPERM, as for a process without the capability; counted.
  static func forbid(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    c.system.countUnknown(c.number)
    throw .EPERM
  }
}

/// The commands of fcntl (asm-generic/fcntl.h, linux/fcntl.h).
private enum FcntlCommand: Int32 {
  case duplicate = 0, getDescriptorFlags = 1, setDescriptorFlags = 2, getFlags = 3, setFlags = 4
  case getLock = 5, setLock = 6, setLockWait = 7, setOwner = 8, getOwner = 9, setSignal = 10, getSignal = 11
  case setOwnerEx = 15, getOwnerEx = 16, getOwnerUIDs = 17
  case getFileLock = 36, setFileLock = 37, setFileLockWait = 38
  case setLease = 1024, getLease = 1025, notify = 1026, duplicateQuery = 1027, createdQuery = 1028, cancelLock = 1029
  case duplicateCloseOnExec = 1030, setPipeSize = 1031, getPipeSize = 1032, addSeals = 1033, getSeals = 1034
  case getHint = 1035, setHint = 1036, getFileHint = 1037, setFileHint = 1038

  enum Argument {
    case number, descriptor
    case reads(Int), writes(Int)
  }

  var argument: Argument {
    switch self {
    case .getLock, .getFileLock: .writes(32)
    case .setLock, .setLockWait, .setFileLock, .setFileLockWait, .cancelLock: .reads(32)
    case .setOwnerEx, .setHint, .setFileHint: .reads(8)
    case .getOwnerEx, .getOwnerUIDs, .getHint, .getFileHint: .writes(8)
    case .duplicateQuery: .descriptor
    default: .number
    }
  }
}
