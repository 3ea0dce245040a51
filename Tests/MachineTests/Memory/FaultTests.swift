import Glibc
import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  /// Reasons, addresses and error codes are those that a C program got from the kernel (Linux 6.18) by making the same
  /// accesses and printing si_code, si_addr and REG_ERR.
  @Suite struct FaultTests {
    typealias Failure = AddressSpace.Failure
    let base = MemoryTests.base

    /// Pages 0...3 and 9...15 read-write, 4 read-only, 5 nothing, 6 write-only, 7 execute-only, 8 unmapped.
    func makeSpace() throws -> AddressSpace {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 16)
      try memory.unmap(base + 0x8000, 0x1000)
      for (page, rights) in [(4, .read), (5, []), (6, .write), (7, .execute)] as [(UInt64, ProtectionFlags)] {
        try memory.protect(base + page << 12, 0x1000, rights)
      }
      return memory
    }

    @Test func failuresOfAnonymousMemory() throws {
      let memory = try makeSpace()
      let map = FaultReason.mapError
      let access = FaultReason.accessError
      #expect(memory.failure(base + 0x8010, .read, size: 8) == Failure(reason: map, address: base + 0x8010, code: 4))
      #expect(memory.failure(base + 0x7ffc, .read, size: 8) == Failure(reason: map, address: base + 0x8000, code: 4))
      #expect(memory.failure(base + 0x8ffc, .read, size: 8) == Failure(reason: map, address: base + 0x8ffc, code: 4))
      #expect(memory.failure(base + 0x4005, .write) == Failure(reason: access, address: base + 0x4005, code: 6))
      #expect(memory.failure(base + 0x4005, .read) == nil)
      #expect(memory.failure(base + 0x4005, .write) == Failure(reason: access, address: base + 0x4005, code: 7))
      #expect(
        memory.failure(base + 0x3ffc, .write, size: 8) == Failure(reason: access, address: base + 0x4000, code: 7))
      #expect(memory.failure(base + 0x5005, .read) == Failure(reason: access, address: base + 0x5005, code: 4))
      #expect(memory.failure(base + 0x6005, .read) == nil)
      #expect(memory.failure(base + 0x7005, .read) == nil)
      #expect(memory.failure(base + 0x1003, .execute) == Failure(reason: access, address: base + 0x1003, code: 0x15))
      #expect(memory.failure(base + 0x5003, .execute) == Failure(reason: access, address: base + 0x5003, code: 0x14))
      #expect(memory.failure(base + 0x8003, .execute) == Failure(reason: map, address: base + 0x8003, code: 0x14))
      #expect(memory.failure(base + 0x7003, .execute) == nil)
    }

    @Test func addressesOutsideOfTheGuest() throws {
      let memory = try MemoryTests.makeSpace()
      let general = FaultReason.generalProtection
      for address in [0x8000_0000_0000, 0x7fff_ffff_fffc, 0xffff_7fff_ffff_ffff, 1 << 63] as [UInt64] {
        #expect(memory.failure(address, .read, size: 8)?.reason == general)
        #expect(memory.failure(address, .read, size: 8)?.address == 0)
      }
      let kernel: UInt64 = 0xffff_8800_0000_0008
      #expect(memory.failure(kernel, .read) == Failure(reason: .mapError, address: kernel, code: 5))
      #expect(memory.failure(kernel, .write) == Failure(reason: .mapError, address: kernel, code: 7))
      #expect(memory.failure(0x7fff_ffff_f008, .read)?.code == 5)
      // The emulator's own memory, which no guest address reaches.
      #expect(memory.failure(1 << 46, .read) == Failure(reason: .mapError, address: 1 << 46, code: 4))
      #expect(memory.failure((1 << 46) - 4, .read, size: 8)?.reason == .mapError)
      #expect(memory.failure(0, .read) == Failure(reason: .mapError, address: 0, code: 4))
      #expect(memory.failure(.max, .read, size: 8)?.reason == .mapError)
    }

    @Test func pagesBeyondTheEndOfAFile() throws {
      let memory = try MemoryTests.makeSpace()
      let file = ScratchFile(size: 4096 + 100)
      func map(_ page: UInt64, _ rights: ProtectionFlags, _ sharing: MapFlags) throws -> UInt64 {
        try memory.map(
          at: base + page << 12, length: 0x4000, protection: rights, flags: [.fixed, sharing],
          descriptor: file.descriptor)
      }
      let own = try map(0, [.read, .write], .private)
      let shared = try map(16, [.read, .write], .shared)
      let readOnly = try map(32, .read, .private)
      #expect(memory.failure(own + 4096 + 200, .read) == nil)
      #expect(memory.failure(own + 0x2007, .read) == Failure(reason: .busError, address: own + 0x2007, code: 4))
      #expect(memory.failure(own + 0x2007, .write) == Failure(reason: .busError, address: own + 0x2007, code: 6))
      #expect(
        memory.failure(own + 0x1ffc, .read, size: 8) == Failure(reason: .busError, address: own + 0x2000, code: 4))
      #expect(memory.failure(shared + 0x3007, .write) == Failure(reason: .busError, address: shared + 0x3007, code: 6))
      #expect(memory.failure(readOnly + 0x3007, .write)?.reason == .accessError)
      #expect(
        memory.failure(readOnly + 0x3003, .execute)
          == Failure(reason: .busError, address: readOnly + 0x3003, code: 0x14))

      // A page of one's own goes too when the file is truncated, and comes back with the file.
      try memory.write(UInt8(1), to: own + 4096)
      ftruncate(file.descriptor, 0)
      let key = try #require(memory.vma(containing: own)?.backing?.key)
      memory.fileWritten(device: key.device, inode: key.inode, start: 0, end: .max, truncated: true)
      #expect(memory.failure(own + 4096, .read)?.reason == .busError)
      #expect(throws: Errno.EFAULT) { try memory.read(own + 4096, as: UInt8.self) }
      ftruncate(file.descriptor, 8192)
      #expect(memory.failure(own + 4096, .read) == nil)
    }

    @Test func sharedMemoryDoesNotGrowWithItsMapping() throws {
      let memory = try MemoryTests.makeSpace()
      let first = try memory.map(at: 0, length: 4096, protection: [.read, .write], flags: [.shared, .anonymous])
      let grown = try memory.remap(first, 4096, 8192, .mayMove)
      #expect(memory.failure(grown + 4096, .write) == Failure(reason: .busError, address: grown + 4096, code: 6))
    }

    @Test func countsFaultsAsTheKernelDoes() throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 64)
      func faults(_ pages: Range<UInt64>, _ access: Access) -> UInt64 {
        let before = memory.statistics.minorFaults
        for page in pages {
          let bit = access == .write ? PageBits.writable : PageBits.readable
          if memory.bits(base + page << 12) & bit == 0 { _ = memory.failure(base + page << 12, access) }
        }
        return memory.statistics.minorFaults - before
      }
      #expect(faults(0..<32, .read) == 32)
      #expect(faults(0..<32, .write) == 32)
      #expect(faults(32..<64, .write) == 32)
      try memory.protect(base, 64 << 12, .read)
      try memory.protect(base, 64 << 12, [.read, .write])
      #expect(faults(0..<64, .write) == 0)
      try memory.advise(base, 64 << 12, MemoryAdvice.dontNeed.rawValue)
      #expect(memory.residentPages == 0)
      #expect(faults(0..<64, .write) == 64)
      #expect(memory.residentPages == 64)
      let before = memory.statistics.minorFaults
      _ = try memory.map(
        at: 0, length: 64 << 12, protection: [.read, .write], flags: [.private, .anonymous, .populate])
      #expect(memory.statistics.minorFaults - before == 64)
      #expect(memory.residentPages == 128)
    }

    @Test func tellsTheObserver() throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 2)
      var seen: [FaultEvent.Kind] = []
      memory.faultObserver = { seen.append($0.kind) }
      _ = memory.failure(base, .read)
      _ = memory.failure(base, .write)
      _ = memory.failure(base + 0x2000, .write)
      #expect(seen == [.minor, .copyOnWrite, .failed(.mapError)])
    }

    // MARK: - Stacks

    @Test func aMappingGrowsDownToTheLimit() throws {
      let memory = try MemoryTests.makeSpace()
      let start = try memory.map(
        at: base, length: 4096, protection: [.read, .write], flags: [.private, .anonymous, .fixed, .growsDown])
      for pages in [1, 100, 2040] as [UInt64] {
        #expect(memory.failure(start - pages << 12, .write) == nil)
        #expect(memory.vma(containing: start)?.start == start - pages << 12)
      }
      let beyond = start - 2100 << 12
      #expect(memory.failure(beyond, .write) == Failure(reason: .mapError, address: beyond, code: 6))
      #expect(memory.statistics.stackGrowths == 3)
      #expect(memory.usage.stack == 2041)
      memory.limits.stack = .max
      #expect(memory.failure(beyond, .write) == nil)
      try memory.write(UInt64(5), to: beyond)
    }

    @Test func aStackKeepsItsDistance() throws {
      let memory = try MemoryTests.makeSpace()
      let start = base + 0x1000_0000
      try memory.mapStack(top: start + 4096, size: 4096)
      try memory.mapPages(start - 600 << 12, 1)
      let below = start - 599 << 12
      #expect(memory.failure(below + 257 << 12, .write) == nil)
      #expect(memory.failure(below + 256 << 12, .write) == nil)
      #expect(memory.failure(below + 255 << 12, .write)?.reason == .mapError)
      // What nobody may touch needs no distance.
      try memory.protect(start - 600 << 12, 4096, [])
      #expect(memory.failure(below, .write) == nil)
    }
  }
}
