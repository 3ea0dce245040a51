import Kernel
import Machine

/// Why an expression has no value.
package struct ExpressionError: Error {
  package var message: String
  package init(_ message: String) { self.message = message }
}

/// An integer expression over registers, memory and symbols, in C's notation.
///
/// `$rax`, `counter` (the value of a variable of up to eight bytes, the address of anything else), `&counter`, `0x10`, `'a'`, all of C's integer operators but assignment, `*address` (eight bytes),
/// `*(char *)address` or `{int}address` for other sizes. Values have 64 bits, and
/// comparisons are signed.
package struct Expression: Sendable {
  indirect enum Node: Sendable {
    case number(UInt64)
    case register(String)
    case symbol(String)
    case address(String)
    case load(Node, size: Int, isSigned: Bool)
    case unary(String, Node)
    case binary(String, Node, Node)
    case choice(Node, Node, Node)
  }

  package let text: String
  let root: Node

  package init(_ text: String) throws(ExpressionError) {
    self.text = text
    var parser = ExpressionParser(text)
    root = try parser.whole()
  }

  /// The value now, with `$1`, `$2`, … and `$` taken from `history`.
  package func evaluate(_ debugger: Debugger, _ cpu: CPU, history: [UInt64]) throws(ExpressionError) -> UInt64 {
    if history.isEmpty { return try evaluate(debugger, cpu) }
    return try Self.value(Self.substituted(root, history), debugger, cpu)
  }

  private static func substituted(_ node: Node, _ history: [UInt64]) -> Node {
    switch node {
    case .register(let name):
      if name.isEmpty { return .number(history[history.count - 1]) }
      if let number = Int(name), number >= 1, number <= history.count { return .number(history[number - 1]) }
      return node
    case .load(let inner, let size, let isSigned):
      return .load(substituted(inner, history), size: size, isSigned: isSigned)
    case .unary(let name, let inner): return .unary(name, substituted(inner, history))
    case .binary(let name, let left, let right):
      return .binary(name, substituted(left, history), substituted(right, history))
    case .choice(let a, let b, let c):
      return .choice(substituted(a, history), substituted(b, history), substituted(c, history))
    case .number, .symbol, .address: return node
    }
  }

  /// The value now. Reading what is not there throws.
  package func evaluate(_ debugger: Debugger, _ cpu: CPU) throws(ExpressionError) -> UInt64 {
    try Self.value(root, debugger, cpu)
  }

  /// The bytes that the expression names, if it is something in memory: address and size.
  package func place(_ debugger: Debugger, _ cpu: CPU) throws(ExpressionError) -> (address: UInt64, size: UInt64)? {
    switch root {
    case .load(let address, let size, _): return (try Self.value(address, debugger, cpu), UInt64(size))
    case .symbol(let name):
      guard let found = debugger.modules.find(name) else { throw ExpressionError("no symbol \(name)") }
      return (found.address, found.size == 0 ? 8 : found.size)
    default: return nil
    }
  }

  private static func value(_ node: Node, _ debugger: Debugger, _ cpu: CPU) throws(ExpressionError) -> UInt64 {
    switch node {
    case .number(let value): return value
    case .register(let name):
      guard let value = debugger.value(named: name, cpu) else { throw ExpressionError("no register $\(name)") }
      return value
    case .symbol(let name):
      guard let found = debugger.modules.find(name) else { throw ExpressionError("no symbol \(name)") }
      guard found.isObject, [1, 2, 4, 8].contains(found.size) else { return found.address }
      return try value(.load(.number(found.address), size: Int(found.size), isSigned: true), debugger, cpu)
    case .address(let name):
      guard let value = debugger.modules.address(of: name) else { throw ExpressionError("no symbol \(name)") }
      return value
    case .load(let inner, let size, let isSigned):
      let address = try value(inner, debugger, cpu)
      let bytes = debugger.read(address, size)
      guard bytes.count == size else { throw ExpressionError("cannot read memory at \(hex(address))") }
      var result = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      if isSigned, size < 8, result >> UInt64(size * 8 - 1) != 0 { result |= ~0 << UInt64(size * 8) }
      return result
    case .unary(let name, let inner):
      let operand = try value(inner, debugger, cpu)
      switch name {
      case "-": return 0 &- operand
      case "~": return ~operand
      case "!": return operand == 0 ? 1 : 0
      default: return operand
      }
    case .choice(let condition, let yes, let no):
      return try value(condition, debugger, cpu) != 0 ? value(yes, debugger, cpu) : value(no, debugger, cpu)
    case .binary("&&", let left, let right):
      if try value(left, debugger, cpu) == 0 { return 0 }
      return try value(right, debugger, cpu) != 0 ? 1 : 0
    case .binary("||", let left, let right):
      if try value(left, debugger, cpu) != 0 { return 1 }
      return try value(right, debugger, cpu) != 0 ? 1 : 0
    case .binary(let name, let left, let right):
      return try apply(name, value(left, debugger, cpu), value(right, debugger, cpu))
    }
  }

  private static func apply(_ name: String, _ left: UInt64, _ right: UInt64) throws(ExpressionError) -> UInt64 {
    let (a, b) = (Int64(bitPattern: left), Int64(bitPattern: right))
    switch name {
    case "+": return left &+ right
    case "-": return left &- right
    case "*": return left &* right
    case "/", "%":
      guard right != 0 else { throw ExpressionError("division by zero") }
      if a == .min, b == -1 { return name == "/" ? left : 0 }
      return UInt64(bitPattern: name == "/" ? a / b : a % b)
    case "<<": return right < 64 ? left << right : 0
    case ">>": return right < 64 ? left >> right : 0
    case "&": return left & right
    case "|": return left | right
    case "^": return left ^ right
    case "==": return left == right ? 1 : 0
    case "!=": return left != right ? 1 : 0
    case "<": return a < b ? 1 : 0
    case ">": return a > b ? 1 : 0
    case "<=": return a <= b ? 1 : 0
    default: return a >= b ? 1 : 0
    }
  }
}
