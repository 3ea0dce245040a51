// SHL SHR SAR ROL ROR RCL RCR, SHLD SHRD (SDM vol. 2B, SAL/SAR/SHL/SHR, RCL/RCR/ROL/ROR, SHLD, SHRD).

import CMachine
import X86

/// Where a shift takes its count from. The processor masks it to five bits, to six for 64-bit operands.
protocol ShiftCount {
  /// Lowering lets no masked count of zero through.
  static var isNeverZero: Bool { get }
  static func raw<P: Path>(_ c: Context<P>, _ p: OpPointer) -> UInt8
}

enum CountImm: ShiftCount {
  @inline(__always) static var isNeverZero: Bool { true }
  @inline(__always) static func raw<P: Path>(_: Context<P>, _ p: OpPointer) -> UInt8 {
    UInt8(truncatingIfNeeded: p.pointee.imm)
  }
}

enum CountCL: ShiftCount {
  @inline(__always) static var isNeverZero: Bool { false }
  @inline(__always) static func raw<P: Path>(_ c: Context<P>, _: OpPointer) -> UInt8 { c.get(8) }
}

extension ShiftCount {
  @inline(__always) static func masked<T: Word, P: Path>(_ c: Context<P>, _ p: OpPointer, _: T.Type) -> UInt64 {
    UInt64(raw(c, p)) & (T.bitWidth == 64 ? 63 : 31)
  }
}

protocol ShiftOperation {
  /// `count` is 0…31, or 0…63 for 64-bit operands.
  static func apply<T: Word>(_ a: T, _ count: UInt64) -> T
  /// For a `count` other than zero.
  static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ count: UInt64, _ r: T)
}

// AF is undefined after a shift; the processors that were asked set it.
enum Shl: ShiftOperation {
  @inline(__always) static func apply<T: Word>(_ a: T, _ count: UInt64) -> T {
    T(truncatingIfNeeded: UInt64(truncatingIfNeeded: a) &<< count)
  }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ count: UInt64, _ r: T) {
    let width = UInt64(truncatingIfNeeded: T.bitWidth)
    // The bit shifted out last: for narrow operands it is still in the wide result.
    let carry =
      T.bitWidth == 64
      ? (UInt64(truncatingIfNeeded: a) &>> (width &- count)) & 1
      : ((UInt64(truncatingIfNeeded: a) &<< count) &>> width) & 1
    LazyFlags.recordResult(cpu, r, carry: carry != 0, overflow: r.isNegative != (carry != 0), adjust: true)
  }
}

enum Shr: ShiftOperation {
  @inline(__always) static func apply<T: Word>(_ a: T, _ count: UInt64) -> T {
    T(truncatingIfNeeded: UInt64(truncatingIfNeeded: a) &>> count)
  }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ count: UInt64, _ r: T) {
    let carry = (UInt64(truncatingIfNeeded: a) &>> (count &- 1)) & 1
    LazyFlags.recordResult(cpu, r, carry: carry != 0, overflow: a.isNegative, adjust: true)
  }
}

enum Sar: ShiftOperation {
  @inline(__always) private static func extended<T: Word>(_ a: T) -> Int64 { Int64(truncatingIfNeeded: a.signed) }
  @inline(__always) static func apply<T: Word>(_ a: T, _ count: UInt64) -> T {
    T(truncatingIfNeeded: extended(a) &>> Int64(bitPattern: count))
  }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ count: UInt64, _ r: T) {
    let carry = (extended(a) &>> Int64(bitPattern: count &- 1)) & 1
    LazyFlags.recordResult(cpu, r, carry: carry != 0, overflow: false, adjust: true)
  }
}

/// Rotations change CF and OF only: the other flags go on coming from the last result.
extension LazyFlags {
  @inline(__always) fileprivate static func setRotation(_ cpu: CPU, carry: Bool, overflow: Bool) {
    let kind = cpu.pointee.lazy_kind
    if kind == explicit {
      let bits = (carry ? Flag.carry : 0) | (overflow ? Flag.overflow : 0)
      cpu.pointee.rflags = (cpu.pointee.rflags & ~(Flag.carry | Flag.overflow)) | bits
      return
    }
    let adjust = adjust(cpu)
    cpu.pointee.lazy_kind = (kind & ~0xff) | result
    cpu.pointee.lazy_carry = carry ? 1 : 0
    cpu.pointee.lazy_a = (overflow ? 1 << 63 : 0) | (adjust ? 1 : 0)
  }
}

