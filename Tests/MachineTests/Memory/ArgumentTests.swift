import Glibc
import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  /// No argument of a guest may stop the emulator, or touch memory that is not the guest's.
  @Suite struct ArgumentTests {
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func anyArgumentsAtAll(seed: UInt64) throws {
      let memory = try MemoryTests.makeSpace()
      memory.setBreak(MemoryTests.base)
      memory.limits.committed = 256 << 20
      memory.limits.mayLockBeyondLimit = true
      var random = Random(state: seed)
      func word() -> UInt64 {
        let limits: [UInt64] = [
          0, 1, 0xfff, 0x1000, 0x1_0000, MemoryTests.base, 0x2200_0000_0000, 1 << 31, 1 << 32, 1 << 45, 1 << 46,
          1 << 47,
          0x7fff_ffff_f000, 1 << 63, ~0, ~0xfff,
        ]
        let near = random.pick(limits) &+ random.pick([0, 0, 1, ~0, 0x1000, 0 &- 0x1000, 0x10000, 0x7ffc] as [UInt64])
        switch random.below(4) {
        case 0: return random.next() >> random.below(64)
        case 1: return near & ~0xfff
        default: return near
        }
      }
      let file = ScratchFile(size: 10000)
      var mapped = 0
      for _ in 0..<20000 {
        var (a, b, c, d) = (word(), word(), word(), word())
        // Mostly arguments that could be right.
        if random.below(4) != 0 {
          a = MemoryTests.base + random.below(600) << 12
          b = (random.below(40) + 1) << 12
          d = random.below(4) << 12
        }
        if random.below(4) == 0 { c = MemoryTests.base + random.below(600) << 12 }
        switch random.below(24) {
        case 0...4:
          // Not populated: that would truly use memory.
          let flags = MapFlags(
            rawValue: random.pick([0, 0, random.next() & 0x3b_50f0] as [UInt64])
              | random.pick([1, 2, 0x12, 0x22, 0x32] as [UInt64]))
          let address = try? memory.map(
            at: a, length: b, protection: .init(rawValue: c & 7), flags: flags, descriptor: file.descriptor, offset: d)
          if address != nil { mapped += 1 }
        case 5: try? memory.unmap(a, b)
        case 6: try? memory.protect(a, b, .init(rawValue: c))
        case 7, 8: _ = try? memory.remap(a, b, c, .init(rawValue: d & 7), to: random.below(2) == 0 ? c : random.next())
        case 9: _ = memory.setBreakEnd(a)
        case 10: try? memory.advise(a, b, random.pick([0, 1, 2, 3, 4, 8, 9, 10, 11, 16, 18, 100, 101, 102, a]))
        case 11: try? memory.sync(a, b, .init(rawValue: c))
        case 12: try? memory.inCore(a, min(b, 1 << 30), vector: c)
        case 13: try? memory.unlock(a, b)
        case 14:
          _ = memory.fault(
            address: a, access: random.pick([.read, .write, .execute]), size: Int(bitPattern: UInt(b)) & 0x3fff - 0x100)
        case 15: _ = try? memory.copyIn(a, count: b & 0xffff)
        case 16: _ = try? memory.copyIn(a, count: b | 1 << 46)
        case 17: _ = memory.readablePrefix(a, b & 0xff_ffff)
        case 18: _ = memory.writablePrefix(a, b & 0xffff)
        case 19: _ = try? memory.readCString(a, max: b)
        case 20: memory.fileWritten(device: a, inode: b, start: c, end: d, truncated: true)
        case 21: memory.markCode(page: random.below(2) == 0 ? a : a >> 12)
        case 22: memory.setWatched(a, a &+ (b & 0xf_ffff), c & 1 == 0)
        default: _ = (memory.peek(a, count: b & 0xffff), memory.poke(a, [1, 2, 3]), memory.mapsText.isEmpty)
        }
      }
      memory.checkInvariants()
      #expect(memory.vmas.allSatisfy { $0.start >= 0x1_0000 && $0.end <= 1 << 46 && $0.start < $0.end })
      #expect(mapped > 200)
      memory.removeAll()
      #expect(memory.vmas.isEmpty && memory.usage == MemoryUsage() && memory.codePages == 0)
    }
  }
}
