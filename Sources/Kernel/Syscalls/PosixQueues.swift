import LinuxABI
import Machine

/// POSIX message queues (man 7 mq_overview): descriptors of the host.
enum PosixQueueCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.mq_open, [.string, .flags(.open), .mode, .pointer], open),
    SyscallRow(.mq_unlink, [.string], unlink),
    SyscallRow(.mq_timedsend, [.fd, .buffer, .size, .unsigned, .in(.timespec)], send),
    SyscallRow(.mq_timedreceive, [.fd, .output, .size, .out(.int), .in(.timespec)], receive),
    SyscallRow(.mq_notify, [.fd, .pointer], notify),
    SyscallRow(.mq_getsetattr, [.fd, .pointer, .pointer], attributes),
  ]

  /// sizeof(struct mq_attr).
  private static let attributeSize = 64

  /// The kernel wants the name without the slash that the C library takes away.
  private static func open(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.hostString(0, max: 4096), c.arg(1), c.arg(2), c.input(3, attributeSize))
  }

  private static func unlink(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.hostString(0, max: 4096))
  }

  private static func send(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.readable(c.raw(1), min(c.raw(2), 1 << 25))
    let size = c.raw(2) > 1 << 25 ? c.arg(2) : range.count
    return try c.pass(c.fd(0), range.address, size, c.arg(3), c.input(4, 16))
  }

  private static func receive(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(1), min(c.raw(2), 1 << 25))
    let count = try c.host(c.number, c.fd(0), range.address, range.count, c.output(3, 4), c.input(4, 16))
    c.filled(range, count)
    return .value(count)
  }

  /// struct sigevent: SIGEV_THREAD hands the kernel a cookie and a socket to write it to, SIGEV_SIGNAL a number.
  private static func notify(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(1) != 0 else { return try c.pass(c.fd(0), 0) }
    let event = try c.copyIn(c.raw(1), 64)
    if event.loadUnaligned(fromByteOffset: 12, as: Int32.self) == 2 {
      // sigev_value is the cookie, sigev_signo the descriptor.
      let cookie = c.structure(event.loadUnaligned(as: UInt64.self), 32, .read)
      event.storeBytes(of: cookie, as: Int.self)
      let socket = c.files.visible(event.loadUnaligned(fromByteOffset: 8, as: Int32.self))
      event.storeBytes(of: Int32(truncatingIfNeeded: socket), toByteOffset: 8, as: Int32.self)
    }
    return try c.pass(c.fd(0), Int(bitPattern: event.baseAddress))
  }

  private static func attributes(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.input(1, attributeSize), c.output(2, attributeSize))
  }
}
