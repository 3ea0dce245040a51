import LinuxABI

/// The rights that a guest has on a page, with the values of `PROT_*`.
package struct Protection: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8
  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let read = Self(rawValue: 1)
  package static let write = Self(rawValue: 2)
  package static let execute = Self(rawValue: 4)
  package static let none: Self = []
  package static let all: Self = [.read, .write, .execute]

  /// The rights that a `prot` argument asks for; other bits are ignored, as mmap ignores them.
  package init(_ flags: ProtectionFlags) { rawValue = UInt8(truncatingIfNeeded: flags.rawValue & 7) }

  /// The rights as a `prot` argument.
  package var flags: ProtectionFlags { ProtectionFlags(rawValue: UInt64(rawValue)) }
}

/// What an instruction, or the kernel on its behalf, does to a byte of memory.
package enum Access: UInt8, Sendable {
  case read, write, execute
}

/// The bits of a page's byte in the page table.
///
/// The hot path tests only `readable` and `writable`; the slow path keeps them in step with the VMAs.
package enum PageBits {
  /// A load needs no slow path: the page is present, its VMA is accessible, and nobody watches it.
  package static let readable: UInt8 = 0x01
  /// A store needs no slow path: writable, dirty already, holds no cached code, and nobody watches it.
  package static let writable: UInt8 = 0x02
  /// Instructions may be fetched from the page.
  package static let executable: UInt8 = 0x04
  /// Blocks made from the page are cached, so `writable` is withheld.
  package static let hasCode: UInt8 = 0x08
  /// A watchpoint lies on the page, so `readable` and `writable` are withheld.
  package static let watched: UInt8 = 0x10
  /// The guest, or the kernel for it, has touched the page.
  package static let accessed: UInt8 = 0x20
  /// The page was written since it became present.
  package static let dirty: UInt8 = 0x40
  /// The page was populated; the P bit of the error code of a later fault.
  package static let present: UInt8 = 0x80
}

/// The shape of the guest's address space.
package enum GuestAddress {
  package static let pageShift: UInt64 = 12
  package static let pageSize: UInt64 = 4096
  package static let pageMask: UInt64 = 4095
  /// The first address that no guest page may have: the emulator's own image, heap and mappings lie above it.
  package static let ceiling: UInt64 = 1 << 46
  /// `TASK_SIZE` of x86-64 with four-level tables (asm/page_64_types.h): the bound that argument checks use.
  package static let taskSize: UInt64 = 0x7fff_ffff_f000

  /// `value` rounded down to a page.
  @inlinable package static func pageStart(_ value: UInt64) -> UInt64 { value & ~pageMask }

  /// `PAGE_ALIGN`: `value` rounded up to a page, 0 where that overflows.
  @inlinable package static func pageAlign(_ value: UInt64) -> UInt64 { (value &+ pageMask) & ~pageMask }

  @inlinable package static func isAligned(_ value: UInt64) -> Bool { value & pageMask == 0 }

  /// Whether bits 63...47 are equal, without which a data access raises #GP (Intel SDM volume 1, 3.3.7.1).
  @inlinable package static func isCanonical(_ address: UInt64) -> Bool {
    let top = Int64(bitPattern: address) >> 47
    return top == 0 || top == -1
  }
}
