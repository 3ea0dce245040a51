import Glibc
import LinuxABI
import Testing

@testable import Machine

/// Tests that map guest memory: they share the one range below 2^46, so they run one after another, and away from where
/// programs usually lie.
@Suite(.serialized) struct MemoryTests {
  /// Where tests map what needs a known address.
  static let base: UInt64 = 0x1100_0000_0000

  /// An address space whose own choices of addresses differ from those of other tests.
  static func makeSpace() throws -> AddressSpace {
    var layout = AddressSpaceLayout()
    layout.mmapBase = 0x2200_0000_0000
    return try AddressSpace(layout: layout)
  }
}

extension AddressSpace {
  /// Maps private anonymous pages at a fixed address.
  @discardableResult
  func mapPages(_ address: UInt64, _ count: UInt64, _ protection: ProtectionFlags = [.read, .write]) throws -> UInt64 {
    try map(at: address, length: count << 12, protection: protection, flags: [.private, .anonymous, .fixed])
  }

  func bits(_ address: UInt64) -> UInt8 { pageTable[Int(address >> 12)] }

  /// The error of a fault, or nil if it was resolved.
  func failure(_ address: UInt64, _ access: Access, size: Int = 1) -> Failure? {
    guard case .failed(let reason, let at) = fault(address: address, access: access, size: size) else { return nil }
    return Failure(reason: reason, address: at, code: faultErrorCode(address: at, access: access))
  }

  struct Failure: Equatable {
    var reason: FaultReason
    var address: UInt64
    var code: UInt32
  }
}

/// A file without a name, closed when the object goes.
final class ScratchFile {
  let descriptor: Int32
  init(size: Int) {
    var name = Array("/tmp/swemu-memory-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    unlink(name)
    ftruncate(descriptor, size)
  }
  deinit { close(descriptor) }
}