enum Rol: ShiftOperation {
  @inline(__always) static func apply<T: Word>(_ a: T, _ count: UInt64) -> T {
    let count = T(truncatingIfNeeded: count)
    return (a &<< count) | (a &>> (0 &- count))
  }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ count: UInt64, _ r: T) {
    let carry = r & 1 != 0
    LazyFlags.setRotation(cpu, carry: carry, overflow: r.isNegative != carry)
  }
}

enum Ror: ShiftOperation {
  @inline(__always) static func apply<T: Word>(_ a: T, _ count: UInt64) -> T {
    let count = T(truncatingIfNeeded: count)
    return (a &>> count) | (a &<< (0 &- count))
  }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ count: UInt64, _ r: T) {
    LazyFlags.setRotation(cpu, carry: r.isNegative, overflow: (r ^ (r &<< 1)).isNegative)
  }
}

/// `O D, count` at width `T`.
enum Shift<O: ShiftOperation, T: Word, D: MutablePlace, N: ShiftCount, F: FlagNeed>: Semantics {
  typealias OutOfLine = Shift<O, T, D.General, N, Live>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let count = N.masked(c, p, T.self)
    _ = try D.modify(c, p) { (a: T) in
      let r = O.apply(a, count)
      if F.isNeeded, N.isNeverZero || count != 0 { O.setFlags(c.cpu, a, count, r) }
      return r
    }
    return p + 1
  }
}

// MARK: - Through carry

/// RCL and RCR: a rotation of the operand with CF as one more bit.
protocol CarryRotation {
  /// One step: the new value and the new CF.
  static func step<T: Word>(_ a: T, _ carry: T) -> (T, T)
  static func overflow<T: Word>(_ r: T, _ carry: T) -> Bool
}

enum Rcl: CarryRotation {
  static func step<T: Word>(_ a: T, _ carry: T) -> (T, T) {
    ((a &<< 1) | carry, a &>> T(truncatingIfNeeded: T.bitWidth &- 1))
  }
  static func overflow<T: Word>(_ r: T, _ carry: T) -> Bool { r.isNegative != (carry != 0) }
}

enum Rcr: CarryRotation {
  static func step<T: Word>(_ a: T, _ carry: T) -> (T, T) {
    ((a &>> 1) | (carry &<< T(truncatingIfNeeded: T.bitWidth &- 1)), a & 1)
  }
  static func overflow<T: Word>(_ r: T, _: T) -> Bool { (r ^ (r &<< 1)).isNegative }
}

enum RotateThroughCarry<O: CarryRotation, T: Word, D: MutablePlace, N: ShiftCount>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let count = N.masked(c, p, T.self)
    var carry: T = LazyFlags.carry(c.cpu) ? 1 : 0
    let (_, r): (T, T) = try D.modify(c, p) { old in
      var value = old
      // Narrow operands come round again after width + 1 steps; for them the count goes up to 31.
      for _ in 0..<count { (value, carry) = O.step(value, carry) }
      return value
    }
    if count != 0 { LazyFlags.setRotation(c.cpu, carry: carry != 0, overflow: O.overflow(r, carry)) }
    return p + 1
  }
}

// MARK: - Double precision

/// SHLD and SHRD: `filler` supplies the bits shifted in.
protocol DoubleShiftOperation {
  /// The result and the bit shifted out last, for a `count` of 1…31, or 1…63 for 64-bit operands.
  static func apply<T: Word>(_ a: T, _ filler: T, _ count: UInt64) -> (T, Bool)
}

enum Shld: DoubleShiftOperation {
  @inline(__always) static func apply<T: Word>(_ a: T, _ filler: T, _ count: UInt64) -> (T, Bool) {
    let (a64, b64) = (UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: filler))
    switch T.bitWidth {
    case 64: return (T(truncatingIfNeeded: (a64 &<< count) | (b64 &>> (64 &- count))), (a64 &>> (64 &- count)) & 1 != 0)
    case 32:
      let wide = (a64 &<< 32 | b64) &<< (count &- 1)
      return (T(truncatingIfNeeded: wide &>> 31), Int64(bitPattern: wide) < 0)
    default:
      // Counts above 16 are undefined; processors go on with the destination's bits once the filler's are used up.
      let wide = (a64 &<< 48 | b64 &<< 32 | a64 &<< 16) &<< (count &- 1)
      return (T(truncatingIfNeeded: wide &>> 47), Int64(bitPattern: wide) < 0)
    }
  }
}

