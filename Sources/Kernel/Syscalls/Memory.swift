import LinuxABI
import Machine

/// The address space (man 2 brk, mmap, munmap, mprotect): argument translation, the rest is `AddressSpace`.
enum MemoryCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.mmap, [.pointer, .size, .protection, .mapFlags, .fd, .hex], mmap),
    SyscallRow(.mprotect, [.pointer, .size, .protection], mprotect),
    SyscallRow(.munmap, [.pointer, .size], munmap),
    SyscallRow(.brk, [.pointer], brk),
  ]

  private static func mmap(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    .value(
      try c.memory.map(
        at: c.raw(0), length: c.raw(1), protection: ProtectionFlags(rawValue: c.raw(2)),
        flags: MapFlags(rawValue: c.raw(3)), descriptor: Int32(truncatingIfNeeded: c.fd(4)), offset: c.raw(5)))
  }

  private static func mprotect(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.protect(c.raw(0), c.raw(1), ProtectionFlags(rawValue: c.raw(2)))
    return .zero
  }

  private static func munmap(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.memory.unmap(c.raw(0), c.raw(1))
    return .zero
  }

  private static func brk(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    .value(c.memory.setBreakEnd(c.raw(0)))
  }
}
