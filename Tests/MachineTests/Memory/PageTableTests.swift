import Testing

@testable import Machine

@Suite struct PageTableTests {
  let all: UInt8 = 0xe7

  @Test func isSparse() throws {
    let table = try PageTable()
    defer { table.destroy() }
    for page in [0, 1, 4095, 4096, 1 << 20, (1 << 34) - 1] as [UInt64] { table[page] = all }
    #expect(table.count(0, 1 << 34, having: 0x80) == 6)
    #expect(table.count(1, 4096, having: 0x80) == 2)
    #expect(table.count(4097, 1 << 20, having: 0x80) == 0)
    table.clear(1, 4096)
    #expect(table[0] == all && table[1] == 0 && table[4095] == 0 && table[4096] == all)
    table.clear(0, 1 << 34)
    #expect(table.count(0, 1 << 34, having: 0) == 0)
    #expect(table[(1 << 34) - 1] == 0)
    table[5] = all
    #expect(table.count(0, 100, having: all) == 1)
  }

  @Test func clearsWholeLeavesAndParts() throws {
    let table = try PageTable()
    defer { table.destroy() }
    var random = Random(state: 3)
    for _ in 0..<40 {
      for page in stride(from: 0 as UInt64, to: 100 << 12, by: 1000) { table[page] = all }
      let first = random.below(100 << 12)
      let end = first + random.below((100 << 12) - first + 1)
      table.clear(first, end)
      for page in stride(from: 0 as UInt64, to: 100 << 12, by: 1000) {
        #expect(table[page] == (page >= first && page < end ? 0 : all))
      }
    }
  }

  @Test func movesBits() throws {
    let table = try PageTable()
    defer { table.destroy() }
    for page in 0..<10000 as Range<UInt64> { table[page] = UInt8(truncatingIfNeeded: page) | 1 }
    table[60000] = all
    table.move(from: 1000, to: 55000, count: 8000)
    for page in 0..<8000 as Range<UInt64> {
      #expect(table[1000 + page] == 0)
      #expect(table[55000 + page] == UInt8(truncatingIfNeeded: 1000 + page) | 1)
    }
    #expect(table[999] != 0 && table[9000] != 0)
  }

  @Test func protectsWhatIsPresent() throws {
    let table = try PageTable()
    defer { table.destroy() }
    for bits in 0...255 as ClosedRange<UInt64> { table[bits] = UInt8(bits) }
    table.protect(0, 256, [.read, .write, .execute])
    for before in 0...255 as ClosedRange<UInt8> {
      let after = table[UInt64(before)]
      let watched = before & PageBits.watched != 0
      let present = before & PageBits.present != 0
      #expect(after & 0xf8 == before & 0xf8)
      #expect((after & PageBits.readable != 0) == (present && !watched))
      #expect((after & PageBits.executable != 0) == present)
      let clean = before & (PageBits.dirty | PageBits.hasCode) != PageBits.dirty
      #expect((after & PageBits.writable != 0) == (present && !watched && !clean))
    }
    table.protect(0, 256, [])
    #expect((0...255 as ClosedRange<UInt64>).allSatisfy { table[$0] & 7 == 0 })
  }
}
