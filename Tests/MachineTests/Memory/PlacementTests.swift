import LinuxABI
import Testing

@testable import Machine

extension MemoryTests {
  /// Where mappings go. A C program made the same calls on the kernel (Linux 6.18, `setarch -R`) and printed the same
  /// distances from the top of its first mapping.
  ///
  /// Guest addresses are host addresses, so other suites of the same process could lie in the way: each test runs in a
  /// process of its own.
  @Suite struct PlacementTests {
    @Test func followsTheKernel() async {
      await #expect(processExitsWith: .success) { try MemoryTests.PlacementTests.followTheKernel() }
    }

    @Test func findsTheHighestGapWhateverItRemembers() async {
      await #expect(processExitsWith: .success) { try MemoryTests.PlacementTests.findTheHighestGap() }
    }

    @Test func avoidsWhatIsNotTheGuests() async {
      await #expect(processExitsWith: .success) { try MemoryTests.PlacementTests.avoidWhatIsNotTheGuests() }
    }

    @Test func mapsBelowTheLimitOnlyWhatIsThere() async {
      await #expect(processExitsWith: .success) { try MemoryTests.PlacementTests.mapBelowTheLimit() }
    }

    private static func followTheKernel() throws {
      var layout = AddressSpaceLayout()
      let top: UInt64 = 0x2200_0000_0000 - 0x9000
      layout.mmapBase = top
      let memory = try AddressSpace(layout: layout)
      var found: [String] = []
      @discardableResult
      func map(_ hint: UInt64, _ length: UInt64, _ flags: MapFlags = []) -> UInt64 {
        let type: MapFlags = flags.contains(.shared) ? .anonymous : [.anonymous, .private]
        do throws(Errno) {
          let address = try memory.map(at: hint, length: length, protection: [.read, .write], flags: flags.union(type))
          found.append(address < 1 << 32 ? "@" + String(address, radix: 16) : String(top - address, radix: 16))
          return address
        } catch {
          found.append("\(-error.rawValue)")
          return 0
        }
      }
      func expect(_ wanted: String, _ location: SourceLocation = #_sourceLocation) {
        #expect(found.joined(separator: " ") == wanted, sourceLocation: location)
        found = []
      }
      map(0, 0x1000)
      let second = map(0, 0x2000)
      map(0, 2 << 20)
      map(0, 0x1000)
      map(0, 6 << 20)
      map(0, 2 << 20, .shared)
      map(0, 3 << 20)
      expect("1000 3000 3f7000 4000 9f7000 bf7000 ef7000")
      map(0, 0x4000, .growsDown)
      map(0, 0x4000)
      try memory.unmap(second, 0x2000)
      map(0, 0x1000)
      map(0, 0x1000)
      map(0, 0x1000)
      expect("8000 10c000 2000 3000 10d000")

      let far = top - 1 << 30
      map(far, 0x1000)
      map(far, 0x1000)
      map(far + 0x2345, 0x1000)
      map(far - 0x1000, 0x2000)
      map(1, 0x1000)
      map(0x1000, 0x1000)
      expect("40000000 10e000 3fffe000 110000 111000 @10000")
      map(0, 0x1000, .below2GiB)
      map(0, 3 << 20, .below2GiB)
      map(0x5000_0000, 0x1000, .below2GiB)
      map(0x2000_0000, 0x1000, .below2GiB)
      map(0x9000_0000, 0x1000, .below2GiB)
      map(0, 1 << 30, .below2GiB)
      map(0x3000_0000, 0x1000, .above4GiB)
      expect("@40000000 @40001000 @50000000 @20000000 @40301000 -12 @30000000")

      map(far + 0x10_0000, 0x1000, .growsDown)
      let stack = map(far - 1 << 30, 0x1000, .growsDown)
      map(stack - 0x8_0000, 0x1000)
      map(stack - 0x10_1000, 0x1000)
      expect("3ff00000 80000000 112000 80101000")
      map(0, 1 << 47, .noReserve)
      map(0, ~0xfff)
      map(0x7fff_ffff_f000, 0x1000, .fixed)
      map(far - 8 << 30, 0x1000, .fixedNoReplace)
      map(far - 8 << 30, 0x1000, .fixedNoReplace)
      expect("-12 -12 -12 240000000 -17")
      // Where swemu's own memory is, a program finds none.
      map((1 << 46) - 0x1000, 0x2000, .fixed)
      map(0x4000_0000_0000, 0x1000, .fixed)
      map(0x5555_5555_5000, 0x1000)
      map(0x8000, 0x1000, .fixed)
      expect("-12 -12 113000 -1")
    }

