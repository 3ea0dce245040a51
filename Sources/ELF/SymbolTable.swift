/// The named places of an ELF file, by address: `.symtab`, or `.dynsym` where the file was stripped.
package struct SymbolTable: Sendable {
  /// One symbol; its address is as linked.
  package struct Symbol: Hashable, Sendable {
    package var address: UInt64
    /// 0 where the file does not say.
    package var size: UInt64
    fileprivate var name: UInt32
    /// Function before object before label, global before local: which of several names for one place is shown.
    fileprivate var rank: UInt8

    /// A variable (STT_OBJECT).
    package var isObject: Bool { rank >> 1 == 1 }
  }

  /// Sorted by address, then by rank.
  private let symbols: [Symbol]
  private let names: [UInt8]

  /// An entry of the table (`Elf64_Sym`).
  private static let entrySize = 24

  package init(_ file: ELFFile) {
    let section =
      file.sections.first { $0.type == .symbolTable && $0.byteCount != 0 }
      ?? file.sections.first { $0.type == .dynamicSymbols }
    guard let section, file.sections.indices.contains(Int(section.link)),
      let table = file.contents(section), let names = file.contents(file.sections[Int(section.link)])
    else {
      symbols = []
      self.names = []
      return
    }
    self.names = names
    symbols = table.withUnsafeBytes { bytes in
      stride(from: 0, through: bytes.count - Self.entrySize, by: Self.entrySize)
        .compactMap { Self.symbol(ByteView(bytes), $0) }
    }.sorted { ($0.address, $0.rank) < ($1.address, $1.rank) }
  }

  private static func symbol(_ view: ByteView, _ offset: Int) -> Symbol? {
    guard let name: UInt32 = view.integer(offset), let info = view[offset + 4],
      let section: UInt16 = view.integer(offset + 6), let address: UInt64 = view.integer(offset + 8),
      let size: UInt64 = view.integer(offset + 16), name != 0, section != 0
    else { return nil }
    let kind: UInt8
    switch info & 15 {
    case 2, 10: kind = 0  // STT_FUNC, STT_GNU_IFUNC
    case 1: kind = 2  // STT_OBJECT
    case 0: kind = 4  // STT_NOTYPE: labels of assembly code
    default: return nil
    }
    // STB_LOCAL is 0.
    return Symbol(address: address, size: size, name: name, rank: info >> 4 == 0 ? kind + 1 : kind)
  }

  package var isEmpty: Bool { symbols.isEmpty }
  package var count: Int { symbols.count }

  package func name(of symbol: Symbol) -> String {
    names.withUnsafeBytes { ByteView($0).string(at: Int(symbol.name)) } ?? ""
  }

  /// The symbol that `address` belongs to, and how far it lies behind its start.
  package func find(_ address: UInt64) -> (symbol: Symbol, offset: UInt64)? {
    // The first symbol behind the address.
    var low = 0
    var high = symbols.count
    while low < high {
      let middle = (low + high) / 2
      if symbols[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    // Of those at or before it, the nearest that contains it; else the nearest label without a size.
    let nearest = symbols[low - 1].address
    var index = low - 1
    var fallback: Symbol?
    for _ in 0..<64 {
      let symbol = symbols[index]
      let distance = address &- symbol.address
      if distance < symbol.size {
        // Of several names, the first in rank.
        while index > 0, symbols[index - 1].address == symbol.address, distance < symbols[index - 1].size { index -= 1 }
        return (symbols[index], distance)
      }
      if symbol.size == 0, symbol.address == nearest { fallback = symbol }
      guard index > 0 else { break }
      index -= 1
    }
    return fallback.map { ($0, address &- $0.address) }
  }

  /// Names that begin with `prefix`, sorted, each once.
  package func names(withPrefix prefix: String, limit: Int) -> [String] {
    let wanted = Array(prefix.utf8)
    var found: Set<String> = []
    for symbol in symbols {
      let start = Int(symbol.name)
      guard start + wanted.count <= names.count, names[start..<start + wanted.count].elementsEqual(wanted) else {
        continue
      }
      found.insert(name(of: symbol))
      if found.count >= limit { break }
    }
    return found.sorted()
  }

  /// The address of a named symbol.
  package func address(of name: String) -> UInt64? { symbol(named: name)?.address }

  /// The first symbol of a name.
  package func symbol(named name: String) -> Symbol? {
    let wanted = Array(name.utf8) + [0]
    return symbols.first { symbol in
      let start = Int(symbol.name)
      return start <= names.count - wanted.count && names[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}
