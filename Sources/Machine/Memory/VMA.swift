/// `VM_*`: what a VMA is, with the kernel's values (include/linux/mm.h).
///
/// Two neighbours merge only where these are equal, so every flag that the kernel would tell apart is kept, also
/// those without an effect of their own here.
package struct VMAFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt32
  @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let read = Self(rawValue: 0x1)
  package static let write = Self(rawValue: 0x2)
  package static let execute = Self(rawValue: 0x4)
  /// Writes reach the backing; absent on a `MAP_SHARED` mapping of a file opened for reading.
  package static let shared = Self(rawValue: 0x8)
  package static let mayRead = Self(rawValue: 0x10)
  package static let mayWrite = Self(rawValue: 0x20)
  package static let mayExecute = Self(rawValue: 0x40)
  /// Mapped with `MAP_SHARED`.
  package static let mayShare = Self(rawValue: 0x80)
  package static let growsDown = Self(rawValue: 0x100)
  package static let locked = Self(rawValue: 0x2000)
  package static let sequentialRead = Self(rawValue: 0x8000)
  package static let randomRead = Self(rawValue: 0x1_0000)
  package static let dontCopy = Self(rawValue: 0x2_0000)
  package static let dontExpand = Self(rawValue: 0x4_0000)
  package static let lockOnFault = Self(rawValue: 0x8_0000)
  /// Its pages count as committed memory.
  package static let account = Self(rawValue: 0x10_0000)
  package static let noReserve = Self(rawValue: 0x20_0000)
  package static let sync = Self(rawValue: 0x80_0000)
  package static let wipeOnFork = Self(rawValue: 0x200_0000)
  package static let dontDump = Self(rawValue: 0x400_0000)
  package static let hugePage = Self(rawValue: 0x2000_0000)
  package static let noHugePage = Self(rawValue: 0x4000_0000)
  package static let mergeable = Self(rawValue: 0x8000_0000)

  /// `VM_ACCESS_FLAGS`.
  package static let access: Self = [.read, .write, .execute]
  package static let mayAll: Self = [.mayRead, .mayWrite, .mayExecute]
  /// `VM_LOCKED_MASK`.
  package static let lockedMask: Self = [.locked, .lockOnFault]
  /// `VM_DATA_DEFAULT_FLAGS` of the heap, without `account`.
  static let dataDefault: Self = [.read, .write, .mayRead, .mayWrite, .mayExecute]

  package var protection: Protection { Protection(rawValue: UInt8(truncatingIfNeeded: rawValue & 7)) }

  /// These flags with other rights.
  func with(_ protection: Protection) -> Self {
    subtracting(.access).union(Self(rawValue: UInt32(protection.rawValue)))
  }

  /// `is_data_mapping` (mm/internal.h): what RLIMIT_DATA counts.
  var isData: Bool { intersection([.write, .shared, .growsDown]) == .write }
  /// `is_exec_mapping`: what VmExe and VmLib are made of.
  var isCode: Bool { intersection([.write, .execute, .growsDown]) == .execute }
  var isStack: Bool { contains(.growsDown) }
}

/// A virtual memory area: pages of equal rights and one origin (the kernel's vm_area_struct).
package struct VMA: Sendable {
  package internal(set) var start: UInt64
  package internal(set) var end: UInt64
  package internal(set) var flags: VMAFlags
  /// The kernel's anon_vma, by number: 0 until the first private page is written. Neighbours that got different ones
  /// do not merge (mm/vma.c, is_mergeable_anon_vma).
  var anonymous: UInt32 = 0
  /// Index into the names of the address space, 0 for none (PR_SET_VMA_ANON_NAME, "[vdso]").
  var name: UInt16 = 0
  /// A VM_SPECIAL mapping such as "[vdso]", which never merges or grows.
  var isSpecial = false
  /// The anon_vma came from the parent process: such a VMA does not merge with one that has none.
  var isForkChild = false
  /// vm_pgoff, in pages: offset into the file; for private anonymous memory the page number at which it was mapped,
  /// which stays when written memory is moved.
  package internal(set) var pageOffset: UInt64
  /// The file or shared memory object behind it; nil for private anonymous memory.
  package internal(set) var backing: FileBacking?

  package var size: UInt64 { end &- start }
  package var pages: UInt64 { (end &- start) >> GuestAddress.pageShift }
  package var protection: Protection { flags.protection }
  /// What mprotect may at most grant.
  package var maxProtection: Protection {
    Protection(rawValue: UInt8(truncatingIfNeeded: flags.rawValue >> 4 & 7))
  }
  package var isShared: Bool { flags.contains(.mayShare) }
  package var isAnonymous: Bool { backing == nil }

  /// The page offset in the backing of `address`, which lies in the VMA or at its end.
  func pageOffset(of address: UInt64) -> UInt64 { pageOffset &+ (address &- start) >> GuestAddress.pageShift }

  /// `vm_start_gap`: where the guard gap below begins, the start itself except for stacks.
  var startWithGap: UInt64 {
    guard flags.contains(.growsDown) else { return start }
    return start > Self.guardGap ? start &- Self.guardGap : 0
  }

  /// `stack_guard_gap`: 256 pages.
  static let guardGap: UInt64 = 256 << GuestAddress.pageShift
}
