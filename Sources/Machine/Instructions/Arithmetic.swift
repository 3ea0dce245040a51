// ADD OR ADC SBB AND SUB XOR CMP TEST, INC DEC NEG NOT (SDM vol. 2, the instructions' own pages).

import CMachine
import X86

/// Whether anybody looks at the status flags that an instruction writes.
protocol FlagNeed { static var isNeeded: Bool { get } }
enum Live: FlagNeed { @inline(__always) static var isNeeded: Bool { true } }
enum Dead: FlagNeed { @inline(__always) static var isNeeded: Bool { false } }

/// A two-operand operation of the arithmetic-logic unit.
protocol ALU {
  /// CMP and TEST compute flags only.
  static var writes: Bool { get }
  static var usesCarry: Bool { get }
  static func apply<T: Word>(_ a: T, _ b: T, _ carry: T) -> T
  static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ b: T, _ r: T)
  /// A condition over the flags that this operation leaves, straight from its operands.
  static func holds<T: Word>(_ condition: Condition, _ a: T, _ b: T, _ r: T) -> Bool
}

extension ALU {
  @inline(__always) static var writes: Bool { true }
  @inline(__always) static var usesCarry: Bool { false }
}

extension LazyFlags {
  @inline(__always) static func record<T: Word>(_ cpu: CPU, _ operation: UInt32, _ a: T, _ r: T) {
    cpu.pointee.lazy_kind = kind(operation, T.self)
    cpu.pointee.lazy_a = a.aligned
    cpu.pointee.lazy_r = r.aligned
  }

  /// Flags after an addition or subtraction with carry: the operands do not give CF and OF away, so they are kept.
  ///
  /// `carry` and `overflow` have them as their sign bits. No branches: they would be hard to predict.
  @inline(__always) static func recordWithCarry<T: Word>(
    _ cpu: CPU, _ a: T, _ b: T, _ r: T, carry: T, overflow: T
  ) {
    cpu.pointee.lazy_kind = kind(result, T.self)
    cpu.pointee.lazy_r = r.aligned
    cpu.pointee.lazy_carry = UInt32(truncatingIfNeeded: carry &>> T(truncatingIfNeeded: T.bitWidth &- 1))
    let adjust = UInt64(truncatingIfNeeded: ((a ^ b ^ r) &>> 4) & 1)
    cpu.pointee.lazy_a = (overflow.aligned & (1 << 63)) | adjust
  }
}

enum Add: ALU {
  @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _: T) -> T { a &+ b }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ b: T, _ r: T) {
    LazyFlags.record(cpu, LazyFlags.add, a, r)
  }
  @inline(__always) static func holds<T: Word>(_ condition: Condition, _ a: T, _ b: T, _ r: T) -> Bool {
    switch condition {
    case .e: r == 0
    case .ne: r != 0
    case .s: r.isNegative
    case .ns: !r.isNegative
    case .b: r < a
    case .ae: r >= a
    default: false
    }
  }
}

enum Adc: ALU {
  @inline(__always) static var usesCarry: Bool { true }
  @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _ carry: T) -> T { a &+ b &+ carry }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ b: T, _ r: T) {
    let carry = (a & b) | ((a | b) & ~r)
    LazyFlags.recordWithCarry(cpu, a, b, r, carry: carry, overflow: (a ^ r) & (b ^ r))
  }
  @inline(__always) static func holds<T: Word>(_: Condition, _: T, _: T, _: T) -> Bool { false }
}

enum Sub: ALU {
  @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _: T) -> T { a &- b }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ b: T, _ r: T) {
    LazyFlags.record(cpu, LazyFlags.sub, a, r)
  }
  @inline(__always) static func holds<T: Word>(_ condition: Condition, _ a: T, _ b: T, _ r: T) -> Bool {
    switch condition {
    case .e: a == b
    case .ne: a != b
    case .b: a < b
    case .ae: a >= b
    case .be: a <= b
    case .a: a > b
    case .s: r.isNegative
    case .ns: !r.isNegative
    case .l: a.signed < b.signed
    case .ge: a.signed >= b.signed
    case .le: a.signed <= b.signed
    case .g: a.signed > b.signed
    case .o: ((a ^ b) & (a ^ r)).isNegative
    case .no: !((a ^ b) & (a ^ r)).isNegative
    case .p: UInt8(truncatingIfNeeded: r).nonzeroBitCount & 1 == 0
    case .np: UInt8(truncatingIfNeeded: r).nonzeroBitCount & 1 != 0
    }
  }
}

