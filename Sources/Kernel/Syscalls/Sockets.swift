import Glibc
import LinuxABI
import Machine

/// Sockets (man 7 socket): the host's, with addresses and messages in guest memory.
enum SocketCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.socket, [.symbol(.domain), .flags(.socketType), .int], PassThrough.numbers),
    SyscallRow(.socketpair, [.symbol(.domain), .flags(.socketType), .int, .out(.twoInts)], socketpair),
    SyscallRow(.bind, [.fd, .in(.socketAddress), .unsigned], bind),
    SyscallRow(.connect, [.fd, .in(.socketAddress), .unsigned], bind),
    SyscallRow(.listen, [.fd, .int], PassThrough.descriptor),
    SyscallRow(.accept, [.fd, .out(.socketAddress), .out(.socketLength)], accept),
    SyscallRow(.accept4, [.fd, .out(.socketAddress), .out(.socketLength), .flags(.socketType)], accept),
    SyscallRow(.getsockname, [.fd, .out(.socketAddress), .out(.socketLength)], accept),
    SyscallRow(.getpeername, [.fd, .out(.socketAddress), .out(.socketLength)], accept),
    SyscallRow(.shutdown, [.fd, .symbol(.shutdown)], PassThrough.descriptor),
    SyscallRow(
      .sendto, [.fd, .buffer, .size, .flags(.messageFlags), .in(.socketAddress), .unsigned], sendto),
    SyscallRow(
      .recvfrom, [.fd, .output, .size, .flags(.messageFlags), .out(.socketAddress), .out(.socketLength)], recvfrom),
    SyscallRow(.sendmsg, [.fd, .pointer, .flags(.messageFlags)], sendmsg),
    SyscallRow(.recvmsg, [.fd, .pointer, .flags(.messageFlags)], recvmsg),
    SyscallRow(.sendmmsg, [.fd, .pointer, .unsigned, .flags(.messageFlags)], sendmmsg),
    SyscallRow(.recvmmsg, [.fd, .pointer, .unsigned, .flags(.messageFlags), .in(.timespec)], recvmmsg),
    SyscallRow(.setsockopt, [.fd, .symbol(.socketLevel), .int, .pointer, .unsigned], .partial, setsockopt),
    SyscallRow(.getsockopt, [.fd, .symbol(.socketLevel), .int, .pointer, .out(.socketLength)], .partial, getsockopt),
  ]

  /// sizeof(struct sockaddr_storage), the longest address.
  fileprivate static let addressSize = 128

  private static func socketpair(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.arg(1), c.arg(2), c.output(3, 8))
  }

  /// The bytes of an address for the host; a bad length is the host's to refuse.
  private static func address(_ c: SyscallContext, _ index: Int, length: Int32) -> Int {
    c.structure(c.raw(index), min(max(0, Int(length)), addressSize), .read)
  }

  /// bind and connect.
  private static func bind(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), address(c, 1, length: c.int(2)), c.arg(2))
  }

  /// accept, accept4, getsockname and getpeername: the host fills an address and its length.
  private static func accept(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.output(1, addressSize), c.output(2, 4), c.arg(3))
  }

  private static func sendto(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.readable(c.raw(1), min(c.raw(2), SyscallContext.maxTransfer))
    return try c.pass(
      c.fd(0), range.address, range.count, c.arg(3), address(c, 4, length: c.int(5)), c.arg(5))
  }

  private static func recvfrom(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(1), min(c.raw(2), SyscallContext.maxTransfer))
    let count = try c.host(
      c.number, c.fd(0), range.address, range.count, c.arg(3), c.output(4, addressSize), c.output(5, 4))
    c.filled(range, min(count, range.count))
    return .value(count)
  }

  // MARK: - Messages

  private static func sendmsg(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard let message = try c.message(c.raw(1), .read) else {
      return try c.pass(c.fd(0), SyscallContext.unmappedAddress, c.arg(2))
    }
    return try c.pass(c.fd(0), message.address, c.arg(2))
  }

  private static func recvmsg(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard let message = try c.message(c.raw(1), .write) else {
      return try c.pass(c.fd(0), SyscallContext.unmappedAddress, c.arg(2))
    }
    let count = try c.host(c.number, c.fd(0), message.address, c.arg(2))
    c.filled(message.vector, count)
    try c.writeBack(message, to: c.raw(1))
    return .value(count)
  }

  /// struct mmsghdr: a msghdr and the count of bytes that it moved.
  private static let multiSize = 64

  private static func sendmmsg(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    // The kernel moves at most UIO_MAXIOV messages.
    let count = min(UInt32(truncatingIfNeeded: c.raw(2)), 1024)
    var sent = 0
    while sent < Int(count) {
      let at = c.raw(1) &+ UInt64(sent * multiSize)
      do throws(Errno) {
        let message = try c.message(at, .read)
        let bytes = try c.host(
          .sendmsg, c.fd(0), message?.address ?? SyscallContext.unmappedAddress, c.arg(3) & ~messageMore)
        try c.store(Int32(truncatingIfNeeded: bytes), to: at &+ 56)
      } catch {
        if sent == 0 { throw error }
        break
      }
      sent += 1
    }
    if count == 0 { return try c.pass(c.fd(0), c.arg(1), 0, c.arg(3)) }
    return .value(sent)
  }

  /// MSG_BATCH, which only the kernel sets.
  private static let messageMore = 0x40000

  private static func recvmmsg(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let count = min(UInt32(truncatingIfNeeded: c.raw(2)), 1024)
    var deadline: MonotonicTime?
    if c.raw(4) != 0 {
      let time: timespec = try c.load(c.raw(4))
      guard time.isValid else { throw .EINVAL }
      deadline = MonotonicTime.now.advanced(time)
    }
    if count == 0 { return try c.pass(c.fd(0), c.arg(1), 0, c.arg(3), 0) }
    var flags = c.arg(3)
    var received = 0
    while received < Int(count) {
      let at = c.raw(1) &+ UInt64(received * multiSize)
      do throws(Errno) {
        let message = try c.message(at, .write)
        let bytes = try c.host(
          .recvmsg, c.fd(0), message?.address ?? SyscallContext.unmappedAddress, flags & ~waitForOne)
        if let message {
          c.filled(message.vector, bytes)
          try c.writeBack(message, to: at)
        }
        try c.store(Int32(truncatingIfNeeded: bytes), to: at &+ 56)
      } catch {
        if received == 0 { throw error }
        break
      }
      received += 1
      if flags & waitForOne != 0 { flags |= dontWait }
      // The timeout is looked at after each message only (man 2 recvmmsg, BUGS).
      if let deadline {
        let left = deadline.timeLeft
        try c.store(left, to: c.raw(4))
        if left.tv_sec == 0, left.tv_nsec == 0 { break }
      }
    }
    return .value(received)
  }

  /// MSG_WAITFORONE, MSG_DONTWAIT.
  private static let waitForOne = 0x10000
  private static let dontWait = 0x40

  // MARK: - Options

  /// SOL_SOCKET, SO_ATTACH_FILTER and SO_ATTACH_REUSEPORT_CBPF: struct sock_fprog holds a pointer.
  private static func setsockopt(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size = min(max(0, Int(c.int(4))), 1 << 20)
    guard c.int(1) == SOL_SOCKET, c.int(2) == 26 || c.int(2) == 51, size >= 16, let copy = try? c.copyIn(c.raw(3), 16)
    else { return try c.pass(c.fd(0), c.arg(1), c.arg(2), c.input(3, size), c.arg(4)) }
    let length = Int(copy.loadUnaligned(as: UInt16.self)) * 8
    let program = c.structure(copy.loadUnaligned(fromByteOffset: 8, as: UInt64.self), length, .read)
    copy.storeBytes(of: program, toByteOffset: 8, as: Int.self)
    return try c.pass(c.fd(0), c.arg(1), c.arg(2), Int(bitPattern: copy.baseAddress), 16)
  }

  /// TCP_ZEROCOPY_RECEIVE maps memory, which only the address space may do.
  private static func getsockopt(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    if c.int(1) == 6, c.int(2) == 35 { throw Errno(92) }
    let length = (try? c.load(c.raw(4), as: Int32.self)) ?? 0
    return try c.pass(
      c.fd(0), c.arg(1), c.arg(2), c.output(3, min(max(0, Int(length)), 1 << 20)), c.output(4, 4))
  }
}

