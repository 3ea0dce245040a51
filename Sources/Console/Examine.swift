import Debugger
import Kernel
import Machine

/// Where `x` goes on, and in which format.
struct ExamineState {
  var next: UInt64 = 0
  var format: Character = "x"
  var size = 4
}

/// A value that is shown at each stop.
struct Display {
  var number: Int
  var format: Character?
  var expression: Expression
  var isEnabled = true
}

extension Console {
  /// `/COUNT FORMAT SIZE` in front of an argument.
  struct Format {
    var count = 1
    var letter: Character?
    var size: Int?

    /// Takes a format off the front of `text`.
    init(_ text: inout String) throws(CommandError) {
      guard text.hasPrefix("/") else { return }
      let (head, tail) = String(text.dropFirst()).headAndTail
      text = tail
      var digits = ""
      for character in head {
        switch character {
        case "0"..."9" where letter == nil && size == nil: digits.append(character)
        case "x", "d", "u", "o", "t", "c", "a", "s", "i", "z": letter = character
        case "b": size = 1
        case "h": size = 2
        case "w": size = 4
        case "g": size = 8
        default: throw CommandError("Undefined output format \"\(character)\".")
        }
      }
      if let value = Int(digits), value > 0 { count = min(value, 100_000) }
    }
  }

  /// A value of `size` bytes in a format.
  func text(_ value: UInt64, _ letter: Character, size: Int = 8) -> String {
    let bits = UInt64(size * 8)
    let low = size < 8 ? value & ((1 << bits) - 1) : value
    let signed = size < 8 && low >> (bits - 1) != 0 ? Int64(bitPattern: low | ~0 << bits) : Int64(bitPattern: low)
    switch letter {
    case "d": return String(signed)
    case "u": return String(low)
    case "o": return "0" + String(low, radix: 8)
    case "t": return String(low, radix: 2)
    case "c":
      let character = Unicode.Scalar(UInt8(truncatingIfNeeded: low))
      return "\(Int8(truncatingIfNeeded: low)) '\(low >= 0x20 && low < 0x7f ? String(Character(character)) : ".")'"
    case "a": return placeText(low)
    case "z":
      let digits = String(low, radix: 16)
      return "0x" + String(repeating: "0", count: max(0, size * 2 - digits.count)) + digits
    default: return hex(low)
    }
  }

  func printValue(_ argument: String) throws(CommandError) {
    var text = argument
    let format = try Format(&text)
    // A vector register as a whole.
    if text.hasPrefix("$"), let register = DebugRegister(gdb: String(text.dropFirst())), register.size > 8 {
      return say("\(text) = \(Debugger.text(number: debugger.read(register, cpu)))")
    }
    let value = try evaluate(text.isEmpty ? "$" : text)
    history.append(value)
    let isAddress = text.hasPrefix("&") || debugger.modules.find(text).map { $0.address == value } ?? false
    say("$\(history.count) = \(self.text(value, format.letter ?? (isAddress ? "a" : "d")))")
  }

  func addDisplay(_ argument: String) throws(CommandError) {
    if argument.isEmpty {
      for display in displays { show(display) }
      return
    }
    var text = argument
    let format = try Format(&text)
    let display = Display(number: nextDisplay, format: format.letter, expression: try expression(text))
    nextDisplay += 1
    displays.append(display)
    if current != nil { show(display) }
  }

  func show(_ display: Display) {
    let name = "\(display.number): \(display.expression.text) = "
    do throws(ExpressionError) {
      say(name + text(try display.expression.evaluate(debugger, cpu, history: history), display.format ?? "d"))
    } catch {
      say(name + "<\(error.message)>")
    }
  }

  // MARK: - x

  func examineMemory(_ argument: String) throws(CommandError) {
    var text = argument
    let format = try Format(&text)
    if let letter = format.letter { examine.format = letter }
    if let size = format.size {
      examine.size = size
    } else if format.letter == "a" {
      examine.size = 8
    } else if format.letter == "c" {
      examine.size = 1
    }
    if !text.isEmpty { examine.next = try evaluate(text) }
    switch examine.format {
    case "i": showCode(examine.next, end: .max, count: format.count)
    case "s":
      for _ in 0..<format.count {
        guard showString() else { throw CommandError("Cannot access memory at address \(hex(examine.next))") }
      }
    default: try examineWords(format.count)
    }
  }

  private func showString() -> Bool {
    let start = examine.next
    let bytes = Array(debugger.read(start, 4096).prefix { $0 != 0 })
    guard !bytes.isEmpty || !debugger.read(start, 1).isEmpty else { return false }
    let shown = bytes.prefix(200)
    say("\(placeText(start)):\t\"\(Self.escaped(shown))\"" + (shown.count < bytes.count ? "..." : ""))
    examine.next = start &+ UInt64(bytes.count) &+ 1
    return true
  }

  static func escaped(_ bytes: some Sequence<UInt8>) -> String {
    bytes.reduce(into: "") { text, byte in
      switch byte {
      case 0x0a: text += "\\n"
      case 0x09: text += "\\t"
      case 0x0d: text += "\\r"
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += "\\" + String(Unicode.Scalar(byte))
      case 0x20..<0x7f: text += String(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 8)
        text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
  }

  private func examineWords(_ count: Int) throws(CommandError) {
    let size = examine.size
    let perLine =
      examine.format == "a" ? 2 : examine.format == "t" ? 4 : max(1, min(8, 16 / size * (size == 1 ? 1 : 1)))
    var left = count
    while left > 0 {
      let address = examine.next
      let number = min(left, perLine)
      let bytes = debugger.read(address, number * size)
      guard bytes.count >= size else { throw CommandError("Cannot access memory at address \(hex(address))") }
      var line = placeText(address) + ":"
      for index in 0..<bytes.count / size {
        let value = (0..<size).reduce(UInt64(0)) { $0 | UInt64(bytes[index * size + $1]) << UInt64($1 * 8) }
        line += "\t" + text(value, examine.format == "x" ? "z" : examine.format, size: size)
      }
      say(line)
      examine.next = address &+ UInt64(bytes.count / size * size)
      left -= number
    }
  }
}
