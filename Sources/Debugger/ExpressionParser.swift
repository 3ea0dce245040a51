/// Reads `Expression`'s notation by precedence climbing.
struct ExpressionParser {
  private let text: [Character]
  private var index = 0
  private var depth = 0

  init(_ text: String) { self.text = Array(text) }

  private static let precedence: [String: Int] = [
    "||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7, "<<": 8, ">>": 8,
    "+": 9, "-": 9, "*": 10, "/": 10, "%": 10,
  ]

  mutating func whole() throws(ExpressionError) -> Expression.Node {
    let node = try choice()
    skipBlanks()
    guard index == text.count else { throw ExpressionError("unexpected \(String(text[index...]))") }
    return node
  }

  private mutating func choice() throws(ExpressionError) -> Expression.Node {
    let condition = try binary(1)
    guard take("?") else { return condition }
    let yes = try choice()
    guard take(":") else { throw ExpressionError("a : is missing") }
    return .choice(condition, yes, try choice())
  }

  private mutating func binary(_ lowest: Int) throws(ExpressionError) -> Expression.Node {
    var left = try unary()
    while let name = peekOperator(), let level = Self.precedence[name], level >= lowest {
      index += name.count
      left = .binary(name, left, try binary(level + 1))
    }
    return left
  }

  private mutating func peekOperator() -> String? {
    skipBlanks()
    if index + 1 < text.count {
      let two = String(text[index...index + 1])
      if Self.precedence[two] != nil { return two }
    }
    guard index < text.count else { return nil }
    let one = String(text[index])
    return Self.precedence[one] != nil ? one : nil
  }

  private mutating func unary() throws(ExpressionError) -> Expression.Node {
    depth += 1
    defer { depth -= 1 }
    guard depth < 200 else { throw ExpressionError("nested too deep") }
    skipBlanks()
    guard index < text.count else { throw ExpressionError("an operand is missing") }
    switch text[index] {
    case "-", "~", "!", "+":
      let name = String(text[index])
      index += 1
      return .unary(name, try unary())
    case "*":
      index += 1
      return try load()
    case "&":
      index += 1
      let operand = try unary()
      if case .load(let address, _, _) = operand { return address }
      guard case .symbol(let name) = operand else { throw ExpressionError("& needs a symbol or a place in memory") }
      return .address(name)
    case "{":
      index += 1
      let type = try typeName()
      guard take("}") else { throw ExpressionError("a } is missing") }
      return .load(try unary(), size: type.size, isSigned: type.isSigned)
    case "(":
      index += 1
      if let type = cast() {
        // A value cast to a narrower type.
        return narrowed(try unary(), type)
      }
      let inner = try choice()
      guard take(")") else { throw ExpressionError("a ) is missing") }
      return inner
    default: return try primary()
    }
  }

  /// Behind a `*`: a cast to a pointer says how much is loaded.
  private mutating func load() throws(ExpressionError) -> Expression.Node {
    let start = index
    if take("("), let type = pointerCast() {
      return .load(try unary(), size: type.size, isSigned: type.isSigned)
    }
    index = start
    return .load(try unary(), size: 8, isSigned: false)
  }

  private func narrowed(_ node: Expression.Node, _ type: TypeName) -> Expression.Node {
    guard type.size < 8 else { return node }
    let bits = UInt64(type.size * 8)
    if !type.isSigned { return .binary("&", node, .number(1 << bits - 1)) }
    // Sign extension: (x ^ m) - m with the low bits of x.
    let sign = UInt64(1) << (bits - 1)
    return .binary("-", .binary("^", .binary("&", node, .number(1 << bits - 1)), .number(sign)), .number(sign))
  }

  private mutating func primary() throws(ExpressionError) -> Expression.Node {
    let first = text[index]
    if first == "$" {
      index += 1
      return .register(word())
    }
    if first == "'", index + 2 < text.count, text[index + 2] == "'" {
      let value = text[index + 1].unicodeScalars.first.map { UInt64($0.value) } ?? 0
      index += 3
      return .number(value)
    }
    if first.isNumber {
      let digits = word()
      let isHexadecimal = digits.hasPrefix("0x") || digits.hasPrefix("0X")
      guard let value = isHexadecimal ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits) else {
        throw ExpressionError("\(digits) is no number")
      }
      return .number(value)
    }
    let name = word()
    guard !name.isEmpty else { throw ExpressionError("unexpected \(String(text[index...]))") }
    return .symbol(name)
  }

  // MARK: - Types

  struct TypeName {
    var size: Int
    var isSigned: Bool
  }

  private mutating func typeName() throws(ExpressionError) -> TypeName {
    var words: [String] = []
    while true {
      skipBlanks()
      let start = index
      let name = word()
      guard Self.typeWords.contains(name) else {
        index = start
        break
      }
      words.append(name)
    }
    guard !words.isEmpty else { throw ExpressionError("no type is known here") }
    let isSigned = !words.contains("unsigned") && !words.contains { $0.hasPrefix("u") }
    let size: Int
    if words.contains("char") || words.contains("int8_t") || words.contains("uint8_t") {
      size = 1
    } else if words.contains("short") || words.contains("int16_t") || words.contains("uint16_t") {
      size = 2
    } else if words.contains("long") || words.contains("int64_t") || words.contains("uint64_t")
      || words.contains("size_t")
    {
      size = 8
    } else {
      size = 4
    }
    return TypeName(size: size, isSigned: isSigned && !words.contains("size_t"))
  }

  private static let typeWords: Set<String> = [
    "char", "short", "int", "long", "unsigned", "signed", "int8_t", "uint8_t", "int16_t", "uint16_t", "int32_t",
    "uint32_t", "int64_t", "uint64_t", "size_t",
  ]

  /// `type)` behind an opening parenthesis.
  private mutating func cast() -> TypeName? {
    let start = index
    if let type = try? typeName(), take(")") { return type }
    index = start
    return nil
  }

  /// `type *)` behind an opening parenthesis.
  private mutating func pointerCast() -> TypeName? {
    let start = index
    if let type = try? typeName(), take("*") {
      // A pointer to pointers.
      let isDeep = take("*")
      if take(")") { return isDeep ? TypeName(size: 8, isSigned: false) : type }
    }
    index = start
    return nil
  }

  // MARK: - Characters

  private mutating func skipBlanks() { while index < text.count, text[index].isWhitespace { index += 1 } }

  private mutating func take(_ character: Character) -> Bool {
    skipBlanks()
    guard index < text.count, text[index] == character else { return false }
    index += 1
    return true
  }

  private mutating func word() -> String {
    let start = index
    while index < text.count, text[index].isLetter || text[index].isNumber || "_@.".contains(text[index]) { index += 1 }
    return String(text[start..<index])
  }
}
