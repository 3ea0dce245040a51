import Testing

@testable import ELF

@Suite struct SymbolTableTests {
  private func table() throws -> SymbolTable { SymbolTable(try #require(ELFFile(ELFBytes(exampleFile())))) }

  private func name(_ address: UInt64) throws -> String? {
    let table = try table()
    return table.find(address).map { found in
      table.name(of: found.symbol) + (found.offset == 0 ? "" : "+\(found.offset)")
    }
  }

  @Test func findsTheSymbolThatContainsAnAddress() throws {
    #expect(try name(0x401000) == "main")
    #expect(try name(0x40101f) == "main+31")
    #expect(try name(0x401020) == "helper")
    #expect(try name(0x402050) == "table+80")
  }

  @Test func prefersGlobalNames() throws {
    // main_alias is local and lies at the same place.
    #expect(try name(0x401004) == "main+4")
  }

  @Test func usesLabelsWithoutSizeOnlyWhereNothingElseFits() throws {
    #expect(try name(0x401040) == "label")
    #expect(try name(0x401048) == "label+8")
    #expect(try name(0x401030) == nil)
    #expect(try name(0x400fff) == nil)
  }

  @Test func skipsUndefinedSymbols() throws { #expect(try name(0x409000) == nil) }

  @Test func findsAddressesOfNames() throws {
    let table = try table()
    #expect(table.address(of: "helper") == 0x401020)
    #expect(table.address(of: "help") == nil)
    #expect(table.address(of: "nothing") == nil)
  }

  @Test func isEmptyForAFileWithoutSections() throws {
    var bytes = exampleFile()
    for index in 40..<48 { bytes[index] = 0 }
    #expect(SymbolTable(try #require(ELFFile(ELFBytes(bytes)))).isEmpty)
  }
}
