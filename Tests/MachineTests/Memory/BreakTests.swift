import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  /// Results of brk as a C program got them from the kernel (Linux 6.18).
  @Suite struct BreakTests {
    let start = MemoryTests.base

    func lines(_ memory: AddressSpace) -> [String] {
      memory.vmas.map { vma in
        "\(String(vma.start - start, radix: 16))-\(String(vma.end - start, radix: 16)) \(vma.protection.rawValue)"
      }
    }

    @Test func growsAndShrinks() throws {
      let memory = try MemoryTests.makeSpace()
      memory.setBreak(start)
      func brk(_ offset: UInt64) -> UInt64 { memory.setBreakEnd(start &+ offset) &- start }
      #expect(brk(0x3000) == 0x3000)
      #expect(brk(0x3001) == 0x3001)
      #expect(brk(0x3100) == 0x3100)
      #expect(lines(memory) == ["0-4000 3"])
      try memory.write(UInt8(9), to: start + 0x3fff)
      #expect(brk(0x1000) == 0x1000)
      #expect(brk(0 &- 0x10_0000) == 0x1000)
      #expect(memory.setBreakEnd(0) == start + 0x1000)
      #expect(memory.setBreakEnd(.max) == start + 0x1000)
      #expect(memory.setBreakEnd(0x7fff_ffff_f001) == start + 0x1000)
      #expect(memory.setBreakEnd(1 << 46) == start + 0x1000)
      #expect(lines(memory) == ["0-1000 3"])
    }

    @Test func keepsAPageFree() throws {
      let memory = try MemoryTests.makeSpace()
      memory.setBreak(start)
      func brk(_ offset: UInt64) -> UInt64 { memory.setBreakEnd(start &+ offset) &- start }
      #expect(brk(0x1000) == 0x1000)
      try memory.mapPages(start + 0x8000, 1)
      #expect(brk(0x8000) == 0x1000)
      #expect(brk(0x7000) == 0x7000)
      #expect(brk(0x7001) == 0x7000)
      try memory.mapPages(start + 0x2000, 2, .read)
      #expect(lines(memory) == ["0-2000 3", "2000-4000 1", "4000-7000 3", "8000-9000 3"])
      #expect(brk(0x2000) == 0x2000)
      #expect(lines(memory) == ["0-2000 3", "8000-9000 3"])
      try memory.unmap(start, 0x2000)
      #expect(brk(0x5000) == 0x5000)
      #expect(lines(memory) == ["2000-5000 3", "8000-9000 3"])
      try memory.unmap(start + 0x1000, 0x4000)
      #expect(brk(0x3000) == 0x5000)
    }

    @Test func keepsItsDistanceFromStacks() throws {
      let memory = try MemoryTests.makeSpace()
      memory.setBreak(start)
      func brk(_ offset: UInt64) -> UInt64 { memory.setBreakEnd(start &+ offset) &- start }
      _ = try memory.map(
        at: start + 0x20_0000, length: 4096, protection: [.read, .write],
        flags: [.private, .anonymous, .fixed, .growsDown])
      #expect(brk(0x10_0000) == 0)
      #expect(brk(0xff000) == 0xff000)
    }

    @Test func countsTheDataSegmentToo() throws {
      let memory = try MemoryTests.makeSpace()
      memory.setBreak(start)
      memory.programDataSize = 0x1800
      memory.limits.data = 0x4000
      #expect(memory.setBreakEnd(start + 0x2800) == start + 0x2800)
      #expect(memory.setBreakEnd(start + 0x2801) == start + 0x2800)
    }
  }
}
