// MUL IMUL DIV IDIV (SDM vol. 2A, the instructions' own pages).

import CMachine
import X86

/// IMUL with one result as wide as its operands: `dst` gets `A * B` (two operands: `A` is `dst` itself).
enum MultiplySigned<T: Word, A: Place, B: Place, F: FlagNeed>: Semantics {
  typealias OutOfLine = MultiplySigned<T, A.General, B.General, Live>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let a: T = try A.read(c, p)
    let b: T = try B.read(c, p)
    let (product, overflow) = a.signed.multipliedReportingOverflow(by: b.signed)
    let r = T(truncatingIfNeeded: product)
    if F.isNeeded { LazyFlags.recordResult(c.cpu, r, carry: overflow, overflow: overflow) }
    c.set(p.pointee.dst, r)
    return p + 1
  }
}

/// Where the double-width operand of MUL, IMUL, DIV and IDIV lives: AX for bytes, else RDX:RAX.
enum Wide<T: Word> {
  @inline(__always) static func high<P: Path>(_ c: Context<P>) -> T { T.bitWidth == 8 ? c.get(1) : c.get(16) }
  @inline(__always) static func set<P: Path>(_ c: Context<P>, low: T, high: T) {
    c.set(0, low)
    c.set(T.bitWidth == 8 ? 1 : 16, high)
  }
}

/// MUL: RDX:RAX = RAX * operand.
enum MultiplyWide<T: Word, S: Place, F: FlagNeed>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let b: T = try S.read(c, p)
    let (high, low) = c.get(0, as: T.self).multipliedFullWidth(by: b)
    let r = T(truncatingIfNeeded: low)
    Wide<T>.set(c, low: r, high: high)
    if F.isNeeded { LazyFlags.recordResult(c.cpu, r, carry: high != 0, overflow: high != 0) }
    return p + 1
  }
}

/// IMUL: RDX:RAX = RAX * operand, signed. CF and OF say that the upper half is not just the sign of the lower.
enum MultiplyWideSigned<T: Word, S: Place, F: FlagNeed>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let b: T = try S.read(c, p)
    let (high, low) = c.get(0, as: T.self).signed.multipliedFullWidth(by: b.signed)
    let r = T(truncatingIfNeeded: low)
    Wide<T>.set(c, low: r, high: T(truncatingIfNeeded: high))
    let overflow = T(truncatingIfNeeded: high) != (r.isNegative ? T.max : 0)
    if F.isNeeded { LazyFlags.recordResult(c.cpu, r, carry: overflow, overflow: overflow) }
    return p + 1
  }
}

/// DIV. #DE where the quotient does not fit, which includes a divisor of zero.
enum Divide<T: Word, S: Place>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let divisor: T = try S.read(c, p)
    let low: T = c.get(0)
    let high: T = Wide<T>.high(c)
    if high >= divisor { try c.raise(.divideError, p) }
    var remainder: UInt64 = 0
    let quotient: UInt64
    if T.bitWidth == 64 {
      quotient = swemu_div64(
        UInt64(truncatingIfNeeded: high), UInt64(truncatingIfNeeded: low), UInt64(truncatingIfNeeded: divisor),
        &remainder)
    } else {
      let dividend =
        UInt64(truncatingIfNeeded: high) &<< UInt64(truncatingIfNeeded: T.bitWidth) | UInt64(truncatingIfNeeded: low)
      quotient = swemu_div64(0, dividend, UInt64(truncatingIfNeeded: divisor), &remainder)
    }
    Wide<T>.set(c, low: T(truncatingIfNeeded: quotient), high: T(truncatingIfNeeded: remainder))
    return p + 1
  }
}

