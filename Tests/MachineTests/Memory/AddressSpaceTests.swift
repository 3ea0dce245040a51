import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  @Suite struct AddressSpaceTests {
    @Test func mapsWritesAndUnmaps() throws {
      let memory = try AddressSpace()
      let address = try memory.map(at: 0, length: 0x3000, protection: [.read, .write], flags: [.private, .anonymous])
      try memory.copyOut([1, 2, 3], to: address + 0xfff)
      #expect(try memory.copyIn(address + 0xffe, count: 5) == [0, 1, 2, 3, 0])
      #expect(memory.residentPages == 2)
      try memory.protect(address, 0x1000, .read)
      #expect(throws: Errno.EFAULT) { try memory.copyOut([1], to: address) }
      #expect(memory.vmas.map(\.start) == [address, address + 0x1000])
      try memory.unmap(address, 0x3000)
      #expect(throws: Errno.EFAULT) { try memory.copyIn(address, count: 1) }
      #expect(memory.vmas.isEmpty)
    }

    @Test func growsAndShrinksTheBreak() throws {
      let memory = try AddressSpace()
      memory.setBreak(0x50_0010)
      #expect(memory.setBreakEnd(0) == 0x50_0010)
      #expect(memory.setBreakEnd(0x50_3000) == 0x50_3000)
      try memory.write(UInt64(7), to: 0x50_2ff8)
      #expect(memory.setBreakEnd(0x50_1000) == 0x50_1000)
      #expect(throws: Errno.EFAULT) { try memory.read(0x50_2ff8, as: UInt64.self) }
    }
  }
}
