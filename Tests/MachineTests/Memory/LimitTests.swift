import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  /// RLIMIT_DATA, RLIMIT_AS and the bound on the number of VMAs, as a C program met them natively (Linux 6.18).
  @Suite struct LimitTests {
    let rw: ProtectionFlags = [.read, .write]

    func map(_ memory: AddressSpace, _ length: UInt64, _ rights: ProtectionFlags, _ flags: MapFlags, at: UInt64 = 0)
      -> Result<UInt64, Errno>
    {
      do throws(Errno) {
        return .success(try memory.map(at: at, length: length, protection: rights, flags: flags.union(.anonymous)))
      } catch { return .failure(error) }
    }

    @Test func dataLimit() throws {
      let memory = try MemoryTests.makeSpace()
      memory.setBreak(MemoryTests.base)
      memory.limits.data = 64 << 10
      let block = try map(memory, 64 << 10, rw, .private).get()
      #expect(map(memory, 4096, rw, .private) == .failure(.ENOMEM))
      let readOnly = try map(memory, 4096, .read, .private).get()
      #expect(throws: Errno.ENOMEM) { try memory.protect(readOnly, 4096, rw) }
      _ = try map(memory, 4096, rw, .shared).get()
      _ = try map(memory, 4096, rw, [.private, .growsDown]).get()
      #expect(map(memory, 4096, rw, [.private, .fixed], at: block) == .success(block))
      #expect(throws: Errno.ENOMEM) { try memory.remap(block, 64 << 10, 68 << 10, .mayMove) }
      #expect(memory.setBreakEnd(MemoryTests.base + 4096) == MemoryTests.base)
      // A soft limit of 0 lets pass what the hard one does.
      memory.limits.data = 0
      _ = try map(memory, 4096, rw, .private).get()
    }

    @Test func addressSpaceLimit() throws {
      let memory = try MemoryTests.makeSpace()
      memory.setBreak(MemoryTests.base)
      memory.limits.addressSpace = 64 << 10
      let block = try map(memory, 64 << 10, [], [.private, .noReserve]).get()
      #expect(map(memory, 4096, [], .private) == .failure(.ENOMEM))
      #expect(map(memory, 4096, rw, [.shared, .fixed], at: block) == .success(block))
      #expect(throws: Errno.ENOMEM) { try memory.remap(block + 4096, 4096, 8192, .mayMove) }
      #expect(throws: Errno.ENOMEM) { try memory.remap(block + 4096, 4096, 4096, [.mayMove, .dontUnmap]) }
      #expect(memory.setBreakEnd(MemoryTests.base + 4096) == MemoryTests.base)
    }

    @Test func numberOfMappings() throws {
      let memory = try MemoryTests.makeSpace()
      memory.limits.mapCount = 20
      let block = try map(memory, 200 << 12, [], .private).get()
      var splits: UInt64 = 0
      while (try? memory.protect(block + splits << 13, 4096, .read)) != nil { splits += 1 }
      #expect(memory.vmas.count == 20)
      _ = try map(memory, 4096, .all, .shared).get()
      #expect(map(memory, 4096, .all, .shared) == .failure(.ENOMEM))
      #expect(throws: Errno.ENOMEM) { try memory.unmap(block + 100 << 12, 4096) }
      try memory.unmap(block, 4096)
    }

    @Test func committedMemory() throws {
      let memory = try MemoryTests.makeSpace()
      memory.limits.committed = 1 << 20
      // Reserving is free, as Go and others do it; using is not.
      let reserved = try map(memory, 1 << 40, [], [.private, .noReserve]).get()
      try memory.protect(reserved, 1 << 19, rw)
      #expect(throws: Errno.ENOMEM) { try memory.protect(reserved + 1 << 30, 1 << 20, rw) }
      #expect(map(memory, 1 << 20, rw, [.private, .noReserve]) == .failure(.ENOMEM))
      _ = try map(memory, 1 << 19, rw, .shared).get()
      #expect(map(memory, 4096, rw, .shared) == .failure(.ENOMEM))
      try memory.unmap(reserved, 1 << 19)
      _ = try map(memory, 4096, rw, .private).get()
    }

    @Test func lockedMemory() throws {
      let memory = try MemoryTests.makeSpace()
      memory.limits.locked = 64 << 10
      let block = try map(memory, 128 << 10, rw, .private).get()
      try memory.lock(block, 32 << 10)
      try memory.lock(block, 64 << 10)
      #expect(memory.residentPages == 16)
      #expect(throws: Errno.ENOMEM) { try memory.lock(block + 32 << 10, 64 << 10) }
      #expect(map(memory, 4096, rw, [.private, .locked]) == .failure(.EAGAIN))
      #expect(throws: Errno.ENOMEM) { try memory.lockAll(.current) }
      #expect(throws: Errno.EINVAL) { try memory.lockAll(.onFault) }
      try memory.unlock(block, 128 << 10)
      memory.limits.locked = 0
      #expect(throws: Errno.EPERM) { try memory.lock(block, 4096) }
      #expect(map(memory, 4096, rw, [.private, .locked]) == .failure(.EPERM))
    }
  }
}

extension ProtectionFlags {
  static let all: Self = [.read, .write, .execute]
}