/// IDIV, truncating towards zero; the remainder has the dividend's sign.
enum DivideSigned<T: Word, S: Place>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let divisor: T = try S.read(c, p)
    let low: T = c.get(0)
    let high: T = Wide<T>.high(c)
    if divisor == 0 { try c.raise(.divideError, p) }
    let dividend: Int64
    if T.bitWidth == 64 {
      dividend = Int64(truncatingIfNeeded: low)
      // Nearly always RDX is the sign of RAX (CQO); anything else is work for the cold path.
      if Int64(truncatingIfNeeded: high) != dividend &>> 63 {
        if P.isFast { throw Departure() }
        return try divideWide(
          c, p, high: Int64(truncatingIfNeeded: high), low: UInt64(truncatingIfNeeded: low), by: divisor)
      }
    } else {
      dividend =
        Int64(truncatingIfNeeded: high.signed) &<< Int64(truncatingIfNeeded: T.bitWidth)
        | Int64(truncatingIfNeeded: low)
    }
    let signedDivisor = Int64(truncatingIfNeeded: divisor.signed)
    if signedDivisor == -1, dividend == Int64.min { try c.raise(.divideError, p) }
    var remainder: Int64 = 0
    let quotient = swemu_idiv64(dividend, signedDivisor, &remainder)
    let r = T(truncatingIfNeeded: quotient)
    if T.bitWidth < 64, Int64(truncatingIfNeeded: r.signed) != quotient { try c.raise(.divideError, p) }
    Wide<T>.set(c, low: r, high: T(truncatingIfNeeded: remainder))
    return p + 1
  }

  /// A true 128-bit dividend: magnitudes are divided, signs put back.
  @inline(never) private static func divideWide<P: Path>(
    _ c: Context<P>, _ p: OpPointer, high: Int64, low: UInt64, by divisor: T
  ) throws(Departure) -> OpPointer {
    let isNegative = high < 0
    let magnitudeLow = isNegative ? 0 &- low : low
    let magnitudeHigh = UInt64(bitPattern: isNegative ? ~high &+ (low == 0 ? 1 : 0) : high)
    let signedDivisor = Int64(truncatingIfNeeded: divisor)
    let magnitude = signedDivisor.magnitude
    if magnitudeHigh >= magnitude { try c.raise(.divideError, p) }
    var remainder: UInt64 = 0
    let quotient = swemu_div64(magnitudeHigh, magnitudeLow, magnitude, &remainder)
    let quotientIsNegative = isNegative != (signedDivisor < 0)
    // -2^63 fits, 2^63 does not.
    if quotient > (quotientIsNegative ? 1 << 63 : (1 << 63) - 1) { try c.raise(.divideError, p) }
    Wide<T>.set(
      c, low: T(truncatingIfNeeded: quotientIsNegative ? 0 &- quotient : quotient),
      high: T(truncatingIfNeeded: isNegative ? 0 &- remainder : remainder))
    return p + 1
  }
}

extension LoweringRules {
  static let multiplyDivide: [LoweringRow] = [
    LoweringRow(.imul) { $0.multiplySigned() },
    LoweringRow(.mul) { $0.wideOperation(Handlers.multiplyWide, hasFlags: true) },
    LoweringRow(.div) { $0.wideOperation(Handlers.divide, hasFlags: false) },
    LoweringRow(.idiv) { $0.wideOperation(Handlers.divideSigned, hasFlags: false) },
  ]
}

extension Lowering {
  /// Forms in the generator's order: register; [base]; [base + index]; any address, each with and without immediate.
  mutating func multiplySigned() -> Lowered {
    let i = instruction
    guard i.operandCount > 1 else { return wideOperation(Handlers.multiplyWideSigned, hasFlags: true) }
    guard let width = widthIndex(i.op0.width), width > 0, setDst(i.op0) else { return .unsupported }
    let form: Int
    switch i.op1.kind {
    case .register:
      guard setSrc(i.op1) else { return .unsupported }
      form = 0
    case .memory: form = 1 + setMemory(i.op1, general: width == 1)
    case .immediate:
      // IMUL r, imm as some decoders write IMUL r, r, imm.
      op.src = op.dst
      op.imm = UInt64(bitPattern: i.op1.immediate)
      return emit(Handlers.multiplySigned[(((width - 1) * 4) * 2 + 1) * 2 + (flagsAreLive ? 0 : 1)])
    case .none: return .unsupported
    }
    let hasImmediate = i.operandCount > 2
    if hasImmediate { op.imm = UInt64(bitPattern: i.op2.immediate) }
    return emit(
      Handlers.multiplySigned[(((width - 1) * 4 + form) * 2 + (hasImmediate ? 1 : 0)) * 2 + (flagsAreLive ? 0 : 1)])
  }

  /// One explicit operand, read; the others are RAX and RDX.
  fileprivate mutating func wideOperation(_ table: [HandlerBits], hasFlags: Bool) -> Lowered {
    let operand = instruction.op0
    guard let width = widthIndex(operand.width) else { return .unsupported }
    let form: Int
    switch operand.kind {
    case .register:
      guard setSrc(operand) else { return .unsupported }
      form = 0
    case .memory:
      _ = setMemory(operand, general: true)
      form = 1
    default: return .unsupported
    }
    let index = width * 2 + form
    return emit(hasFlags ? table[index * 2 + (flagsAreLive ? 0 : 1)] : table[index])
  }
}
