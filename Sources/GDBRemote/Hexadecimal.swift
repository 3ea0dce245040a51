/// Hexadecimal as the protocol writes it.
package enum Hexadecimal {
  package static func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  package static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = digit(high), let low = digit(low) else { return nil }
    return high << 4 | low
  }

  package static func append(_ byte: UInt8, to text: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }

  /// Two digits a byte.
  package static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    for byte in bytes { append(byte, to: &text) }
    return text
  }

  /// Nil where the text has an odd length or other characters.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    let text = Array(text)
    guard text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let byte = byte(text[index], text[index + 1]) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// A number, most significant digit first; nil where it is empty, has other characters or more than 64 bits.
  package static func number(_ text: some Collection<UInt8>) -> UInt64? {
    guard !text.isEmpty else { return nil }
    var value: UInt64 = 0
    for character in text {
      guard let digit = digit(character), value >> 60 == 0 else { return nil }
      value = value << 4 | UInt64(digit)
    }
    return value
  }
}

/// Reads a packet's contents from left to right.
struct PacketScanner {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: some Sequence<UInt8>) { rest = ArraySlice(Array(bytes)) }

  var isAtEnd: Bool { rest.isEmpty }
  var text: String { String(decoding: rest, as: UTF8.self) }

  /// Takes `prefix` away if it is there.
  mutating func skip(_ prefix: String) -> Bool {
    guard rest.starts(with: prefix.utf8) else { return false }
    rest.removeFirst(prefix.utf8.count)
    return true
  }

  mutating func character() -> UInt8? { rest.popFirst() }

  /// What lies before `separator`, which is taken too; all of it where there is none.
  mutating func until(_ separator: Character) -> ArraySlice<UInt8> {
    let byte = separator.asciiValue ?? 0
    let end = rest.firstIndex(of: byte) ?? rest.endIndex
    let part = rest[..<end]
    rest = end < rest.endIndex ? rest[(end + 1)...] : []
    return part
  }

  /// A number up to `separator` or the end.
  mutating func number(_ separator: Character = ",") -> UInt64? { Hexadecimal.number(until(separator)) }
}
