import Testing

@testable import ELF

@Suite struct ELFFileTests {
  @Test func readsHeaderAndTables() throws {
    let file = try #require(ELFFile(ELFBytes(exampleFile())))
    #expect(file.header.type == .executable)
    #expect(file.header.machine == .x86_64)
    #expect(file.header.entry == 0x401000)
    #expect(file.programHeaders.count == 1)
    #expect(file.programHeaders.first?.type == .load)
    #expect(file.programHeaders.first?.flags == [.read, .execute])
    #expect(file.sections.count == 4)
    #expect(file.sections.map { file.name(of: $0) } == ["", ".symtab", ".strtab", ".shstrtab"])
  }

  @Test func refusesOtherClassesAndByteOrders() {
    for (offset, value) in [(4, 1), (4, 0), (5, 2), (0, 0)] {
      var bytes = exampleFile()
      bytes[offset] = UInt8(value)
      #expect(ELFFile(ELFBytes(bytes)) == nil)
    }
  }

  @Test func translatesFileOffsets() throws {
    let file = try #require(ELFFile(ELFBytes(exampleFile())))
    #expect(file.programHeaders.virtualAddress(ofFileOffset: 120) == 0x401000)
    #expect(file.programHeaders.virtualAddress(ofFileOffset: 130) == 0x40100a)
    #expect(file.programHeaders.virtualAddress(ofFileOffset: 0x5000) == nil)
  }

  @Test func takesTheSectionCountFromTheFirstEntryWhereTheHeaderHasNone() throws {
    var bytes = exampleFile()
    let table = Int(bytes[40]) | Int(bytes[41]) << 8
    bytes[60] = 0
    bytes[61] = 0
    bytes[table + 32] = 4
    #expect(try #require(ELFFile(ELFBytes(bytes))).sections.count == 4)
  }
}
