import CHost
import Glibc
import LinuxABI

/// The kernel's access to guest memory: every pointer that comes from the guest goes through here.
///
/// A range is checked against the VMAs, and faulted in as the kernel's own copy routines fault it in, before it is
/// touched; a bad one is EFAULT. A pointer into guest memory is valid only inside the closure that gets it. The lock is
/// held while pages are resolved and bytes copied, but not while a closure runs, which may block.
///
/// A file that another process truncates between the check and the copy is EFAULT too (`swemu_copy`).
extension AddressSpace {
  /// Bytes from `address` on, at most `count`, that the kernel may access.
  private func accessible(_ address: UInt64, _ count: UInt64, _ access: Access) -> UInt64 {
    guard count != 0, address < GuestAddress.ceiling else { return 0 }
    let (end, overflow) = address.addingReportingOverflow(count)
    let stop = overflow ? GuestAddress.ceiling : min(end, GuestAddress.ceiling)
    let right = access == .write ? PageBits.writable : PageBits.readable
    var page = address >> GuestAddress.pageShift
    let last = (stop &- 1) >> GuestAddress.pageShift
    while page <= last {
      if table[page] & right == 0 {
        let byte = max(address, page << GuestAddress.pageShift)
        if resolve(byte, access) != nil { return byte &- address }
      }
      page &+= 1
    }
    if let watches { watches.noteKernelAccess(address, stop &- address, isWrite: access == .write) }
    return stop &- address
  }

  private func require(_ address: UInt64, _ count: UInt64, _ access: Access) throws(Errno) {
    guard count != 0 else { return }
    // A long range that cannot be right as a whole is not faulted in page by page before that shows.
    if count > 64 * GuestAddress.pageSize { try requireMapped(address, count, access) }
    guard accessible(address, count, access) == count else { throw .EFAULT }
  }

  /// Whether VMAs with the right cover a range, but for the part that a stack may grow into.
  private func requireMapped(_ address: UInt64, _ count: UInt64, _ access: Access) throws(Errno) {
    let (end, overflow) = address.addingReportingOverflow(count)
    guard !overflow, end <= GuestAddress.ceiling else { throw .EFAULT }
    var index = tree.firstIndex(endingAfter: address)
    guard index < tree.count, tree[index].start <= address || tree[index].flags.contains(.growsDown) else {
      throw .EFAULT
    }
    while !tree[index].flags.isDisjoint(with: access == .write ? .write : .access) {
      let reached = tree[index].end
      if reached >= end { return }
      index += 1
      guard index < tree.count, tree[index].start == reached else { break }
    }
    throw .EFAULT
  }

  @inline(__always) private func pointer(_ address: UInt64) -> UnsafeMutableRawPointer? {
    UnsafeMutableRawPointer(bitPattern: UInt(address))
  }

  /// Copies between guest memory and the emulator's after all checks.
  @inline(__always)
  private func copy(_ target: UnsafeMutableRawPointer?, _ source: UnsafeRawPointer?, _ count: Int) throws(Errno) {
    guard swemu_copy(target, source, UInt64(truncatingIfNeeded: count)) == 0 else { throw .EFAULT }
  }

  /// How many bytes from `address` on, at most `count`, can be read.
  package func readablePrefix(_ address: UInt64, _ count: UInt64) -> UInt64 {
    locked { accessible(address, count, .read) }
  }

  /// How many bytes from `address` on, at most `count`, can be written; drops cached code there.
  package func writablePrefix(_ address: UInt64, _ count: UInt64) -> UInt64 {
    locked { accessible(address, count, .write) }
  }

  // MARK: - Guest to kernel

