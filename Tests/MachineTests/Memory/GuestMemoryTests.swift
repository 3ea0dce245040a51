import Glibc
import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  @Suite struct GuestMemoryTests {
    let base = MemoryTests.base

    @Test func copiesAcrossPages() throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 3)
      let bytes = (0..<6000).map { UInt8(truncatingIfNeeded: $0) }
      try memory.copyOut(bytes, to: base + 100)
      #expect(try memory.copyIn(base + 100, count: 6000) == bytes)
      try memory.write(0x1122_3344_5566_7788 as UInt64, to: base + 4093)
      #expect(try memory.read(base + 4093, as: UInt64.self) == 0x1122_3344_5566_7788)
      #expect(try memory.readArray(base + 4093, count: 2, as: UInt32.self) == [0x5566_7788, 0x1122_3344])
      try memory.zero(base, count: 3 << 12)
      #expect(try memory.copyIn(base, count: 3 << 12).allSatisfy { $0 == 0 })
      var buffer = [UInt8](repeating: 1, count: 16)
      try buffer.withUnsafeMutableBytes { raw in try memory.copyIn(base, into: raw) }
      #expect(buffer == [UInt8](repeating: 0, count: 16))
    }

    @Test(
      arguments: [
        (0, 1), (0xfff, 2), (1 << 46, 1), (1 << 46 - 1, 2), (0x7fff_ffff_ffff, 1), (1 << 47, 8), (1 << 63, 8),
        (.max, 1),
        (.max, .max), (0x1100_0000_0000 - 1, 1), (0x1100_0000_0000 - 1, 2), (0x1100_0000_2000, 1),
        (0x1100_0000_1fff, 2), (0x1100_0000_0000, .max), (0x1100_0000_0000, 0x2001),
      ] as [(UInt64, UInt64)])
    func badPointersAreErrors(address: UInt64, count: UInt64) throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 2)
      #expect(throws: Errno.EFAULT) { try memory.copyIn(address, count: count) }
      #expect(throws: Errno.EFAULT) { try memory.zero(address, count: count) }
      #expect(throws: Errno.EFAULT) { try memory.withReadable(address, count) { _ in } }
      #expect(throws: Errno.EFAULT) { try memory.withWritable(address, count) { _ in } }
      #expect(throws: Errno.EFAULT) { try memory.readArray(address, count: max(count, 2), as: UInt64.self) }
      #expect(memory.readablePrefix(address, count) < count)
      // Nothing is what may be copied from anywhere.
      #expect(try memory.copyIn(address, count: 0) == [])
      try memory.copyOut([], to: address)
      #expect(try memory.withReadable(address, 0) { $0.count } == 0)
      #expect(try memory.withWritable(address, 0) { $0.count } == 0)
    }

    @Test func rightsCount() throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 4)
      try memory.protect(base + 0x1000, 4096, .read)
      try memory.protect(base + 0x2000, 4096, [])
      try memory.protect(base + 0x3000, 4096, .write)
      #expect(throws: Errno.EFAULT) { try memory.write(UInt8(0), to: base + 0x1000) }
      #expect(try memory.read(base + 0x1000, as: UInt8.self) == 0)
      #expect(throws: Errno.EFAULT) { try memory.read(base + 0x2000, as: UInt8.self) }
      // x86 reads what may only be written.
      #expect(try memory.read(base + 0x3000, as: UInt8.self) == 0)
      #expect(memory.readablePrefix(base + 5, 0x4000) == 0x2000 - 5)
      #expect(memory.writablePrefix(base + 5, 0x4000) == 0x1000 - 5)
      #expect(memory.readablePrefix(base + 5, 10) == 10)
    }

    @Test func closuresSeeTheGuestsBytes() throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 2)
      try memory.withWritable(base + 4000, 200) { bytes in for index in bytes.indices { bytes[index] = UInt8(index) } }
      #expect(try memory.withReadable(base + 4000, 200) { $0.reduce(0) { $0 + Int($1) } } == 199 * 100)
      func interrupted(_ bytes: UnsafeRawBufferPointer) throws(Errno) { throw .EINTR }
      #expect(throws: Errno.EINTR) { try memory.withReadable(base, 1, interrupted) }
    }

    @Test func strings() throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 2)
      let end = base + 0x2000
      try memory.copyOut(Array("hello".utf8) + [0], to: end - 6)
      #expect(try memory.readCString(end - 6) == Array("hello".utf8))
      #expect(throws: Errno.EFAULT) {
        try memory.copyOut(Array("!".utf8), to: end - 1)
        return try memory.readCString(end - 6)
      }
      try memory.copyOut([UInt8](repeating: 65, count: 0x1000), to: base + 0x800)
      #expect(try memory.readCString(base + 0x800, max: 0x1001).count == 0x1000)
      #expect(throws: Errno.ENAMETOOLONG) { try memory.readCString(base + 0x800, max: 0x1000) }
      #expect(throws: Errno.E2BIG) { try memory.readCString(base + 0x800, max: 5, tooLong: .E2BIG) }
      #expect(throws: Errno.EFAULT) { try memory.readCString(0) }
      #expect(throws: Errno.EFAULT) { try memory.readCString(.max) }
      #expect(try memory.readCString(base) == [])
    }

    @Test func aStackGrowsForTheKernelToo() throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapStack(top: base, size: 4096)
      try memory.copyOut([1, 2, 3], to: base - 0x8000)
      #expect(memory.vma(containing: base - 1)?.start == base - 0x8000)
    }

    @Test func debuggersSeeAndChangeEverything() throws {
      let memory = try MemoryTests.makeSpace()
      try memory.mapPages(base, 2)
      try memory.copyOut([1, 2, 3, 4], to: base + 0xffe)
      try memory.protect(base, 0x1000, [])
      try memory.protect(base + 0x1000, 0x1000, .read)
      #expect(memory.peek(base + 0xffe, count: 4) == [1, 2, 3, 4])
      #expect(memory.poke(base + 0xfff, [7, 8]) == 2)
      #expect(memory.peek(base + 0xffe, count: 4) == [1, 7, 8, 4])
      #expect(memory.peek(base + 0x1ffe, count: 100).count == 2)
      #expect(memory.peek(.max, count: .max) == [])
      #expect(memory.poke(base - 1, [1]) == 0)
    }
  }
}