    /// What a search remembers must not change what it finds.
    private static func findTheHighestGap() throws {
      let top: UInt64 = 0x2200_0000_0000
      let memory = try MemoryTests.makeSpace()
      var random = Random(state: 5)
      for step in 0..<3000 {
        let length = (random.below(random.pick([2, 8, 40])) + 1) << 12
        if random.below(5) < 2, let victim = memory.vmas.randomElement() {
          let start = victim.start + random.below(victim.pages) << 12
          try memory.unmap(start, length)
          continue
        }
        // vm_unmapped_area, word for word: the highest gap, and once more below the guard gap of a stack above it.
        let vmas = memory.vmas
        var limit = top
        var highest: UInt64 = 0
        search: while true {
          for index in (0...vmas.count).reversed() {
            let end = index == vmas.count ? limit : min(limit, vmas[index].start)
            let start = index == 0 ? 0x10000 : vmas[index - 1].end
            guard end >= start, end - start >= length else { continue }
            if index < vmas.count, vmas[index].startWithGap < end {
              limit = vmas[index].startWithGap
              continue search
            }
            highest = end
            break search
          }
        }
        let flags: MapFlags =
          step > 1500 && random.below(20) == 0 ? [.private, .anonymous, .growsDown] : [.private, .anonymous]
        let rights = random.pick([.read, [], .execute] as [ProtectionFlags])
        let address = try memory.map(at: 0, length: length, protection: rights, flags: flags)
        guard address == highest - length else {
          Issue.record("step \(step): \(String(address, radix: 16)) instead of \(String(highest - length, radix: 16))")
          return
        }
      }
    }

    /// Memory of the host's that no VMA accounts for is left alone.
    private static func avoidWhatIsNotTheGuests() throws {
      let other = try MemoryTests.makeSpace()
      let foreign = try other.map(at: 0, length: 0x10000, protection: .read, flags: [.private, .anonymous])
      let memory = try MemoryTests.makeSpace()
      let found = try memory.map(at: 0, length: 0x1000, protection: .read, flags: [.private, .anonymous])
      #expect(found < foreign)
      let hinted = try memory.map(at: foreign, length: 0x1000, protection: .read, flags: [.private, .anonymous])
      #expect(hinted < foreign)
      #expect(throws: Errno.ENOMEM) {
        try memory.map(at: foreign, length: 0x1000, protection: .read, flags: [.private, .anonymous, .fixed])
      }
      #expect(memory.failure(foreign, .read)?.reason == .mapError)
      #expect(try other.read(foreign, as: UInt8.self) == 0)
    }

    @Test func layoutWithoutRandomness() {
      let layout = AddressSpaceLayout(stackLimit: 8 << 20)
      #expect(layout.stackTop == 0x3fff_ffff_f000)
      #expect(layout.mmapBase == 0x3fff_f7ff_f000)
      #expect(layout.positionIndependentBase == 0x2aaa_aaaa_a000)
      #expect(AddressSpaceLayout(stackLimit: 8 << 20) == layout)
    }

    @Test func randomLayoutsKeepTheirDistances() {
      var random = Random(state: 1)
      for limit in [0, 8 << 20, 1 << 40, .max] as [UInt64] {
        for _ in 0..<200 {
          let layout = AddressSpaceLayout(stackLimit: limit, random: { random.next() })
          #expect(layout.stackTop < GuestAddress.ceiling)
          #expect(layout.mmapBase < layout.stackTop && layout.mmapBase > 1 << 40)
          #expect(layout.positionIndependentBase >> 40 < 0x2c)
          #expect(layout.stackPointerOffset % 16 == 0 && layout.breakOffset % 4096 == 0)
        }
      }
    }

    private static func mapBelowTheLimit() throws {
      // Without room below, the search goes on upwards, and at last fails.
      var layout = AddressSpaceLayout()
      layout.mmapBase = 0x4_0000
      layout.legacyMmapBase = GuestAddress.ceiling - 0x10_0000
      let memory = try AddressSpace(layout: layout)
      func map(_ length: UInt64) throws -> UInt64 {
        try memory.map(at: 0, length: length, protection: [], flags: [.private, .anonymous, .noReserve])
      }
      #expect(try map(0x3_0000) == 0x1_0000)
      #expect(try map(0x1000) == GuestAddress.ceiling - 0x10_0000)
      #expect(throws: Errno.ENOMEM) { try map(0xff000) }
      #expect(try map(0xfe000) == GuestAddress.ceiling - 0xff000)
    }
  }
}
