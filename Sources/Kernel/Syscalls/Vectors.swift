import LinuxABI
import Machine

/// Reading and writing several buffers at once (man 2 readv).
enum VectorCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.readv, [.fd, .pointer, .unsigned], readv),
    SyscallRow(.writev, [.fd, .pointer, .unsigned], writev),
    SyscallRow(.preadv, [.fd, .pointer, .unsigned, .int, .int], readv),
    SyscallRow(.pwritev, [.fd, .pointer, .unsigned, .int, .int], writev),
    SyscallRow(.preadv2, [.fd, .pointer, .unsigned, .int, .int, .hex], readv),
    SyscallRow(.pwritev2, [.fd, .pointer, .unsigned, .int, .int, .hex], writev),
  ]

  private static func readv(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let vector = c.vector(c.raw(1), count: c.raw(2), .write)
    let count = try c.host(c.number, c.fd(0), vector.address, c.arg(2), c.arg(3), c.arg(4), c.arg(5))
    c.filled(vector, count)
    return .value(count)
  }

  private static func writev(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let vector = c.vector(c.raw(1), count: c.raw(2), .read)
    let count = try c.host(c.number, c.fd(0), vector.address, c.arg(2), c.arg(3), c.arg(4), c.arg(5))
    c.wrote(c.int(0))
    return .value(count)
  }
}

/// An array of struct iovec, checked and copied for the host.
struct HostVector {
  /// Of the copy; or an address that makes the host fail as it would on the guest's own array.
  var address: Int
  var ranges: UnsafeMutableBufferPointer<HostRange>
}

extension SyscallContext {
  /// `UIO_MAXIOV`.
  static var maxVector: UInt64 { 1024 }

  /// The iovec array at `address` with each buffer made ready for `access`.
  ///
  /// Too many elements, or an array that cannot be read, are left for the host to find (import_iovec), in its order.
  func vector(_ address: UInt64, count: UInt64, _ access: Access) -> HostVector {
    let none = UnsafeMutableBufferPointer<HostRange>(start: nil, count: 0)
    guard count != 0, count <= Self.maxVector else { return HostVector(address: Self.unmappedAddress, ranges: none) }
    let size = Int(count) * MemoryLayout<HostRange>.stride
    let copy = scratch.allocate(size)
    do throws(Errno) {
      try memory.copyIn(address, into: UnsafeMutableRawBufferPointer(start: copy, count: size))
    } catch {
      return HostVector(address: Self.unmappedAddress, ranges: none)
    }
    let ranges = UnsafeMutableBufferPointer(
      start: copy.bindMemory(to: HostRange.self, capacity: Int(count)), count: Int(count))
    for index in ranges.indices {
      let start = UInt64(bitPattern: Int64(ranges[index].address))
      // A negative length is EINVAL, which the host says.
      guard ranges[index].count >= 0 else { continue }
      let length = UInt64(ranges[index].count)
      ranges[index] = access == .write ? writable(start, length) : readable(start, length)
    }
    return HostVector(address: Int(bitPattern: copy), ranges: ranges)
  }

  /// The host filled the first `count` bytes of a vector made for writing.
  func filled(_ vector: HostVector, _ count: Int) {
    var left = count
    for range in vector.ranges where left > 0 {
      filled(range, min(left, range.count))
      left &-= range.count
    }
  }
}