// MARK: - struct msghdr

/// A copy of a struct msghdr whose pointers the host may use.
private struct HostMessage {
  let copy: UnsafeMutableRawPointer
  let vector: HostVector
  var address: Int { Int(bitPattern: copy) }
}

/// Offsets in struct msghdr (linux/socket.h, struct user_msghdr).
private enum MessageOffset {
  static let size = 56
  static let name = 0, nameLength = 8, vector = 16, vectorLength = 24, control = 32, controlLength = 40, flags = 48
}

extension SyscallContext {
  /// The message header at `address`; nil if it cannot be read, which the host is to report in its order.
  fileprivate func message(_ address: UInt64, _ access: Access) throws(Errno) -> HostMessage? {
    let copy = scratch.allocate(MessageOffset.size)
    do throws(Errno) {
      try memory.copyIn(address, into: UnsafeMutableRawBufferPointer(start: copy, count: MessageOffset.size))
    } catch {
      return nil
    }
    func word(_ offset: Int) -> UInt64 { copy.load(fromByteOffset: offset, as: UInt64.self) }
    let name = word(MessageOffset.name)
    if name != 0 {
      copy.storeBytes(
        of: structure(name, SocketCalls.addressSize, access), toByteOffset: MessageOffset.name, as: Int.self)
    }
    let count = word(MessageOffset.vectorLength)
    let vector = vector(word(MessageOffset.vector), count: count, access)
    copy.storeBytes(of: vector.address, toByteOffset: MessageOffset.vector, as: Int.self)
    let control = word(MessageOffset.control)
    if control != 0 {
      let range =
        access == .write
        ? writable(control, word(MessageOffset.controlLength)) : readable(control, word(MessageOffset.controlLength))
      copy.storeBytes(of: range.address, toByteOffset: MessageOffset.control, as: Int.self)
      copy.storeBytes(of: range.count, toByteOffset: MessageOffset.controlLength, as: Int.self)
      if access == .read { try refuseHiddenRights(range) }
    }
    return HostMessage(copy: copy, vector: vector)
  }