  /// Copies bytes out of guest memory.
  package func copyIn(_ address: UInt64, count: UInt64) throws(Errno) -> [UInt8] {
    guard count != 0 else { return [] }
    return try locked { () throws(Errno) -> [UInt8] in
      try require(address, count, .read)
      var failure: Errno?
      let bytes = [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, used in
        do throws(Errno) {
          try copy(buffer.baseAddress, pointer(address), Int(count))
          used = Int(count)
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      return bytes
    }
  }

  /// Fills `buffer` from guest memory.
  package func copyIn(_ address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) {
    guard let base = buffer.baseAddress, buffer.count != 0 else { return }
    try locked { () throws(Errno) in
      try require(address, UInt64(buffer.count), .read)
      try copy(base, pointer(address), buffer.count)
    }
  }

  /// A value of guest memory, wherever it is aligned.
  package func read<T: BitwiseCopyable>(_ address: UInt64, as type: T.Type = T.self) throws(Errno) -> T {
    try locked { () throws(Errno) -> T in
      let size = MemoryLayout<T>.size
      try require(address, UInt64(size), .read)
      return try withUnsafeTemporaryAllocation(byteCount: size, alignment: MemoryLayout<T>.alignment) {
        buffer throws(Errno) -> T in
        try copy(buffer.baseAddress, pointer(address), size)
        return buffer.loadUnaligned(as: T.self)
      }
    }
  }

  /// Values that lie one after another in guest memory.
  package func readArray<T: BitwiseCopyable>(_ address: UInt64, count: UInt64, as type: T.Type = T.self) throws(Errno)
    -> [T]
  {
    guard count != 0 else { return [] }
    let (size, overflow) = count.multipliedReportingOverflow(by: UInt64(MemoryLayout<T>.stride))
    guard !overflow, size <= GuestAddress.ceiling else { throw .EFAULT }
    return try locked { () throws(Errno) -> [T] in
      try require(address, size, .read)
      var failure: Errno?
      let values = [T](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
        do throws(Errno) {
          try copy(buffer.baseAddress, pointer(address), Int(size))
          initialized = Int(count)
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      return values
    }
  }

  /// The bytes of a string, without the NUL that ends it.
  ///
  /// - Parameters:
  ///   - max: how many bytes the string may have, the NUL included (PATH_MAX for a path).
  ///   - tooLong: the error where no NUL is among them.
  package func readCString(_ address: UInt64, max: UInt64 = 4096, tooLong: Errno = .ENAMETOOLONG) throws(Errno)
    -> [UInt8]
  {
    try locked { () throws(Errno) -> [UInt8] in
      var bytes: [UInt8] = []
      var at = address
      var left = max
      while left != 0 {
        // Page by page: what lies behind the NUL may be anything.
        let wanted = min(left, GuestAddress.pageSize &- (at & GuestAddress.pageMask))
        guard accessible(at, wanted, .read) == wanted, let start = pointer(at) else { throw .EFAULT }
        if let nul = memchr(start, 0, Int(wanted)) {
          bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: nul - start))
          return bytes
        }
        bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: Int(wanted)))
        at &+= wanted
        left &-= wanted
      }
      throw tooLong
    }
  }

  /// Runs `body` with the guest's bytes in place.
  package func withReadable<Result>(
    _ address: UInt64, _ count: UInt64, _ body: (UnsafeRawBufferPointer) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    guard count != 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    try locked { () throws(Errno) in try require(address, count, .read) }
    return try body(UnsafeRawBufferPointer(start: pointer(address), count: Int(count)))
  }

  // MARK: - Kernel to guest

  /// Copies bytes into guest memory.
  package func copyOut(_ bytes: UnsafeRawBufferPointer, to address: UInt64) throws(Errno) {
    guard let base = bytes.baseAddress, bytes.count != 0 else { return }
    try locked { () throws(Errno) in
      try require(address, UInt64(bytes.count), .write)
      try copy(pointer(address), base, bytes.count)
    }
  }

  /// Copies bytes into guest memory.
  package func copyOut(_ bytes: [UInt8], to address: UInt64) throws(Errno) {
    guard !bytes.isEmpty else { return }
    try locked { () throws(Errno) in
      try require(address, UInt64(bytes.count), .write)
      let isCopied = bytes.withUnsafeBytes { source in
        swemu_copy(pointer(address), source.baseAddress, UInt64(truncatingIfNeeded: source.count)) == 0
      }
      guard isCopied else { throw .EFAULT }
    }
  }

  /// Stores a value in guest memory, wherever it is aligned.
  package func write<T: BitwiseCopyable>(_ value: T, to address: UInt64) throws(Errno) {
    try locked { () throws(Errno) in
      try require(address, UInt64(MemoryLayout<T>.size), .write)
      let isCopied = withUnsafeBytes(of: value) { source in
        swemu_copy(pointer(address), source.baseAddress, UInt64(truncatingIfNeeded: source.count)) == 0
      }
      guard isCopied else { throw .EFAULT }
    }
  }

  /// Clears guest memory (clear_user).
  package func zero(_ address: UInt64, count: UInt64) throws(Errno) {
    guard count != 0 else { return }
    try locked { () throws(Errno) in
      try require(address, count, .write)
      memset(pointer(address)!, 0, Int(count))
    }
  }

  /// Runs `body` with the guest's bytes in place, to be written.
  package func withWritable<Result>(
    _ address: UInt64, _ count: UInt64, _ body: (UnsafeMutableRawBufferPointer) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    guard count != 0 else { return try body(UnsafeMutableRawBufferPointer(start: nil, count: 0)) }
    try locked { () throws(Errno) in try require(address, count, .write) }
    return try body(UnsafeMutableRawBufferPointer(start: pointer(address), count: Int(count)))
  }
}
