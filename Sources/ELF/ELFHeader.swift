/// The header of a 64-bit little-endian ELF file (`Elf64_Ehdr`; System V gABI, chapter 4; man 5 elf).
///
/// The fields are as found: no value is checked, because the kernel checks only some of them.
package struct ELFHeader: Hashable, Sendable {
  package static let size = 64

  package var fileClass: UInt8
  package var data: UInt8
  package var identVersion: UInt8
  package var osABI: UInt8
  package var type: ELFType
  package var machine: ELFMachine
  package var version: UInt32
  package var entry: UInt64
  package var programHeaderOffset: UInt64
  package var sectionHeaderOffset: UInt64
  package var flags: UInt32
  package var headerSize: UInt16
  package var programHeaderSize: UInt16
  package var programHeaderCount: UInt16
  package var sectionHeaderSize: UInt16
  package var sectionHeaderCount: UInt16
  package var sectionNameIndex: UInt16

  /// Reads the header, whatever the class and byte order that the file claims; nil without the magic number or the
  /// 64 bytes.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    let view = ByteView(bytes)
    guard bytes.count >= ELFHeader.size, ELFHeader.hasMagic(view) else { return nil }
    func field<T: FixedWidthInteger>(_ offset: Int) -> T { view.integer(offset) ?? 0 }
    fileClass = field(4)
    data = field(5)
    identVersion = field(6)
    osABI = field(7)
    type = ELFType(rawValue: field(16))
    machine = ELFMachine(rawValue: field(18))
    version = field(20)
    entry = field(24)
    programHeaderOffset = field(32)
    sectionHeaderOffset = field(40)
    flags = field(48)
    headerSize = field(52)
    programHeaderSize = field(54)
    programHeaderCount = field(56)
    sectionHeaderSize = field(58)
    sectionHeaderCount = field(60)
    sectionNameIndex = field(62)
  }

  /// `\x7fELF`.
  package static func hasMagic(_ view: ByteView) -> Bool { view[0] == 0x7f && view.has("ELF", at: 1) }
}

/// `ET_*`.
package struct ELFType: RawRepresentable, Hashable, Sendable {
  package var rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let relocatable = Self(rawValue: 1)
  package static let executable = Self(rawValue: 2)
  /// Shared objects and position-independent executables.
  package static let shared = Self(rawValue: 3)
  package static let core = Self(rawValue: 4)
}

/// `ELFCLASS*` and `ELFDATA*` of `e_ident`.
package enum ELFIdent {
  package static let class32: UInt8 = 1
  package static let class64: UInt8 = 2
  package static let littleEndian: UInt8 = 1
  package static let bigEndian: UInt8 = 2
}