enum Sbb: ALU {
  @inline(__always) static var usesCarry: Bool { true }
  @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _ carry: T) -> T { a &- b &- carry }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ b: T, _ r: T) {
    let carry = (~a & b) | ((~a | b) & r)
    LazyFlags.recordWithCarry(cpu, a, b, r, carry: carry, overflow: (a ^ b) & (a ^ r))
  }
  @inline(__always) static func holds<T: Word>(_: Condition, _: T, _: T, _: T) -> Bool { false }
}

enum Cmp: ALU {
  @inline(__always) static var writes: Bool { false }
  @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _: T) -> T { a &- b }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ b: T, _ r: T) { Sub.setFlags(cpu, a, b, r) }
  @inline(__always) static func holds<T: Word>(_ condition: Condition, _ a: T, _ b: T, _ r: T) -> Bool {
    Sub.holds(condition, a, b, r)
  }
}

/// AND, OR, XOR and TEST share their flags.
protocol Logical: ALU {}
extension Logical {
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ b: T, _ r: T) {
    cpu.pointee.lazy_kind = LazyFlags.kind(LazyFlags.logic, T.self)
    cpu.pointee.lazy_r = r.aligned
  }
  @inline(__always) static func holds<T: Word>(_ condition: Condition, _ a: T, _ b: T, _ r: T) -> Bool {
    switch condition {
    case .e, .be: r == 0
    case .ne, .a: r != 0
    case .s, .l: r.isNegative
    case .ns, .ge: !r.isNegative
    case .le: r.signed <= 0
    case .g: r.signed > 0
    case .o, .b: false
    case .no, .ae: true
    case .p: UInt8(truncatingIfNeeded: r).nonzeroBitCount & 1 == 0
    case .np: UInt8(truncatingIfNeeded: r).nonzeroBitCount & 1 != 0
    }
  }
}

enum And: Logical { @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _: T) -> T { a & b } }
enum Or: Logical { @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _: T) -> T { a | b } }
enum Xor: Logical { @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _: T) -> T { a ^ b } }
enum Test: Logical {
  @inline(__always) static var writes: Bool { false }
  @inline(__always) static func apply<T: Word>(_ a: T, _ b: T, _: T) -> T { a & b }
}

/// `O D, S` at width `T`.
enum Binary<O: ALU, T: Word, D: MutablePlace, S: Place, F: FlagNeed>: Semantics {
  typealias OutOfLine = Binary<O, T, D.General, S.General, Live>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let b: T = try S.read(c, p)
    let carry: T = O.usesCarry && LazyFlags.carry(c.cpu) ? 1 : 0
    if O.writes {
      // Flags first: a chain carries on what was stored last.
      _ = try D.modify(c, p) { a in
        let r = O.apply(a, b, carry)
        if F.isNeeded { O.setFlags(c.cpu, a, b, r) }
        return r
      }
    } else {
      let a: T = try D.read(c, p)
      O.setFlags(c.cpu, a, b, O.apply(a, b, carry))
    }
    return p + 1
  }
}

/// `XOR r, r` and `SUB r, r`: the idiom that clears a register.
enum Clear<F: FlagNeed>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    if F.isNeeded { Xor.setFlags(c.cpu, 0 as UInt64, 0, 0) }
    c.set(p.pointee.dst, 0 as UInt64)
    return p + 1
  }
}

protocol UnaryOperation {
  static func apply<T: Word>(_ a: T) -> T
  static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T)
}

