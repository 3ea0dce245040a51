import CMachine
import X86

/// Status flags, kept as the last operation instead of as bits.
///
/// An operation stores its kind, its first operand and its result, both shifted left so that the sign bit is bit 63.
/// The second operand follows from the two. Most flags are never read; those that are need a compare or two.
enum LazyFlags {
  /// `rflags` holds the bits.
  static let explicit: UInt32 = 0
  static let add: UInt32 = 1
  static let sub: UInt32 = 2
  /// CF = OF = 0. AF is undefined after logic and reads as 0.
  static let logic: UInt32 = 3
  /// As `add` and `sub`, with CF in `lazy_carry`.
  static let inc: UInt32 = 4
  static let dec: UInt32 = 5
  /// Shifts and multiplications: CF in `lazy_carry`, OF in bit 63 of `lazy_a`, the rest from the result; AF reads as 0.
  static let result: UInt32 = 6

  /// The operation's number sits in the low byte, the left shift of the operands above it.
  @inline(__always) static func kind<T: Word>(_ operation: UInt32, _: T.Type) -> UInt32 {
    operation | UInt32(truncatingIfNeeded: 64 &- T.bitWidth) << 8
  }

  @inline(__always) static func carry(_ cpu: CPU) -> Bool {
    let a = cpu.pointee.lazy_a, r = cpu.pointee.lazy_r
    let kind = cpu.pointee.lazy_kind & 0xff
    // Comparisons, not a switch: a jump table would cost ADC and SBB, whose chains are kept in the first of them, more.
    if _fastPath(kind > logic) { return cpu.pointee.lazy_carry != 0 }
    if kind == explicit { return cpu.pointee.rflags & 1 != 0 }
    if kind == logic { return false }
    return kind == sub ? r > a : r < a
  }

  @inline(__always) static func zero(_ cpu: CPU) -> Bool {
    cpu.pointee.lazy_kind != explicit ? cpu.pointee.lazy_r == 0 : cpu.pointee.rflags & Flag.zero != 0
  }

  @inline(__always) static func sign(_ cpu: CPU) -> Bool {
    cpu.pointee.lazy_kind != explicit
      ? Int64(bitPattern: cpu.pointee.lazy_r) < 0 : cpu.pointee.rflags & Flag.sign != 0
  }

  @inline(__always) static func overflow(_ cpu: CPU) -> Bool {
    let a = cpu.pointee.lazy_a, r = cpu.pointee.lazy_r
    switch cpu.pointee.lazy_kind & 0xff {
    case sub, dec: return Int64(bitPattern: (a ^ (a &- r)) & (a ^ r)) < 0
    case logic: return false
    case add, inc: return Int64(bitPattern: (a ^ r) & ((r &- a) ^ r)) < 0
    case result: return Int64(bitPattern: a) < 0
    default: return cpu.pointee.rflags & Flag.overflow != 0
    }
  }

  @inline(__always) static func parity(_ cpu: CPU) -> Bool {
    let kind = cpu.pointee.lazy_kind
    if kind == explicit { return cpu.pointee.rflags & Flag.parity != 0 }
    let low = UInt8(truncatingIfNeeded: cpu.pointee.lazy_r >> UInt64(kind >> 8))
    return low.nonzeroBitCount & 1 == 0
  }

  @inline(__always) static func adjust(_ cpu: CPU) -> Bool {
    let kind = cpu.pointee.lazy_kind
    let a = cpu.pointee.lazy_a, r = cpu.pointee.lazy_r
    let b: UInt64
    switch kind & 0xff {
    case explicit: return cpu.pointee.rflags & Flag.adjust != 0
    case logic: return false
    case result: return a & 1 != 0
    case sub, dec: b = a &- r
    default: b = r &- a
    }
    return ((a ^ b ^ r) >> UInt64(kind >> 8)) & 0x10 != 0
  }

  @inline(__always) static func holds(_ condition: Condition, _ cpu: CPU) -> Bool {
    switch condition {
    case .o: overflow(cpu)
    case .no: !overflow(cpu)
    case .b: carry(cpu)
    case .ae: !carry(cpu)
    case .e: zero(cpu)
    case .ne: !zero(cpu)
    case .be: carry(cpu) || zero(cpu)
    case .a: !(carry(cpu) || zero(cpu))
    case .s: sign(cpu)
    case .ns: !sign(cpu)
    case .p: parity(cpu)
    case .np: !parity(cpu)
    case .l: sign(cpu) != overflow(cpu)
    case .ge: sign(cpu) == overflow(cpu)
    case .le: zero(cpu) || sign(cpu) != overflow(cpu)
    case .g: !(zero(cpu) || sign(cpu) != overflow(cpu))
    }
  }

  /// RFLAGS as PUSHF would store it.
  @inline(__always) static func packed(_ cpu: CPU) -> UInt64 {
    let rest = cpu.pointee.rflags
    if cpu.pointee.lazy_kind == explicit { return rest }
    var value = rest & ~Flag.status
    if carry(cpu) { value |= Flag.carry }
    if parity(cpu) { value |= Flag.parity }
    if adjust(cpu) { value |= Flag.adjust }
    if zero(cpu) { value |= Flag.zero }
    if sign(cpu) { value |= Flag.sign }
    if overflow(cpu) { value |= Flag.overflow }
    return value
  }

  /// Makes the bits in `rflags` valid.
  @inline(__always) static func settle(_ cpu: CPU) {
    cpu.pointee.rflags = packed(cpu)
    cpu.pointee.lazy_kind = explicit
  }

  /// Replaces CF alone, without working out the others: every kind has a sibling that takes CF from `lazy_carry`.
  @inline(__always) static func setCarry(_ cpu: CPU, _ carry: Bool) {
    let kind = cpu.pointee.lazy_kind
    switch kind & 0xff {
    case explicit:
      cpu.pointee.rflags = (cpu.pointee.rflags & ~1) | (carry ? 1 : 0)
      return
    case add: cpu.pointee.lazy_kind = (kind & ~0xff) | inc
    case sub: cpu.pointee.lazy_kind = (kind & ~0xff) | dec
    case logic:
      cpu.pointee.lazy_kind = (kind & ~0xff) | result
      cpu.pointee.lazy_a = 0
    default: break
    }
    cpu.pointee.lazy_carry = carry ? 1 : 0
  }

  /// Flags of kind `result`.
  @inline(__always) static func recordResult<T: Word>(
    _ cpu: CPU, _ r: T, carry: Bool, overflow: Bool, adjust: Bool = false
  ) {
    cpu.pointee.lazy_kind = kind(result, T.self)
    cpu.pointee.lazy_r = r.aligned
    cpu.pointee.lazy_carry = carry ? 1 : 0
    cpu.pointee.lazy_a = (overflow ? 1 << 63 : 0) | (adjust ? 1 : 0)
  }

  /// Replaces the status flags in `mask` by those in `bits`, keeping the others.
  @inline(__always) static func merge(_ cpu: CPU, _ mask: UInt64, _ bits: UInt64) {
    cpu.pointee.rflags = (packed(cpu) & ~mask) | (bits & mask)
    cpu.pointee.lazy_kind = explicit
  }

  /// Replaces all six status flags.
  @inline(__always) static func replace(_ cpu: CPU, _ bits: UInt64) {
    cpu.pointee.rflags = (cpu.pointee.rflags & ~Flag.status) | bits
    cpu.pointee.lazy_kind = explicit
  }
}
