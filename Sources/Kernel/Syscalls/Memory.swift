import LinuxABI
import Machine

/// The address space (man 2 brk, mmap, munmap, mprotect, mremap, madvise, msync, mincore, mlock): argument
/// translation; the rest is `AddressSpace`.
enum MemoryCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.mmap, [.pointer, .size, .flags(.protection), .flags(.mapFlags), .fd, .hex], mmap),
    SyscallRow(.munmap, [.pointer, .size], munmap),
    SyscallRow(.mprotect, [.pointer, .size, .flags(.protection)], mprotect),
    SyscallRow(.pkey_mprotect, [.pointer, .size, .flags(.protection), .int], pkeyMprotect),
    SyscallRow(.pkey_alloc, [.hex, .hex], .refused, noKeys),
    SyscallRow(.pkey_free, [.int], .refused, pkeyFree),
    SyscallRow(.mremap, [.pointer, .size, .size, .flags(.remapFlags), .pointer], mremap),
    SyscallRow(.brk, [.pointer], brk),
    SyscallRow(.madvise, [.pointer, .size, .symbol(.advice)], madvise),
    SyscallRow(.msync, [.pointer, .size, .flags(.msync)], msync),
    SyscallRow(.mincore, [.pointer, .size, .pointer], mincore),
    SyscallRow(.mlock, [.pointer, .size], mlock),
    SyscallRow(.mlock2, [.pointer, .size, .flags(.mlock)], mlock2),
    SyscallRow(.munlock, [.pointer, .size], munlock),
    SyscallRow(.mlockall, [.flags(.lockAll)], mlockall),
    SyscallRow(.munlockall, [], munlockall),
    SyscallRow(.remap_file_pages, [.pointer, .size, .hex, .size, .hex], .refused, DescriptorCalls.refuse),
  ]

  private static func mmap(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    .value(
      try c.memory.map(
        at: c.raw(0), length: c.raw(1), protection: ProtectionFlags(rawValue: c.raw(2)),
        flags: MapFlags(rawValue: c.raw(3)), descriptor: Int32(truncatingIfNeeded: c.fd(4)), offset: c.raw(5)))
  }

  private static func munmap(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.unmap(c.raw(0), c.raw(1))
    return .zero
  }

  private static func mprotect(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.protect(c.raw(0), c.raw(1), ProtectionFlags(rawValue: c.raw(2)))
    return .zero
  }

  private static func mremap(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    .value(try c.memory.remap(c.raw(0), c.raw(1), c.raw(2), RemapFlags(rawValue: c.raw(3)), to: c.raw(4)))
  }

  private static func brk(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    .value(c.memory.setBreakEnd(c.raw(0)))
  }

  private static func madvise(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.advise(c.raw(0), c.raw(1), UInt64(truncatingIfNeeded: Int64(c.int(2))))
    return .zero
  }

  private static func msync(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.sync(c.raw(0), c.raw(1), SyncFlags(rawValue: UInt64(truncatingIfNeeded: Int64(c.int(2)))))
    return .zero
  }

  private static func mincore(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.inCore(c.raw(0), c.raw(1), vector: c.raw(2))
    return .zero
  }

  // MARK: - Locking

  private static func mlock(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.lock(c.raw(0), c.raw(1))
    return .zero
  }

  private static func mlock2(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.lock(c.raw(0), c.raw(1), flags: UInt64(truncatingIfNeeded: Int64(c.int(2))))
    return .zero
  }

  private static func munlock(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.unlock(c.raw(0), c.raw(1))
    return .zero
  }

  private static func mlockall(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.lockAll(LockAllFlags(rawValue: UInt64(truncatingIfNeeded: Int64(c.int(0)))))
    return .zero
  }

  private static func munlockall(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    c.memory.unlockAll()
    return .zero
  }

  // MARK: - Protection keys: the processor model has none (man 7 pkeys)

  private static func pkeyMprotect(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.int(3) == -1 else { throw .EINVAL }
    return try mprotect(&c)
  }

  private static func noKeys(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(0) == 0, c.raw(1) & ~3 == 0 else { throw .EINVAL }
    throw .ENOSPC
  }

  private static func pkeyFree(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome { throw .EINVAL }
}
