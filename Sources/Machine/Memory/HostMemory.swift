import CHost
import Glibc
import LinuxABI

/// The host's mappings behind guest memory. Guest address and host address are the same number.
///
/// Every call refuses a range that is not wholly guest memory, so that no argument of a guest, and no mistake of the
/// layers above, can touch the emulator's own memory.
enum HostMemory {
  /// The lowest address that the emulator maps, whatever `vm.mmap_min_addr` allows.
  static let minimum: UInt64 = 0x1_0000

  private static func pointer(_ address: UInt64, _ length: UInt64) throws(Errno) -> UnsafeMutableRawPointer {
    let (end, overflow) = address.addingReportingOverflow(length)
    guard !overflow, address >= minimum, end <= GuestAddress.ceiling, length != 0,
      let pointer = UnsafeMutableRawPointer(bitPattern: UInt(address))
    else { throw .ENOMEM }
    return pointer
  }

  /// The host's rights for a guest page: never execute, and x86 has neither write-only nor execute-only pages.
  static func protection(_ guest: Protection) -> Int32 {
    if guest.contains(.write) { return PROT_READ | PROT_WRITE }
    return guest.isEmpty ? PROT_NONE : PROT_READ
  }

  /// Maps memory at exactly `address`. Without `replacing`, fails with EEXIST where anything is mapped already.
  static func map(
    _ address: UInt64, _ length: UInt64, _ protection: Protection, flags: Int32, replacing: Bool,
    descriptor: Int32 = -1, offset: UInt64 = 0
  ) throws(Errno) {
    let target = try pointer(address, length)
    let place = replacing ? MAP_FIXED : MAP_FIXED | MAP_FIXED_NOREPLACE
    let result = mmap(
      target, Int(length), Self.protection(protection), flags | place, descriptor, Int(truncatingIfNeeded: offset))
    guard result != MAP_FAILED else { throw Errno(errno) }
    guard result == target else {
      if let result { munmap(result, Int(length)) }
      throw .ENOMEM
    }
  }

  static func unmap(_ address: UInt64, _ length: UInt64) throws(Errno) {
    guard munmap(try pointer(address, length), Int(length)) == 0 else { throw Errno(errno) }
  }

  static func protect(_ address: UInt64, _ length: UInt64, _ protection: Protection) throws(Errno) {
    guard mprotect(try pointer(address, length), Int(length), Self.protection(protection)) == 0 else {
      throw Errno(errno)
    }
  }

  static func advise(_ address: UInt64, _ length: UInt64, _ advice: Int32) throws(Errno) {
    guard madvise(try pointer(address, length), Int(length), advice) == 0 else { throw Errno(errno) }
  }

  /// mremap of a range that lies in guest memory, to one that does.
  private static func remap(
    _ source: UInt64, _ oldLength: UInt64, to target: UInt64, _ newLength: UInt64, _ flags: RemapFlags
  ) throws(Errno) {
    _ = try pointer(source, max(oldLength, GuestAddress.pageSize))
    _ = try pointer(target, newLength)
    let result = swemu_host_mremap(source, oldLength, newLength, flags.rawValue, target)
    guard result >= 0 else { throw Errno(Int32(truncatingIfNeeded: -result)) }
  }

  /// Grows a mapping that ends at `end` by `delta`, in place.
  ///
  /// Only its last page is named, because what is one VMA for the guest can be several for the host.
  static func extend(_ end: UInt64, by delta: UInt64) throws(Errno) {
    let page = GuestAddress.pageSize
    try remap(end &- page, page, to: end &- page, page &+ delta, [])
  }

  /// Moves pages to a free range.
  ///
  /// What is one VMA for the guest can be several for the host, which kernels before 6.17 refuse to move at once
  /// (EFAULT); then the range is halved until each part lies in one.
  static func move(_ source: UInt64, to target: UInt64, _ length: UInt64, keepingSource: Bool) throws(Errno) {
    do throws(Errno) {
      let flags: RemapFlags = keepingSource ? [.mayMove, .fixed, .dontUnmap] : [.mayMove, .fixed]
      try remap(source, length, to: target, length, flags)
    } catch {
      guard error == .EFAULT, length > GuestAddress.pageSize else { throw error }
      let half = GuestAddress.pageAlign(length / 2)
      try move(source, to: target, half, keepingSource: keepingSource)
      try move(source &+ half, to: target &+ half, length &- half, keepingSource: keepingSource)
    }
  }

  /// Maps the shared pages at `source` a second time (mremap with an old length of 0).
  static func duplicate(_ source: UInt64, at target: UInt64, _ length: UInt64) throws(Errno) {
    try remap(source, 0, to: target, length, [.mayMove, .fixed])
  }

  /// Which pages of the range the host holds in memory, one byte each, bit 0 (man 2 mincore).
  static func residency(_ address: UInt64, _ length: UInt64, into vector: UnsafeMutablePointer<UInt8>) throws(Errno) {
    guard mincore(try pointer(address, length), Int(length), vector) == 0 else { throw Errno(errno) }
  }

  /// Whether anything is mapped at a page.
  static func isMapped(_ address: UInt64) -> Bool {
    var byte: UInt8 = 0
    return (try? residency(address, GuestAddress.pageSize, into: &byte)) != nil
  }

  static func sync(_ address: UInt64, _ length: UInt64, _ flags: Int32) throws(Errno) {
    guard msync(try pointer(address, length), Int(length), flags) == 0 else { throw Errno(errno) }
  }
}
