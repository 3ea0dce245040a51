import ELF

/// How to find a function's caller: `.eh_frame` (System V ABI; Linux Standard Base Core, 10.6; DWARF 5, 6.4).
package struct FrameTable: Sendable {
  /// How to recover a register of the caller.
  package enum Rule: Sendable, Equatable {
    case undefined
    case same
    /// Stored at CFA + offset.
    case offset(Int64)
    /// Is CFA + offset.
    case valueOffset(Int64)
    /// Is in another register.
    case register(UInt64)
    /// Stored where the expression says; or is its value.
    case expression([UInt8])
    case valueExpression([UInt8])
  }

  package enum CFA: Sendable, Equatable {
    case register(UInt64, Int64)
    case expression([UInt8])
  }

  /// The rules that hold at one instruction.
  package struct Row: Sendable, Equatable {
    package var cfa: CFA = .register(7, 8)
    /// By DWARF's register numbers (System V ABI, figure 3.36); those not listed keep their values.
    package var rules: [UInt64: Rule] = [:]
    package var returnRegister: UInt64 = 16
    /// A signal's return: the address belongs to the interrupted instruction itself, not behind a call.
    package var isSignalFrame = false
  }

  struct Entry: Sendable {
    var range: Range<UInt64>
    var commonOffset: Int
    var instructions: Range<Int>
  }

  private let bytes: [UInt8]
  /// The address of the section's first byte.
  private let address: UInt64
  private let entries: [Entry]
  private let commons: [Int: CommonEntry]

  package init(_ file: ELFFile) {
    guard let section = file.sections.first(where: { file.name(of: $0) == ".eh_frame" }),
      let contents = file.contents(section)
    else {
      self.init(bytes: [], address: 0)
      return
    }
    self.init(bytes: contents, address: section.address)
  }

  package init(bytes: [UInt8], address: UInt64) {
    self.bytes = bytes
    self.address = address
    var parser = FrameParser(bytes: bytes, address: address)
    parser.run()
    entries = parser.entries.sorted { $0.range.lowerBound < $1.range.lowerBound }
    commons = parser.commons
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// The rules at `address`; nil where no entry covers it.
  package func row(at address: UInt64) -> Row? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].range.lowerBound <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, entries[low - 1].range.contains(address), let common = commons[entries[low - 1].commonOffset] else {
      return nil
    }
    let entry = entries[low - 1]
    var program = FrameProgram(bytes: bytes, sectionAddress: self.address, common: common)
    program.row.isSignalFrame = common.isSignalFrame
    program.row.returnRegister = common.returnRegister
    program.execute(common.instructions, from: entry.range.lowerBound, to: nil)
    program.initial = program.row
    program.execute(entry.instructions, from: entry.range.lowerBound, to: address)
    return program.row
  }

  /// Where the function begins that `address` belongs to.
  package func functionStart(_ address: UInt64) -> UInt64? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].range.lowerBound <= address { low = middle + 1 } else { high = middle }
    }
    return low > 0 && entries[low - 1].range.contains(address) ? entries[low - 1].range.lowerBound : nil
  }
}

/// A CIE.
struct CommonEntry: Sendable {
  var codeAlignment: UInt64
  var dataAlignment: Int64
  var returnRegister: UInt64
  var pointerEncoding: UInt8
  var hasAugmentation: Bool
  var isSignalFrame: Bool
  var instructions: Range<Int>
}

/// Collects the entries of `.eh_frame`.
struct FrameParser {
  let bytes: [UInt8]
  let address: UInt64
  var entries: [FrameTable.Entry] = []
  var commons: [Int: CommonEntry] = [:]

  init(bytes: [UInt8], address: UInt64) {
    self.bytes = bytes
    self.address = address
  }

  mutating func run() {
    var start = 0
    while start + 4 <= bytes.count {
      var cursor = Cursor(bytes, start)
      let (length, _) = cursor.unitLength()
      // A length of 0 ends the section.
      guard !cursor.failed, length != 0, length <= UInt64(cursor.remaining) else { return }
      let end = cursor.position + Int(length)
      let pointerAt = cursor.position
      let distance = cursor.u32()
      var body = Cursor(bytes, cursor.position, end: end)
      if distance == 0 {
        commons[start] = Self.common(&body)
      } else if let common = commons[pointerAt - Int(distance)] {
        if let entry = entry(&body, common, pointerAt - Int(distance)) { entries.append(entry) }
      }
      start = end
    }
  }

  private static func common(_ cursor: inout Cursor) -> CommonEntry? {
    let version = cursor.u8()
    guard version == 1 || version == 3 else { return nil }
    let augmentation = cursor.string()
    var entry = CommonEntry(
      codeAlignment: cursor.uleb(), dataAlignment: cursor.sleb(), returnRegister: 16, pointerEncoding: 0,
      hasAugmentation: false, isSignalFrame: false, instructions: 0..<0)
    entry.returnRegister = version == 1 ? UInt64(cursor.u8()) : cursor.uleb()
    if augmentation.hasPrefix("z") {
      entry.hasAugmentation = true
      let length = cursor.uleb()
      guard length <= UInt64(cursor.remaining) else { return nil }
      let next = cursor.position + Int(length)
      for letter in augmentation.dropFirst() {
        switch letter {
        case "R": entry.pointerEncoding = cursor.u8()
        case "L": _ = cursor.u8()
        case "S": entry.isSignalFrame = true
        case "P":
          let encoding = cursor.u8()
          cursor.skip(size(of: encoding) ?? 0)
        default: break
        }
      }
      cursor.move(to: next)
    }
    guard !cursor.failed else { return nil }
    entry.instructions = cursor.position..<cursor.end
    return entry
  }

  private func entry(_ cursor: inout Cursor, _ common: CommonEntry, _ offset: Int) -> FrameTable.Entry? {
    guard let start = pointer(&cursor, common.pointerEncoding),
      let length = pointer(&cursor, common.pointerEncoding & 0x0f)
    else { return nil }
    if common.hasAugmentation { cursor.skip(Int(truncatingIfNeeded: cursor.uleb())) }
    guard !cursor.failed, length > 0, start &+ length > start else { return nil }
    return FrameTable.Entry(
      range: start..<start &+ length, commonOffset: offset, instructions: cursor.position..<cursor.end)
  }

  /// Bytes of a pointer with `encoding` (LSB Core, 10.5.1); nil for LEB128.
  private static func size(of encoding: UInt8) -> Int? {
    switch encoding & 0x0f {
    case 0x00, 0x04, 0x0c: 8
    case 0x02, 0x0a: 2
    case 0x03, 0x0b: 4
    default: nil
    }
  }

  private func pointer(_ cursor: inout Cursor, _ encoding: UInt8) -> UInt64? {
    let place = address &+ UInt64(cursor.position)
    var value: UInt64
    switch encoding & 0x0f {
    case 0x00, 0x04, 0x0c: value = cursor.u64()
    case 0x01: value = cursor.uleb()
    case 0x02: value = UInt64(cursor.u16())
    case 0x03: value = UInt64(cursor.u32())
    case 0x09: value = UInt64(bitPattern: cursor.sleb())
    case 0x0a: value = UInt64(bitPattern: Int64(Int16(bitPattern: cursor.u16())))
    case 0x0b: value = UInt64(bitPattern: Int64(Int32(bitPattern: cursor.u32())))
    default: return nil
    }
    switch encoding & 0x70 {
    case 0x00: break
    case 0x10: value = value &+ place
    default: return nil
    }
    return cursor.failed ? nil : value
  }
}