enum Shrd: DoubleShiftOperation {
  @inline(__always) static func apply<T: Word>(_ a: T, _ filler: T, _ count: UInt64) -> (T, Bool) {
    let (a64, b64) = (UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: filler))
    switch T.bitWidth {
    case 64: return (T(truncatingIfNeeded: (a64 &>> count) | (b64 &<< (64 &- count))), (a64 &>> (count &- 1)) & 1 != 0)
    case 32:
      let wide = (b64 &<< 32 | a64) &>> (count &- 1)
      return (T(truncatingIfNeeded: wide &>> 1), wide & 1 != 0)
    default:
      let wide = (a64 &<< 32 | b64 &<< 16 | a64) &>> (count &- 1)
      return (T(truncatingIfNeeded: wide &>> 1), wide & 1 != 0)
    }
  }
}

enum DoubleShift<O: DoubleShiftOperation, T: Word, D: MutablePlace, N: ShiftCount, F: FlagNeed>: Semantics {
  typealias OutOfLine = DoubleShift<O, T, D.General, N, Live>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let count = N.masked(c, p, T.self)
    let filler: T = c.get(p.pointee.src)
    var carry = false
    let (a, r): (T, T) = try D.modify(c, p) { old in
      if !N.isNeverZero, count == 0 { return old }
      let (value, out) = O.apply(old, filler, count)
      carry = out
      return value
    }
    if F.isNeeded, N.isNeverZero || count != 0 {
      LazyFlags.recordResult(c.cpu, r, carry: carry, overflow: (a ^ r).isNegative)
    }
    return p + 1
  }
}

/// Writes what is there.
enum Rewrite<T: Word, D: MutablePlace>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let _: (T, T) = try D.modify(c, p) { $0 }
    return p + 1
  }
}

// MARK: - Lowering

extension LoweringRules {
  static let shift: [LoweringRow] = [
    LoweringRow(.shl) { $0.shift(0) }, LoweringRow(.sal) { $0.shift(0) }, LoweringRow(.shr) { $0.shift(1) },
    LoweringRow(.sar) { $0.shift(2) }, LoweringRow(.rol) { $0.shift(3) }, LoweringRow(.ror) { $0.shift(4) },
    LoweringRow(.rcl) { $0.shift(5) }, LoweringRow(.rcr) { $0.shift(6) },
    LoweringRow(.shld) { $0.doubleShift(0) }, LoweringRow(.shrd) { $0.doubleShift(1) },
  ]
}

extension Lowering {
  /// Operation numbers as in the generator's table: SHL SHR SAR ROL ROR, then RCL RCR.
  mutating func shift(_ operation: Int) -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op0.width), let form = placeForm(i.op0) else { return .unsupported }
    guard let source = shiftCount(i.operandCount > 1 ? i.op1 : nil) else { return withoutShift(width, form) }
    if operation >= 5 {
      return emit(Handlers.rotateThroughCarry[(((operation - 5) * 4 + width) * 2 + form) * 2 + source])
    }
    return emit(Handlers.shift[(((operation * 4 + width) * 2 + form) * 2 + source) * 2 + (flagsAreLive ? 0 : 1)])
  }

  mutating func doubleShift(_ operation: Int) -> Lowered {
    let i = instruction
    guard let width = widthIndex(i.op0.width), width > 0, let form = placeForm(i.op0), setSrc(i.op1) else {
      return .unsupported
    }
    guard let source = shiftCount(i.op2) else { return withoutShift(width, form) }
    return emit(
      Handlers.doubleShift[(((operation * 3 + width - 1) * 2 + form) * 2 + source) * 2 + (flagsAreLive ? 0 : 1)])
  }

  /// 0 for an immediate count, 1 for CL; nil where the immediate masks to zero. No operand means 1 (`D0`, `D1`).
  private mutating func shiftCount(_ operand: Operand?) -> Int? {
    guard let operand else {
      op.imm = 1
      return 0
    }
    if operand.kind == .register { return 1 }
    op.imm = UInt64(bitPattern: operand.immediate) & (instruction.op0.width == 64 ? 63 : 31)
    return op.imm == 0 ? nil : 0
  }

  /// A count of zero still writes the operand (a 32-bit register loses its upper half) and leaves all flags.
  private mutating func withoutShift(_ width: Int, _ form: Int) -> Lowered { emit(Handlers.rewrite[width * 2 + form]) }
}