  /// What recvmsg changes in the guest's header.
  fileprivate func writeBack(_ message: HostMessage, to address: UInt64) throws(Errno) {
    func put<T: BitwiseCopyable>(_ offset: Int, _ type: T.Type) throws(Errno) {
      try store(message.copy.load(fromByteOffset: offset, as: T.self), to: address &+ UInt64(offset))
    }
    try put(MessageOffset.nameLength, Int32.self)
    try put(MessageOffset.flags, Int32.self)
    try put(MessageOffset.controlLength, UInt64.self)
  }

  /// Descriptors of swemu's own cannot be sent (SCM_RIGHTS): EBADF, as for closed ones.
  private func refuseHiddenRights(_ control: HostRange) throws(Errno) {
    guard !files.hidden.isEmpty, control.count >= 16, control.count <= 1 << 16 else { return }
    let bytes = try copyIn(UInt64(bitPattern: Int64(control.address)), control.count)
    var at = 0
    // struct cmsghdr: length, level, type; then data; each aligned to 8.
    while at + 16 <= bytes.count {
      let length = Int(truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      guard length >= 16, length <= bytes.count - at else { return }
      let level = bytes.loadUnaligned(fromByteOffset: at + 8, as: Int32.self)
      let type = bytes.loadUnaligned(fromByteOffset: at + 12, as: Int32.self)
      if level == SOL_SOCKET, type == 1 {
        for offset in stride(from: at + 16, through: at + length - 4, by: 4)
        where files.hidden.contains(bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)) {
          throw .EBADF
        }
      }
      at += (length + 7) & ~7
    }
  }
}
