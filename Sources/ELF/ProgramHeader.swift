/// One entry of the program header table (`Elf64_Phdr`; System V gABI, chapter 5).
package struct ProgramHeader: Hashable, Sendable {
  package static let size = 56

  package var type: SegmentType
  package var flags: SegmentFlags
  package var offset: UInt64
  package var virtualAddress: UInt64
  package var physicalAddress: UInt64
  package var fileSize: UInt64
  package var memorySize: UInt64
  package var alignment: UInt64

  package init(
    type: SegmentType, flags: SegmentFlags = [], offset: UInt64 = 0, virtualAddress: UInt64 = 0,
    physicalAddress: UInt64 = 0, fileSize: UInt64 = 0, memorySize: UInt64 = 0, alignment: UInt64 = 0
  ) {
    self.type = type
    self.flags = flags
    self.offset = offset
    self.virtualAddress = virtualAddress
    self.physicalAddress = physicalAddress
    self.fileSize = fileSize
    self.memorySize = memorySize
    self.alignment = alignment
  }

  /// The entry at byte `offset` of `bytes`; nil unless it is there in full.
  package init?(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    let view = ByteView(bytes)
    guard offset >= 0, offset <= bytes.count - ProgramHeader.size else { return nil }
    func field<T: FixedWidthInteger>(_ place: Int) -> T { view.integer(offset + place) ?? 0 }
    type = SegmentType(rawValue: field(0))
    flags = SegmentFlags(rawValue: field(4))
    self.offset = field(8)
    virtualAddress = field(16)
    physicalAddress = field(24)
    fileSize = field(32)
    memorySize = field(40)
    alignment = field(48)
  }

  /// All whole entries in `bytes`.
  package static func table(_ bytes: UnsafeRawBufferPointer) -> [ProgramHeader] {
    stride(from: 0, through: bytes.count - size, by: size).compactMap { ProgramHeader(bytes, at: $0) }
  }
}

/// `PT_*` (linux/elf.h).
package struct SegmentType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package var rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let null = Self(rawValue: 0)
  package static let load = Self(rawValue: 1)
  package static let dynamic = Self(rawValue: 2)
  package static let interpreter = Self(rawValue: 3)
  package static let note = Self(rawValue: 4)
  package static let programHeaders = Self(rawValue: 6)
  package static let tls = Self(rawValue: 7)
  package static let gnuStack = Self(rawValue: 0x6474_e551)
  package static let gnuRelro = Self(rawValue: 0x6474_e552)
  package static let gnuProperty = Self(rawValue: 0x6474_e553)

  package var description: String {
    switch self {
    case .null: "PT_NULL"
    case .load: "PT_LOAD"
    case .dynamic: "PT_DYNAMIC"
    case .interpreter: "PT_INTERP"
    case .note: "PT_NOTE"
    case .programHeaders: "PT_PHDR"
    case .tls: "PT_TLS"
    case .gnuStack: "PT_GNU_STACK"
    case .gnuRelro: "PT_GNU_RELRO"
    case .gnuProperty: "PT_GNU_PROPERTY"
    case SegmentType(rawValue: 0x6474_e550): "PT_GNU_EH_FRAME"
    default: "0x" + String(rawValue, radix: 16)
    }
  }
}

/// `PF_*`.
package struct SegmentFlags: OptionSet, Hashable, Sendable {
  package var rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let execute = Self(rawValue: 1)
  package static let write = Self(rawValue: 2)
  package static let read = Self(rawValue: 4)
}