enum Inc: UnaryOperation {
  @inline(__always) static func apply<T: Word>(_ a: T) -> T { a &+ 1 }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    cpu.pointee.lazy_carry = LazyFlags.carry(cpu) ? 1 : 0
    LazyFlags.record(cpu, LazyFlags.inc, a, r)
  }
}
enum Dec: UnaryOperation {
  @inline(__always) static func apply<T: Word>(_ a: T) -> T { a &- 1 }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    cpu.pointee.lazy_carry = LazyFlags.carry(cpu) ? 1 : 0
    LazyFlags.record(cpu, LazyFlags.dec, a, r)
  }
}
enum Neg: UnaryOperation {
  @inline(__always) static func apply<T: Word>(_ a: T) -> T { 0 &- a }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {
    LazyFlags.record(cpu, LazyFlags.sub, 0 as T, r)
  }
}
enum Not: UnaryOperation {
  @inline(__always) static func apply<T: Word>(_ a: T) -> T { ~a }
  @inline(__always) static func setFlags<T: Word>(_ cpu: CPU, _ a: T, _ r: T) {}
}

enum Unary<O: UnaryOperation, T: Word, D: MutablePlace, F: FlagNeed>: Semantics {
  typealias OutOfLine = Unary<O, T, D.General, Live>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    _ = try D.modify(c, p) { (a: T) in
      let r = O.apply(a)
      if F.isNeeded { O.setFlags(c.cpu, a, r) }
      return r
    }
    return p + 1
  }
}

extension LoweringRules {
  static let arithmetic: [LoweringRow] = [
    LoweringRow(.add) { $0.binary(0) }, LoweringRow(.or) { $0.binary(1) }, LoweringRow(.adc) { $0.binary(2) },
    LoweringRow(.sbb) { $0.binary(3) }, LoweringRow(.and) { $0.binary(4) }, LoweringRow(.sub) { $0.binary(5) },
    LoweringRow(.xor) { $0.binary(6) }, LoweringRow(.cmp) { $0.binary(7) }, LoweringRow(.test) { $0.binary(8) },
    LoweringRow(.inc) { $0.unary(0) }, LoweringRow(.dec) { $0.unary(1) }, LoweringRow(.neg) { $0.unary(2) },
    LoweringRow(.not) { $0.unary(3) },
  ]
}

extension Lowering {
  /// Operation numbers as in the generator's table: ADD OR ADC SBB AND SUB XOR CMP TEST.
  mutating func binary(_ operation: Int) -> Lowered {
    let i = instruction
    if operation == 6 || operation == 5, i.op0.kind == .register, i.op1.kind == .register,
      i.op0.register == i.op1.register, i.op0.width >= 32
    {
      op.dst = Offset.of(i.op0.register) ?? 0
      return emit(flagsAreLive ? Handlers.clear[0] : Handlers.clear[1])
    }
    if i.prefixes.contains(.lock) { return locked(operation) }
    guard let width = widthIndex(i.op0.width), let form = binaryForm() else { return .unsupported }
    let live = flagsAreLive || operation >= 7 ? 0 : 1
    return emit(Handlers.binary[((operation * 4 + width) * 11 + form) * 2 + live])
  }

  /// Register, immediate and memory combinations in the generator's order, falling back to `MemX` where the narrow
  /// widths have only that.
  mutating func binaryForm() -> Int? {
    let i = instruction
    switch (i.op0.kind, i.op1.kind) {
    case (.register, .register):
      guard setDst(i.op0), setSrc(i.op1) else { return nil }
      return 0
    case (.register, .immediate):
      guard setDst(i.op0) else { return nil }
      op.imm = UInt64(bitPattern: i.op1.immediate)
      return 1
    case (.register, .memory):
      guard setDst(i.op0) else { return nil }
      return 2 + setMemory(i.op1, general: i.op0.width < 32)
    case (.memory, .register):
      guard setSrc(i.op1) else { return nil }
      return 5 + setMemory(i.op0, general: i.op0.width < 32)
    case (.memory, .immediate):
      op.imm = UInt64(bitPattern: i.op1.immediate)
      return 8 + setMemory(i.op0, general: i.op0.width < 32)
    default: return nil
    }
  }

  /// INC DEC NEG NOT.
  mutating func unary(_ operation: Int) -> Lowered {
    let i = instruction
    if i.prefixes.contains(.lock) { return lockedUnary(operation) }
    guard let width = widthIndex(i.op0.width), let form = placeForm(i.op0) else { return .unsupported }
    return emit(Handlers.unary[((operation * 4 + width) * 2 + form) * 2 + (flagsAreLive ? 0 : 1)])
  }
}
