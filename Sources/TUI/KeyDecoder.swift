/// What a person pressed.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl with a letter, as its lower-case letter.
  case control(Character)
  case enter, tab, backTab, backspace, delete, escape
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
}

/// Puts the bytes of a terminal together to keys. Knows nothing of terminals: bytes go in, keys come out.
package struct KeyDecoder: Sendable {
  private var pending: [UInt8] = []

  package init() {}

  package mutating func take(_ bytes: some Sequence<UInt8>) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    while let (key, count) = first() {
      pending.removeFirst(count)
      if let key { keys.append(key) }
    }
    return keys
  }

  /// Nothing more came for a while: a lone ESC is the key of that name.
  package mutating func flush() -> [Key] {
    guard pending.first == 27 else {
      pending = []
      return []
    }
    let rest = pending.dropFirst()
    pending = []
    return [.escape] + take(rest)
  }

  package var isPending: Bool { !pending.isEmpty }

  /// The first key and how many bytes it takes; nil if bytes are missing.
  private func first() -> (Key?, Int)? {
    guard let byte = pending.first else { return nil }
    switch byte {
    case 27: return escapeSequence()
    case 13, 10: return (.enter, 1)
    case 9: return (.tab, 1)
    case 8, 127: return (.backspace, 1)
    case 1...26: return (.control(Character(Unicode.Scalar(byte + 96))), 1)
    case 0..<32: return (nil, 1)
    case 32..<127: return (.character(Character(Unicode.Scalar(byte))), 1)
    default:
      let count = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
      guard pending.count >= count else { return nil }
      let text = String(decoding: pending.prefix(count), as: UTF8.self)
      return (count == 1 ? nil : text.first.map { .character($0) }, count)
    }
  }

  private func escapeSequence() -> (Key?, Int)? {
    guard pending.count >= 2 else { return nil }
    let second = pending[1]
    if second == UInt8(ascii: "O") {
      guard pending.count >= 3 else { return nil }
      switch pending[2] {
      case UInt8(ascii: "P")...UInt8(ascii: "S"): return (.function(Int(pending[2] - UInt8(ascii: "P")) + 1), 3)
      default: return (Self.letter(pending[2]), 3)
      }
    }
    guard second == UInt8(ascii: "[") else { return (.escape, 1) }
    var index = 2
    while index < pending.count, (0x20...0x3f).contains(pending[index]) { index += 1 }
    guard index < pending.count else { return pending.count > 32 ? (nil, pending.count) : nil }
    let parameters = String(decoding: pending[2..<index], as: UTF8.self)
    let number = Int(parameters.split(separator: ";").first ?? "") ?? 0
    guard pending[index] == UInt8(ascii: "~") else { return (Self.letter(pending[index]), index + 1) }
    let key: Key? =
      switch number {
      case 1, 7: .home
      case 4, 8: .end
      case 3: .delete
      case 5: .pageUp
      case 6: .pageDown
      case 11...15: .function(number - 10)
      case 17...21: .function(number - 11)
      case 23, 24: .function(number - 12)
      default: nil
      }
    return (key, index + 1)
  }

  private static func letter(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "Z"): .backTab
    default: nil
    }
  }
}
