import Glibc
import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  /// Cached code is told of whatever changes the bytes that it was made from.
  @Suite struct CodeTests {
    let base = MemoryTests.base

    /// An address space and what its observer was told, as page numbers relative to the base.
    final class Watched {
      let memory: AddressSpace
      var told: [Range<UInt64>] = []
      init() throws {
        memory = try MemoryTests.makeSpace()
        memory.codeObserver = { [unowned self] start, end in
          told.append((start - MemoryTests.base) >> 12..<(end - MemoryTests.base) >> 12)
        }
      }
      /// Fetches from a page and marks it, as the block builder does.
      func execute(_ page: UInt64) {
        let address = MemoryTests.base + page << 12
        guard case .resolved = memory.fault(address: address, access: .execute, size: 1) else { return }
        memory.markCode(page: address >> 12)
      }
      func take() -> [Range<UInt64>] {
        defer { told = [] }
        return told
      }
      func has(_ page: UInt64, _ bits: UInt8) -> Bool { memory.bits(MemoryTests.base + page << 12) & bits == bits }
    }

    @Test func aWriteDropsTheCode() throws {
      let watched = try Watched()
      try watched.memory.mapPages(base, 4, .all)
      try watched.memory.write(UInt8(0x90), to: base + 0x1000)
      #expect(watched.has(1, PageBits.writable))
      watched.execute(1)
      #expect(watched.has(1, PageBits.hasCode | PageBits.readable | PageBits.executable))
      #expect(!watched.has(1, PageBits.writable))
      #expect(watched.take() == [])
      #expect(watched.memory.failure(base + 0x1000, .write) == nil)
      #expect(watched.take() == [1..<2])
      #expect(watched.has(1, PageBits.writable) && !watched.has(1, PageBits.hasCode))
      // Marked again, the next write is seen again; the kernel's own writes too.
      watched.execute(1)
      try watched.memory.copyOut([1, 2], to: base + 0x1ffe)
      #expect(watched.take() == [1..<2])
      try watched.memory.write(UInt8(1), to: base + 0x1000)
      #expect(watched.take() == [])
      #expect(watched.memory.statistics.codeWrites == 2)
    }

    @Test func changesOfTheMappingDropTheCode() throws {
      let watched = try Watched()
      let memory = watched.memory
      func prepare() throws {
        try memory.mapPages(base, 8, .all)
        for page in [1, 2, 4] as [UInt64] { watched.execute(page) }
        _ = watched.take()
      }
      try prepare()
      try memory.protect(base, 8 << 12, [.read, .execute])
      #expect(watched.take() == [])
      try memory.protect(base, 3 << 12, [.read, .write])
      #expect(watched.take() == [1..<3])
      try prepare()
      try memory.unmap(base, 8 << 12)
      #expect(watched.take() == [1..<3, 4..<5])
      try prepare()
      try memory.mapPages(base + 0x2000, 2)
      #expect(watched.take() == [2..<3])
      try prepare()
      _ = try memory.remap(base, 8 << 12, 8 << 12, [.mayMove, .fixed], to: base + 0x10000)
      #expect(watched.take() == [1..<3, 4..<5])
      #expect(!watched.has(0x11, PageBits.hasCode))
      try prepare()
      try memory.advise(base, 8 << 12, MemoryAdvice.dontNeed.rawValue)
      #expect(watched.take() == [1..<3, 4..<5])
      try prepare()
      #expect(memory.poke(base + 0x1ffc, [1, 2, 3, 4, 5, 6, 7, 8]) == 8)
      #expect(watched.take() == [1..<3])
      #expect(memory.codePages == 1)
      memory.removeAll()
      #expect(watched.take() == [4..<5])
      #expect(memory.codePages == 0)
    }

    @Test func aWriteThroughAnotherMappingDropsTheCode() throws {
      let watched = try Watched()
      let memory = watched.memory
      let file = ScratchFile(size: 4 << 12)
      func map(_ page: UInt64, _ rights: ProtectionFlags, _ flags: MapFlags, offset: UInt64 = 0) throws {
        _ = try memory.map(
          at: base + page << 12, length: 2 << 12, protection: rights, flags: flags.union(.fixed),
          descriptor: file.descriptor, offset: offset)
      }
      try map(0, [.read, .execute], .private)
      try map(16, [.read, .write], .shared)
      try map(32, [.read, .write], .shared, offset: 0x1000)
      // Written before there is code.
      try memory.write(UInt8(0xc3), to: base + 0x11000)
      #expect(watched.has(17, PageBits.writable))
      watched.execute(1)
      #expect(!watched.has(17, PageBits.writable))
      #expect(try memory.read(base + 0x1000, as: UInt8.self) == 0xc3)
      try memory.write(UInt8(0x90), to: base + 0x11000)
      #expect(watched.take() == [1..<2])
      #expect(try memory.read(base + 0x1000, as: UInt8.self) == 0x90)
      // Through a mapping that is first touched after the code was made, and at another offset.
      watched.execute(1)
      try memory.write(UInt8(0x91), to: base + 0x20000)
      #expect(watched.take() == [1..<2])
      // Another page of the file is another matter.
      watched.execute(1)
      try memory.write(UInt8(0x91), to: base + 0x10000)
      try memory.write(UInt8(0x91), to: base + 0x21000)
      #expect(watched.take() == [])
      // write(2) to the file.
      let key = try #require(memory.vma(containing: base)?.backing?.key)
      memory.fileWritten(device: key.device, inode: key.inode, start: 0, end: 0x1000)
      #expect(watched.take() == [])
      memory.fileWritten(device: key.device, inode: key.inode, start: 0xfff, end: 0x1001)
      #expect(watched.take() == [1..<2])
      memory.fileWritten(device: key.device, inode: key.inode + 1, start: 0, end: .max)
    }

    @Test func aPrivateCopyHasNoAliases() throws {
      let watched = try Watched()
      let memory = watched.memory
      let file = ScratchFile(size: 4 << 12)
      func map(_ page: UInt64, _ rights: ProtectionFlags, _ flags: MapFlags) throws {
        _ = try memory.map(
          at: base + page << 12, length: 1 << 12, protection: rights, flags: flags.union(.fixed),
          descriptor: file.descriptor)
      }
      try map(0, .all, .private)
      try map(16, [.read, .write], .shared)
      try memory.write(UInt8(1), to: base + 0x10000)
      try memory.write(UInt8(2), to: base)
      watched.execute(0)
      #expect(watched.has(16, PageBits.writable))
      try memory.write(UInt8(3), to: base + 0x10000)
      #expect(watched.take() == [])
      #expect(try memory.read(base, as: UInt8.self) == 2)
    }

    @Test func sharedMemoryMappedTwice() throws {
      let watched = try Watched()
      let memory = watched.memory
      _ = try memory.map(
        at: base, length: 4096, protection: [.read, .execute, .write], flags: [.shared, .anonymous, .fixed])
      _ = try memory.remap(base, 0, 4096, [.mayMove, .fixed], to: base + 0x10000)
      try memory.write(UInt8(0xc3), to: base + 0x10000)
      watched.execute(0)
      try memory.write(UInt8(0x90), to: base + 0x10000)
      #expect(watched.take() == [0..<1])
      watched.execute(16)
      try memory.write(UInt8(0x91), to: base)
      #expect(watched.take() == [16..<17])
    }

    @Test func watchedPagesComeToTheSlowPath() throws {
      let watched = try Watched()
      let memory = watched.memory
      try memory.mapPages(base, 2)
      try memory.write(UInt8(7), to: base + 8)
      memory.setWatched(base, base + 8, true)
      #expect(!watched.has(0, PageBits.readable) && !watched.has(0, PageBits.writable))
      #expect(memory.failure(base, .read) == nil && memory.failure(base, .write) == nil)
      #expect(!watched.has(0, PageBits.readable) && !watched.has(0, PageBits.writable))
      #expect(try memory.read(base + 8, as: UInt8.self) == 7)
      try memory.protect(base, 4096, .read)
      try memory.protect(base, 4096, [.read, .write])
      #expect(!watched.has(0, PageBits.readable))
      try memory.advise(base, 4096, MemoryAdvice.dontNeed.rawValue)
      #expect(watched.has(0, PageBits.watched))
      memory.setWatched(base, base + 8, false)
      #expect(memory.failure(base, .write) == nil)
      #expect(watched.has(0, PageBits.readable | PageBits.writable))
    }
  }
}
