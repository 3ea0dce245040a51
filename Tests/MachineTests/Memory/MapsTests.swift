import Glibc
import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  @Suite struct MapsTests {
    let base = MemoryTests.base

    /// The line for a mapping in the host's /proc/self/maps, which has the guest's memory too.
    func hostLine(_ address: UInt64) -> Substring? {
      let start = String(address, radix: 16)
      return NativeCalls.maps().split(separator: "\n").first { $0.hasPrefix(start + "-") }
    }

    @Test func linesAreTheHosts() throws {
      let memory = try MemoryTests.makeSpace()
      let path = "/tmp/swemu maps \(getpid())"
      let file = open(path, O_RDWR | O_CREAT, 0o600)
      defer { close(file) }
      ftruncate(file, 8 << 12)
      _ = try memory.map(
        at: base, length: 0x3000, protection: .read, flags: [.private, .fixed], descriptor: file, offset: 0x2000)
      _ = try memory.map(
        at: base + 0x10000, length: 0x3000, protection: [.read, .write], flags: [.shared, .fixed], descriptor: file)
      try memory.mapPages(base + 0x20000, 3, [])
      let lines = memory.mapsText.split(separator: "\n")
      #expect(lines.count == 3)
      for (index, vma) in memory.vmas.enumerated() { #expect(hostLine(vma.start) == lines[index]) }
      rename(path, path + "x")
      #expect(memory.mapsText.contains(path + " (deleted)\n"))
      unlink(path + "x")
      for (index, line) in memory.mapsText.split(separator: "\n").enumerated() where index < 2 {
        #expect(line.hasSuffix("/tmp/swemu maps \(getpid()) (deleted)"))
      }
    }

    @Test func namesOfTheProgramsOwnParts() throws {
      let memory = try MemoryTests.makeSpace()
      memory.setBreak(0x1_0000)
      _ = memory.setBreakEnd(0x2_2000)
      try memory.mapStack(top: 1 << 45, size: 0x2_1000)
      memory.stackStart = 1 << 45 - 0x100
      try memory.mapPages(base, 4)
      try memory.setName(base + 0x1000, 0x1000, "cache")
      _ = try memory.mapSpecial(at: base + 0x10000, length: 0x1000, protection: [.read, .execute], name: "[vdso]")
      #expect(
        memory.mapsText == """
          00010000-00022000 rw-p 00000000 00:00 0                                  [heap]
          110000000000-110000001000 rw-p 00000000 00:00 0 
          110000001000-110000002000 rw-p 00000000 00:00 0                          [anon:cache]
          110000002000-110000004000 rw-p 00000000 00:00 0 
          110000010000-110000011000 r-xp 00000000 00:00 0                          [vdso]
          1ffffffdf000-200000000000 rw-p 00000000 00:00 0                          [stack]

          """)
      try memory.setName(base, 0x4000, nil)
      #expect(memory.vmas.count == 4)
      #expect(throws: Errno.ENOMEM) { try memory.setName(base, 0x5000, "x") }
    }
  }
}
