import ELF

/// Reads DWARF data from left to right. What lies outside reads as 0 and sets `failed`.
struct Cursor {
  private let bytes: [UInt8]
  private(set) var position: Int
  let end: Int
  private(set) var failed = false

  init(_ bytes: [UInt8], _ position: Int = 0, end: Int? = nil) {
    self.bytes = bytes
    self.position = max(0, position)
    self.end = min(max(end ?? bytes.count, 0), bytes.count)
    if position < 0 || position > self.end { failed = true }
  }

  var isAtEnd: Bool { failed || position >= end }
  var remaining: Int { failed ? 0 : max(0, end - position) }

  mutating func fail() { failed = true }

  mutating func skip(_ count: Int) {
    if count < 0 || count > remaining { failed = true } else { position += count }
  }

  mutating func move(to target: Int) {
    if target < 0 || target > end { failed = true } else { position = target }
  }

  private mutating func little(_ count: Int) -> UInt64 {
    guard count <= remaining else {
      failed = true
      return 0
    }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[position + index]) << UInt64(index * 8) }
    position += count
    return value
  }

  mutating func u8() -> UInt8 { UInt8(truncatingIfNeeded: little(1)) }
  mutating func u16() -> UInt16 { UInt16(truncatingIfNeeded: little(2)) }
  mutating func u32() -> UInt32 { UInt32(truncatingIfNeeded: little(4)) }
  mutating func u64() -> UInt64 { little(8) }
  mutating func unsigned(_ size: Int) -> UInt64 { size <= 8 ? little(size) : 0 }

  mutating func uleb() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = u8()
      if failed { return 0 }
      if shift < 64 { value |= UInt64(byte & 0x7f) << shift }
      shift += 7
      if byte & 0x80 == 0 { return value }
    }
  }

  mutating func sleb() -> Int64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = u8()
      if failed { return 0 }
      if shift < 64 { value |= UInt64(byte & 0x7f) << shift }
      shift += 7
      if byte & 0x80 == 0 {
        if byte & 0x40 != 0, shift < 64 { value |= ~0 << shift }
        return Int64(bitPattern: value)
      }
    }
  }

  mutating func string() -> String {
    let start = position
    guard !failed, let nul = bytes[start..<end].firstIndex(of: 0) else {
      failed = true
      return ""
    }
    position = nul + 1
    return String(decoding: bytes[start..<nul], as: UTF8.self)
  }

  mutating func block(_ count: UInt64) -> ArraySlice<UInt8> {
    guard count <= UInt64(remaining) else {
      failed = true
      return []
    }
    defer { position += Int(count) }
    return bytes[position..<position + Int(count)]
  }

  /// The length of a unit: 32 bits, or 64 behind 0xffffffff (DWARF 5, 7.4).
  mutating func unitLength() -> (length: UInt64, is64: Bool) {
    let short = u32()
    return short == 0xffff_ffff ? (u64(), true) : (UInt64(short), false)
  }
}

extension ELFFile {
  /// A section's bytes by name; empty where it is missing or compressed.
  func section(named name: String) -> [UInt8] {
    // SHF_COMPRESSED
    guard let section = sections.first(where: { self.name(of: $0) == name }), section.flags & 0x800 == 0 else {
      return []
    }
    return contents(section) ?? []
  }
}
