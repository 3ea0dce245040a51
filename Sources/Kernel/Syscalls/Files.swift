import LinuxABI
import Machine

/// Opening, closing, reading and writing (man 2 open, close, read, write, pread, lseek).
enum FileCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.read, [.fd, .output, .size], read),
    SyscallRow(.write, [.fd, .buffer, .size], write),
    SyscallRow(.pread64, [.fd, .output, .size, .long], read),
    SyscallRow(.pwrite64, [.fd, .buffer, .size, .long], write),
    SyscallRow(.lseek, [.fd, .long, .symbol(.whence)], PassThrough.descriptor),
    SyscallRow(.open, [.path, .flags(.open), .mode], open),
    SyscallRow(.creat, [.path, .mode], creat),
    SyscallRow(.openat, [.atFD, .path, .flags(.open), .mode], openat),
    SyscallRow(.openat2, [.atFD, .path, .pointer, .size], openat2),
    SyscallRow(.close, [.fd], close),
    SyscallRow(.close_range, [.unsigned, .unsigned, .flags(.closeRange)], closeRange),
  ]

  // MARK: - Opening

  private static func open(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(0)
    return try c.opened(try c.host(c.number, path.address, c.openFlags(1), c.arg(2)), path, flags: c.raw(1))
  }

  private static func creat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(0)
    let flags = Int(OpenFlags.create | OpenFlags.truncate | 1 | (c.system.sandbox?.openFlags ?? 0))
    return try c.opened(try c.host(.open, path.address, flags, c.arg(1)), path, flags: OpenFlags.truncate)
  }

  private static func openat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(1)
    let descriptor = try c.host(c.number, c.fd(0), path.address, c.openFlags(2), c.arg(3))
    return try c.opened(descriptor, path, under: c.fd(0), flags: c.raw(2))
  }

  /// open_how may grow: what lies beyond the part that the host knows must be zero, which the host checks itself.
  private static func openat2(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size = c.arg(3)
    guard size >= 24 else { throw .EINVAL }
    guard size <= Int(GuestAddress.pageSize) else { throw .E2BIG }
    let how = try c.copyIn(c.raw(2), size)
    if let sandbox = c.system.sandbox {
      // The path leads through /proc now, which RESOLVE_BENEATH and the like would refuse.
      how.storeBytes(of: how.loadUnaligned(as: UInt64.self) | sandbox.openFlags, as: UInt64.self)
      if sandbox.replaced[1] != nil { how.storeBytes(of: 0, toByteOffset: 16, as: UInt64.self) }
    }
    let path = c.path(1)
    let descriptor = try c.host(c.number, c.fd(0), path.address, Int(bitPattern: how.baseAddress), size)
    return try c.opened(descriptor, path, under: c.fd(0), flags: how.loadUnaligned(as: UInt64.self))
  }

  // MARK: - Closing

  private static func close(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let descriptor = c.fd(0)
    c.files.forget(c.int(0))
    // Linux frees the number even where it reports EINTR: closing again could hit another file (man 2 close, NOTES).
    let result = c.hostOnce(.close, descriptor)
    guard result >= 0 else { throw Errno(Int32(truncatingIfNeeded: -result)) }
    return .zero
  }

  /// close_range(2); swemu's own descriptors stay.
  private static func closeRange(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    var first = UInt32(truncatingIfNeeded: c.raw(0))
    let last = UInt32(truncatingIfNeeded: c.raw(1))
    c.files.forgetAll()
    guard first <= last, !c.files.hidden.isEmpty else {
      return try c.pass(c.arg(0), c.arg(1), c.arg(2))
    }
    for own in c.files.hidden.map(UInt32.init(bitPattern:)).sorted() where own >= first && own <= last {
      if own > first { _ = try c.host(c.number, Int(first), Int(own - 1), c.arg(2)) }
      first = own + 1
    }
    return first <= last ? try c.pass(Int(first), Int(last), c.arg(2)) : .zero
  }

  // MARK: - Reading and writing

  /// read and pread64.
  private static func read(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(1), c.raw(2))
    let count = try c.host(c.number, c.fd(0), range.address, range.count, c.arg(3))
    c.filled(range, count)
    return .value(count)
  }

  /// write and pwrite64.
  private static func write(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.readable(c.raw(1), c.raw(2))
    let count = try c.host(c.number, c.fd(0), range.address, range.count, c.arg(3))
    c.wrote(c.int(0))
    return .value(count)
  }
}

extension SyscallContext {
  /// Argument `index` as the flags of open.
  fileprivate func openFlags(_ index: Int) -> Int {
    guard let sandbox = system.sandbox else { return arg(index) }
    return arg(index) | Int(sandbox.openFlags)
  }
}

/// The flags of open(2) that matter here (asm-generic/fcntl.h).
enum OpenFlags {
  static let create: UInt64 = 0o100
  static let exclusive: UInt64 = 0o200
  static let truncate: UInt64 = 0o1000
  static let noFollow: UInt64 = 0o400000
  static let closeOnExec: UInt64 = 0o2000000
  static let path: UInt64 = 0o10000000
  static let accessMode: UInt64 = 3
}
