// LOCK forms (SDM vol. 2A, LOCK; vol. 3A, 9.1): the host's own locked instructions on guest memory, at any alignment.

import CMachine
import X86

/// An operand width with the host's locked instructions.
protocol LockableWord: Word {
  /// Stores `desired` where memory holds `expected`; otherwise `expected` becomes what it holds.
  static func compareExchange(_ memory: UnsafeMutableRawPointer, _ expected: inout Self, _ desired: Self) -> Bool
  static func exchange(_ memory: UnsafeMutableRawPointer, _ value: Self) -> Self
  static func fetchAdd(_ memory: UnsafeMutableRawPointer, _ value: Self) -> Self
}

extension UInt8: LockableWord {
  @inline(__always) static func compareExchange(_ m: UnsafeMutableRawPointer, _ e: inout UInt8, _ d: UInt8) -> Bool {
    swemu_compare_exchange8(m, &e, d) != 0
  }
  @inline(__always) static func exchange(_ m: UnsafeMutableRawPointer, _ v: UInt8) -> UInt8 { swemu_exchange8(m, v) }
  @inline(__always) static func fetchAdd(_ m: UnsafeMutableRawPointer, _ v: UInt8) -> UInt8 { swemu_fetch_add8(m, v) }
}
extension UInt16: LockableWord {
  @inline(__always) static func compareExchange(_ m: UnsafeMutableRawPointer, _ e: inout UInt16, _ d: UInt16) -> Bool {
    swemu_compare_exchange16(m, &e, d) != 0
  }
  @inline(__always) static func exchange(_ m: UnsafeMutableRawPointer, _ v: UInt16) -> UInt16 { swemu_exchange16(m, v) }
  @inline(__always) static func fetchAdd(_ m: UnsafeMutableRawPointer, _ v: UInt16) -> UInt16 {
    swemu_fetch_add16(m, v)
  }
}
extension UInt32: LockableWord {
  @inline(__always) static func compareExchange(_ m: UnsafeMutableRawPointer, _ e: inout UInt32, _ d: UInt32) -> Bool {
    swemu_compare_exchange32(m, &e, d) != 0
  }
  @inline(__always) static func exchange(_ m: UnsafeMutableRawPointer, _ v: UInt32) -> UInt32 { swemu_exchange32(m, v) }
  @inline(__always) static func fetchAdd(_ m: UnsafeMutableRawPointer, _ v: UInt32) -> UInt32 {
    swemu_fetch_add32(m, v)
  }
}
extension UInt64: LockableWord {
  @inline(__always) static func compareExchange(_ m: UnsafeMutableRawPointer, _ e: inout UInt64, _ d: UInt64) -> Bool {
    swemu_compare_exchange64(m, &e, d) != 0
  }
  @inline(__always) static func exchange(_ m: UnsafeMutableRawPointer, _ v: UInt64) -> UInt64 { swemu_exchange64(m, v) }
  @inline(__always) static func fetchAdd(_ m: UnsafeMutableRawPointer, _ v: UInt64) -> UInt64 {
    swemu_fetch_add64(m, v)
  }
}

extension Context {
  /// Replaces the value at `address` by `change` of it, atomically, and returns both.
  @inline(__always) func update<T: LockableWord>(_ address: UInt64, _ p: OpPointer, _ change: (T) -> T)
    throws(Departure)
    -> (T, T)
  {
    let memory = try host(address, T.bitWidth / 8, Right.write, p)
    var old = memory.loadUnaligned(as: T.self)
    var new = change(old)
    while !T.compareExchange(memory, &old, new) { new = change(old) }
    return (old, new)
  }
}

/// `LOCK O [memory], S`.
enum LockedBinary<O: ALU, T: LockableWord, S: Place, F: FlagNeed>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let b: T = try S.read(c, p)
    let carry: T = O.usesCarry && LazyFlags.carry(c.cpu) ? 1 : 0
    let (a, r): (T, T) = try c.update(MemX.address(c, p), p) { O.apply($0, b, carry) }
    if F.isNeeded { O.setFlags(c.cpu, a, b, r) }
    return p + 1
  }
}

enum LockedUnary<O: UnaryOperation, T: LockableWord>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let (a, r): (T, T) = try c.update(MemX.address(c, p), p) { O.apply($0) }
    O.setFlags(c.cpu, a, r)
    return p + 1
  }
}

extension Instruction {
  /// Whether LOCK is allowed: a read-modify-write instruction of the list in SDM vol. 2A, LOCK, on memory.
  var isLockable: Bool {
    guard op0.kind == .memory || mnemonic == .xchg && op1.kind == .memory else { return false }
    switch mnemonic {
    case .add, .adc, .and, .btc, .btr, .bts, .cmpxchg, .cmpxchg8b, .cmpxchg16b, .dec, .inc, .neg, .not, .or, .sbb, .sub,
      .xor, .xadd, .xchg:
      return true
    default: return false
    }
  }
}

extension Lowering {
  var isLocked: Bool { instruction.prefixes.contains(.lock) }

  /// Operation numbers as in `binary`.
  mutating func locked(_ operation: Int) -> Lowered {
    let i = instruction
    guard operation < 7, let width = widthIndex(i.op0.width), let form = binaryForm(), form >= 5 else {
      return .unsupported
    }
    _ = setMemory(i.op0, general: true)
    let source = form < 8 ? 0 : 1
    return emit(Handlers.lockedBinary[((operation * 4 + width) * 2 + source) * 2 + (flagsAreLive ? 0 : 1)])
  }

  /// Operation numbers as in `unary`.
  mutating func lockedUnary(_ operation: Int) -> Lowered {
    guard let width = widthIndex(instruction.op0.width), placeForm(instruction.op0) == 1 else { return .unsupported }
    return emit(Handlers.lockedUnary[operation * 4 + width])
  }
}
