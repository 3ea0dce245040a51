/// `PROT_*`: what a page may be used for (asm-generic/mman-common.h).
package struct ProtectionFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt64
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let read = Self(rawValue: 0x1)
  package static let write = Self(rawValue: 0x2)
  package static let execute = Self(rawValue: 0x4)
  /// `PROT_SEM`: accepted, and without effect on x86.
  package static let semaphore = Self(rawValue: 0x8)
  /// `PROT_GROWSDOWN`: mprotect extends the change to the start of a growsdown mapping.
  package static let growsDown = Self(rawValue: 0x0100_0000)
  /// `PROT_GROWSUP`: as `growsDown`, upwards; no x86 mapping grows up.
  package static let growsUp = Self(rawValue: 0x0200_0000)
}

/// `MAP_*`: the flags of mmap (asm-generic/mman.h, asm/mman.h, man 2 mmap).
package struct MapFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt64
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let shared = Self(rawValue: 0x01)
  package static let `private` = Self(rawValue: 0x02)
  /// `MAP_SHARED_VALIDATE`: shared, and unknown flags are refused.
  package static let sharedValidate = Self(rawValue: 0x03)
  /// `MAP_DROPPABLE` (Linux 6.11): the kernel may drop the pages under pressure.
  package static let droppable = Self(rawValue: 0x08)
  package static let fixed = Self(rawValue: 0x10)
  package static let anonymous = Self(rawValue: 0x20)
  /// `MAP_32BIT`: below 2 GiB (x86 only).
  package static let below2GiB = Self(rawValue: 0x40)
  /// `MAP_ABOVE4G` (x86 only).
  package static let above4GiB = Self(rawValue: 0x80)
  package static let growsDown = Self(rawValue: 0x0100)
  package static let denyWrite = Self(rawValue: 0x0800)
  package static let executable = Self(rawValue: 0x1000)
  package static let locked = Self(rawValue: 0x2000)
  package static let noReserve = Self(rawValue: 0x4000)
  package static let populate = Self(rawValue: 0x8000)
  package static let nonBlock = Self(rawValue: 0x1_0000)
  package static let stack = Self(rawValue: 0x2_0000)
  package static let hugeTLB = Self(rawValue: 0x4_0000)
  package static let sync = Self(rawValue: 0x8_0000)
  package static let fixedNoReplace = Self(rawValue: 0x10_0000)
  package static let uninitialized = Self(rawValue: 0x0400_0000)

  /// `MAP_TYPE`: the bits that choose shared or private.
  package static let typeMask: UInt64 = 0x0f
  /// `MAP_HUGE_SHIFT`: where log2 of the huge page size stands, six bits wide.
  package static let hugeShift: UInt64 = 26

  /// `LEGACY_MAP_MASK`: the flags that `MAP_SHARED_VALIDATE` knows (linux/mman.h).
  package static let legacy: Self = [
    .shared, .private, .fixed, .anonymous, .denyWrite, .executable, .uninitialized, .growsDown, .locked,
    .noReserve, .populate, .nonBlock, .stack, .hugeTLB, .below2GiB, .above4GiB, Self(rawValue: 0x3f << 26),
  ]
}

/// `MREMAP_*` (linux/mman.h, man 2 mremap).
package struct RemapFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt64
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let mayMove = Self(rawValue: 1)
  package static let fixed = Self(rawValue: 2)
  package static let dontUnmap = Self(rawValue: 4)
}

/// `MS_*` (asm-generic/mman-common.h, man 2 msync).
package struct SyncFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt64
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let async = Self(rawValue: 1)
  package static let invalidate = Self(rawValue: 2)
  package static let sync = Self(rawValue: 4)
}

/// `MCL_*` (asm-generic/mman.h, man 2 mlockall).
package struct LockAllFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt64
  @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }

  package static let current = Self(rawValue: 1)
  package static let future = Self(rawValue: 2)
  package static let onFault = Self(rawValue: 4)
}

/// `MLOCK_ONFAULT`, the one flag of mlock2 (man 2 mlock2).
package let mlockOnFault: UInt64 = 1

/// `MADV_*` (asm-generic/mman-common.h, man 2 madvise).
package enum MemoryAdvice: UInt64, Hashable, Sendable, CaseIterable {
  case normal = 0, random = 1, sequential = 2, willNeed = 3, dontNeed = 4
  case free = 8, remove = 9, dontFork = 10, doFork = 11
  case mergeable = 12, unmergeable = 13, hugePage = 14, noHugePage = 15
  case dontDump = 16, doDump = 17, wipeOnFork = 18, keepOnFork = 19
  case cold = 20, pageOut = 21, populateRead = 22, populateWrite = 23
  case dontNeedLocked = 24, collapse = 25
  case hardwarePoison = 100, softOffline = 101, guardInstall = 102, guardRemove = 103
}
