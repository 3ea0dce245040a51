/// Evaluates the DWARF expressions that call frame information is made of (DWARF 5, 2.5).
package enum StackExpression {
  /// - Parameters:
  ///   - initial: what is on the stack to begin with (the CFA, for a register's rule).
  ///   - register: a register of the frame by DWARF's number.
  ///   - load: the word at an address.
  /// - Returns: the top of the stack; nil for an operation that is not known or what cannot be read.
  package static func evaluate(
    _ expression: [UInt8], initial: [UInt64], register: (UInt64) -> UInt64?, load: (UInt64) -> UInt64?
  ) -> UInt64? {
    var cursor = Cursor(expression)
    var stack = initial
    var steps = 0
    while !cursor.isAtEnd {
      steps += 1
      guard steps < 1000, stack.count < 256 else { return nil }
      let opcode = cursor.u8()
      switch opcode {
      case 0x08: stack.append(UInt64(cursor.u8()))
      case 0x09: stack.append(UInt64(bitPattern: Int64(Int8(bitPattern: cursor.u8()))))
      case 0x0a: stack.append(UInt64(cursor.u16()))
      case 0x0b: stack.append(UInt64(bitPattern: Int64(Int16(bitPattern: cursor.u16()))))
      case 0x0c: stack.append(UInt64(cursor.u32()))
      case 0x0d: stack.append(UInt64(bitPattern: Int64(Int32(bitPattern: cursor.u32()))))
      case 0x03, 0x0e, 0x0f: stack.append(cursor.u64())
      case 0x10: stack.append(cursor.uleb())
      case 0x11: stack.append(UInt64(bitPattern: cursor.sleb()))
      case 0x12:
        guard let top = stack.last else { return nil }
        stack.append(top)
      case 0x13: guard stack.popLast() != nil else { return nil }
      case 0x14:
        guard stack.count >= 2 else { return nil }
        stack.append(stack[stack.count - 2])
      case 0x16:
        guard stack.count >= 2 else { return nil }
        stack.swapAt(stack.count - 1, stack.count - 2)
      case 0x06:
        guard let top = stack.popLast(), let value = load(top) else { return nil }
        stack.append(value)
      case 0x1f, 0x20, 0x23:
        guard let top = stack.popLast() else { return nil }
        stack.append(opcode == 0x1f ? 0 &- top : opcode == 0x20 ? ~top : top &+ cursor.uleb())
      case 0x1a, 0x1c, 0x1e, 0x21, 0x22, 0x24, 0x25, 0x26, 0x27, 0x29...0x2e:
        guard let right = stack.popLast(), let left = stack.popLast() else { return nil }
        stack.append(binary(opcode, left, right))
      case 0x28:
        let distance = Int(Int16(bitPattern: cursor.u16()))
        guard let top = stack.popLast() else { return nil }
        if top != 0 { cursor.move(to: cursor.position + distance) }
      case 0x2f: cursor.move(to: cursor.position + Int(Int16(bitPattern: cursor.u16())))
      case 0x30...0x4f: stack.append(UInt64(opcode - 0x30))
      case 0x70...0x8f:
        let offset = cursor.sleb()
        guard let value = register(UInt64(opcode - 0x70)) else { return nil }
        stack.append(value &+ UInt64(bitPattern: offset))
      case 0x92:
        let number = cursor.uleb()
        let offset = cursor.sleb()
        guard let value = register(number) else { return nil }
        stack.append(value &+ UInt64(bitPattern: offset))
      case 0x96: break
      default: return nil
      }
    }
    return cursor.failed ? nil : stack.last
  }

  private static func binary(_ opcode: UInt8, _ left: UInt64, _ right: UInt64) -> UInt64 {
    let (a, b) = (Int64(bitPattern: left), Int64(bitPattern: right))
    switch opcode {
    case 0x1a: return left & right
    case 0x1c: return left &- right
    case 0x1e: return left &* right
    case 0x21: return left | right
    case 0x22: return left &+ right
    case 0x24: return right < 64 ? left << right : 0
    case 0x25: return right < 64 ? left >> right : 0
    case 0x26: return UInt64(bitPattern: a >> min(Int64(63), max(0, b)))
    case 0x27: return left ^ right
    case 0x29: return left == right ? 1 : 0
    case 0x2a: return a >= b ? 1 : 0
    case 0x2b: return a > b ? 1 : 0
    case 0x2c: return a <= b ? 1 : 0
    case 0x2d: return a < b ? 1 : 0
    default: return left != right ? 1 : 0
    }
  }
}
