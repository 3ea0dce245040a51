/// What a program printed, as lines: without colours and cursor movements, as on a printer.
package struct OutputText: Sendable {
  package private(set) var lines: [String] = []
  private var current: [UInt8] = []
  private var column = 0
  private var escape = Escape.none
  private static let limit = 10_000

  private enum Escape { case none, started, sequence, string }

  package init() {}

  package mutating func append(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { take(byte) }
  }

  /// The lines, with the one that is not finished.
  package var all: [String] { current.isEmpty ? lines : lines + [text] }

  private var text: String { String(decoding: current, as: UTF8.self) }

  private mutating func take(_ byte: UInt8) {
    switch escape {
    case .none: break
    case .started:
      escape = byte == UInt8(ascii: "[") ? .sequence : byte == UInt8(ascii: "]") ? .string : .none
      return
    case .sequence:
      if (0x40...0x7e).contains(byte) { escape = .none }
      return
    case .string:
      if byte == 7 || byte == UInt8(ascii: "\\") { escape = .none }
      return
    }
    switch byte {
    case 27: escape = .started
    case 10:
      lines.append(text)
      if lines.count > Self.limit { lines.removeFirst(Self.limit / 4) }
      (current, column) = ([], 0)
    case 13: column = 0
    case 8: column = max(0, column - 1)
    case 9: repeat { put(32) } while column % 8 != 0
    case 0..<32: break
    default: put(byte)
    }
  }

  private mutating func put(_ byte: UInt8) {
    if column < current.count { current[column] = byte } else { current.append(byte) }
    column += 1
  }
}
