import LinuxABI
import Machine

/// The length of files, where their bytes are, and moving bytes between files
/// (man 2 truncate, fallocate, posix_fadvise, fsync, sendfile, copy_file_range, splice).
enum FileContentCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.truncate, [.path, .long], truncate),
    SyscallRow(.ftruncate, [.fd, .long], ftruncate),
    SyscallRow(.fallocate, [.fd, .flags(.fallocate), .long, .long], fallocate),
    SyscallRow(.fadvise64, [.fd, .long, .size, .symbol(.fileAdvice)], PassThrough.descriptor),
    SyscallRow(.readahead, [.fd, .long, .size], PassThrough.descriptor),
    SyscallRow(.fsync, [.fd], PassThrough.descriptor),
    SyscallRow(.fdatasync, [.fd], PassThrough.descriptor),
    SyscallRow(.sync, [], PassThrough.numbers),
    SyscallRow(.syncfs, [.fd], PassThrough.descriptor),
    SyscallRow(.sync_file_range, [.fd, .long, .long, .flags(.syncRange)], PassThrough.descriptor),
    SyscallRow(.sendfile, [.fd, .fd, .in(.offset), .size], sendfile),
    SyscallRow(.copy_file_range, [.fd, .in(.offset), .fd, .in(.offset), .size, .hex], copyBetween),
    SyscallRow(.splice, [.fd, .in(.offset), .fd, .in(.offset), .size, .flags(.spliceFlags)], copyBetween),
    SyscallRow(.tee, [.fd, .fd, .size, .flags(.spliceFlags)], tee),
    SyscallRow(.vmsplice, [.fd, .vectorIn, .size, .flags(.spliceFlags)], vmsplice),
  ]

  private static func truncate(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(0)
    let result = try c.pass(path.address, c.arg(1))
    if let key = HostStatus(path: path)?.key {
      c.memory.fileWritten(device: key.device, inode: key.inode, start: c.raw(1), end: .max, truncated: true)
    }
    return result
  }

  private static func ftruncate(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let result = try c.pass(c.fd(0), c.arg(1))
    c.truncated(c.int(0), size: c.raw(1))
    return result
  }

  /// Any mode but plain allocation changes contents, or moves them.
  private static func fallocate(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let result = try c.pass(c.fd(0), c.arg(1), c.arg(2), c.arg(3))
    if c.int(1) & ~1 != 0 { c.truncated(c.int(0), size: c.raw(2)) }
    return result
  }

  private static func sendfile(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let result = try c.pass(c.fd(0), c.fd(1), c.output(2, 8), c.arg(3))
    c.wrote(c.int(0))
    return result
  }

  /// copy_file_range and splice: two descriptors, each with the offset that follows it.
  private static func copyBetween(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let result = try c.pass(c.fd(0), c.output(1, 8), c.fd(2), c.output(3, 8), c.arg(4), c.arg(5))
    c.wrote(c.int(2))
    return result
  }

  private static func tee(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.fd(1), c.arg(2), c.arg(3))
  }

  /// Whether pages go into the pipe or come out of it depends on the end that the descriptor is.
  private static func vmsplice(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let flags = try c.host(.fcntl, c.fd(0), 3)
    let isRead = UInt64(truncatingIfNeeded: flags) & OpenFlags.accessMode == 0
    let vector = c.vector(c.raw(1), count: c.raw(2), isRead ? .write : .read)
    let count = try c.host(c.number, c.fd(0), vector.address, c.arg(2), c.arg(3))
    if isRead { c.filled(vector, count) }
    return .value(count)
  }
}
