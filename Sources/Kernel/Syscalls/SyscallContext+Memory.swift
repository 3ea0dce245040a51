import LinuxABI
import Machine

/// A part of guest memory as it is given to the host: guest addresses are host addresses.
struct HostRange {
  var address: Int
  var count: Int
}

/// Guest pointers for the host.
///
/// The host finds the same pages missing or protected as the guest would, so it makes the checks, in its own order and
/// with its own partial transfers. What it cannot know is done here: growing the guest's stack, dropping cached code,
/// and keeping the emulator's own memory, which lies above the guest's, out of reach.
extension SyscallContext {
  /// An address below every guest mapping, where the host finds nothing: in the place of one above guest memory.
  static var unmappedAddress: Int { 0x1000 }
  /// An address that `access_ok` refuses.
  static var forbiddenAddress: Int { -4096 }
  /// `MAX_RW_COUNT`: the most bytes that one read or write moves (man 2 read, NOTES).
  static var maxTransfer: UInt64 { 0x7fff_f000 }
  /// How much of a buffer is made ready before the host fills it; the rest follows when it is known to be filled.
  private static var eagerTransfer: UInt64 { 0x1_0000 }

  /// `count` bytes at `address` that the host reads, perhaps in part.
  func readable(_ address: UInt64, _ count: UInt64) -> HostRange { range(address, count, .read) }

  /// `count` bytes at `address` that the host fills, perhaps in part; report what it filled to `filled`.
  func writable(_ address: UInt64, _ count: UInt64) -> HostRange { range(address, count, .write) }

  /// The host filled the first `count` bytes of a range from `writable`.
  @inline(__always) func filled(_ range: HostRange, _ count: Int) {
    if count > Self.eagerTransfer { filledSlow(range, count) }
  }

  private func filledSlow(_ range: HostRange, _ count: Int) {
    _ = memory.writablePrefix(UInt64(bitPattern: Int64(range.address)), UInt64(truncatingIfNeeded: count))
  }

  /// Argument `index` as a structure of `size` bytes that the host reads.
  func input(_ index: Int, _ size: Int) -> Int { structure(raw(index), size, .read) }

  /// Argument `index` as a structure of `size` bytes that the host writes.
  func output(_ index: Int, _ size: Int) -> Int { structure(raw(index), size, .write) }

  private func range(_ address: UInt64, _ count: UInt64, _ access: Access) -> HostRange {
    let size = Int(truncatingIfNeeded: count)
    let (end, overflow) = address.addingReportingOverflow(count)
    // access_ok fails there, as it would for the guest's own range.
    guard !overflow, end <= GuestAddress.taskSize else { return HostRange(address: Self.forbiddenAddress, count: size) }
    guard address < GuestAddress.ceiling else { return HostRange(address: Self.unmappedAddress, count: size) }
    let inside = min(count, GuestAddress.ceiling &- address)
    if inside != 0 {
      // A log of writes needs the bytes from before.
      prepare(address, memory.isLoggingWrites ? inside : min(inside, Self.eagerTransfer), access)
    }
    return HostRange(address: Int(truncatingIfNeeded: address), count: Int(truncatingIfNeeded: inside))
  }

  /// A pointer to `size` bytes; null stays null, which many calls give a meaning to.
  func structure(_ address: UInt64, _ size: Int, _ access: Access) -> Int {
    guard size > 0 else { return Int(truncatingIfNeeded: address) }
    let count = UInt64(truncatingIfNeeded: size)
    guard address < GuestAddress.taskSize else { return Self.forbiddenAddress }
    guard count <= GuestAddress.ceiling, address <= GuestAddress.ceiling &- count else { return Self.unmappedAddress }
    if address != 0 { prepare(address, count, access) }
    return Int(truncatingIfNeeded: address)
  }

  /// Grows the stack and drops cached code; what else the pages are is for the host to find out.
  @inline(__always) private func prepare(_ address: UInt64, _ count: UInt64, _ access: Access) {
    let right = access == .write ? PageBits.writable : PageBits.readable
    let page = address >> GuestAddress.pageShift
    if (address &+ count &- 1) >> GuestAddress.pageShift == page, memory.pageTable[Int(page)] & right != 0 { return }
    prepareSlow(address, count, access)
  }

  @inline(never) private func prepareSlow(_ address: UInt64, _ count: UInt64, _ access: Access) {
    guard count != 0 else { return }
    _ = access == .write ? memory.writablePrefix(address, count) : memory.readablePrefix(address, count)
  }
}

// MARK: - Values

extension SyscallContext {
  /// Copies a value out of guest memory.
  @inline(__always) func load<T: BitwiseCopyable>(_ address: UInt64, as type: T.Type = T.self) throws(Errno) -> T {
    if let host = place(address, MemoryLayout<T>.size, PageBits.readable) { return host.loadUnaligned(as: T.self) }
    return try memory.read(address, as: type)
  }

  /// Copies a value into guest memory.
  @inline(__always) func store<T: BitwiseCopyable>(_ value: T, to address: UInt64) throws(Errno) {
    if let host = place(address, MemoryLayout<T>.size, PageBits.writable) {
      host.storeBytes(of: value, as: T.self)
    } else {
      try memory.write(value, to: address)
    }
  }

  /// Copies a value into guest memory unless the pointer is null.
  @inline(__always) func storeIfPresent<T: BitwiseCopyable>(_ value: T, to address: UInt64) throws(Errno) {
    if address != 0 { try store(value, to: address) }
  }

  /// A copy of `count` bytes of guest memory, which lasts until the call is served; the caller has bounded `count`.
  func copyIn(_ address: UInt64, _ count: Int) throws(Errno) -> UnsafeMutableRawBufferPointer {
    let copy = UnsafeMutableRawBufferPointer(start: scratch.allocate(count), count: count)
    try memory.copyIn(address, into: copy)
    return copy
  }

  /// The host address of a value on one page that the page table grants `right` on.
  @inline(__always) private func place(_ address: UInt64, _ size: Int, _ right: UInt8) -> UnsafeMutableRawPointer? {
    // With several threads, what was checked may be gone the next moment.
    guard !process.machine.isParallel, address & ~(GuestAddress.ceiling &- GuestAddress.pageSize) <= GuestAddress.pageSize &- UInt64(size),
      memory.pageTable[Int(truncatingIfNeeded: address >> GuestAddress.pageShift)] & right != 0
    else { return nil }
    return UnsafeMutableRawPointer(bitPattern: UInt(address))
  }
}
