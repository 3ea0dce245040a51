/// One entry of the section header table (`Elf64_Shdr`; System V gABI, chapter 4).
package struct SectionHeader: Hashable, Sendable {
  package static let size = 64

  /// Offset of the name in the section name string table.
  package var name: UInt32
  package var type: SectionType
  package var flags: UInt64
  package var address: UInt64
  package var offset: UInt64
  package var byteCount: UInt64
  /// Index of a related section: for symbols, their string table.
  package var link: UInt32
  package var info: UInt32
  package var alignment: UInt64
  package var entrySize: UInt64

  /// The entry at byte `offset` of `bytes`; nil unless it is there in full.
  package init?(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    let view = ByteView(bytes)
    guard offset >= 0, offset <= bytes.count - SectionHeader.size else { return nil }
    func field<T: FixedWidthInteger>(_ place: Int) -> T { view.integer(offset + place) ?? 0 }
    name = field(0)
    type = SectionType(rawValue: field(4))
    flags = field(8)
    address = field(16)
    self.offset = field(24)
    byteCount = field(32)
    link = field(40)
    info = field(44)
    alignment = field(48)
    entrySize = field(56)
  }
}

/// `SHT_*`.
package struct SectionType: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let null = Self(rawValue: 0)
  package static let programBits = Self(rawValue: 1)
  package static let symbolTable = Self(rawValue: 2)
  package static let stringTable = Self(rawValue: 3)
  package static let note = Self(rawValue: 7)
  package static let noBits = Self(rawValue: 8)
  package static let dynamicSymbols = Self(rawValue: 11)
}
