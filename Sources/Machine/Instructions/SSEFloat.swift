// ADDSS…MAXPD SQRTxx RCPxx RSQRTxx CMPxx COMISx UCOMISx (SDM vol. 2; exceptions: vol. 1, 11.5).

import CMachine
import X86

/// How many bytes a floating-point instruction reads from its last operand and computes.
protocol FloatFormat {
  static var sourceBytes: Int { get }
  static var resultBytes: Int { get }
  /// Bytes of one lane, for arithmetic.
  static var sourceLane: Int { get }
  static var resultLane: Int { get }
}

extension FloatFormat {
  @inline(__always) static var sourceLane: Int { min(sourceBytes, 8) }
  @inline(__always) static var resultLane: Int { min(resultBytes, 8) }
}

/// What an operation that can overflow or underflow is to the x87 (`FloatCheck`).
enum Rounding: UInt32 { case none, add, subtract, multiply, divide, narrow }

/// A floating-point operation; the lanes of `d` beyond the result are those of `a`.
protocol FloatOperation: VectorOperation {
  associatedtype Format: FloatFormat
  static var rounding: Rounding { get }
}

extension FloatOperation {
  @inline(__always) static var rounding: Rounding { .none }
}

/// Scalar single precision.
enum SS: FloatFormat {
  @inline(__always) static var sourceBytes: Int { 4 }
  @inline(__always) static var resultBytes: Int { 4 }
}
/// Scalar double precision.
enum SD: FloatFormat {
  @inline(__always) static var sourceBytes: Int { 8 }
  @inline(__always) static var resultBytes: Int { 8 }
}
/// Packed single precision.
enum PS: FloatFormat {
  @inline(__always) static var sourceBytes: Int { 16 }
  @inline(__always) static var resultBytes: Int { 16 }
  @inline(__always) static var sourceLane: Int { 4 }
  @inline(__always) static var resultLane: Int { 4 }
}
/// Packed double precision.
enum PD: FloatFormat {
  @inline(__always) static var sourceBytes: Int { 16 }
  @inline(__always) static var resultBytes: Int { 16 }
}

/// `O xmm, xmm/m`: the destination from itself and the source, or from the source alone.
enum ComputeFloat<O: FloatOperation, S: VectorSource>: Semantics {
  typealias OutOfLine = ComputeFloat<O, S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, O.Format.sourceBytes)
    let destination = c.vector(p.pointee.dst)
    if P.isFast || !MXCSR.isUnmasked(c.cpu) {
      O.apply(destination, destination, source)
    } else {
      try FloatCheck.apply(c, FloatCheck.Operation(O.self), destination, source, p)
    }
    return p + 1
  }
}

/// COMISx and UCOMISx.
protocol FloatOrder {
  static var sourceBytes: Int { get }
  /// ZF, PF and CF at their places.
  static func compare(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> UInt64
}

enum CompareOrder<O: FloatOrder, S: VectorSource>: Semantics {
  typealias OutOfLine = CompareOrder<O, S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, O.sourceBytes)
    let destination = c.vector(p.pointee.dst)
    let flags = try FloatCheck.value(c, p) { O.compare(destination, source) }
    LazyFlags.replace(c.cpu, flags)
    return p + 1
  }
}

/// A predicate of CMPxx: imm8[2:0].
protocol FloatPredicate { static var number: UInt32 { get } }
enum Equal: FloatPredicate { @inline(__always) static var number: UInt32 { 0 } }
enum Less: FloatPredicate { @inline(__always) static var number: UInt32 { 1 } }
enum LessOrEqual: FloatPredicate { @inline(__always) static var number: UInt32 { 2 } }
enum Unordered: FloatPredicate { @inline(__always) static var number: UInt32 { 3 } }
enum NotEqual: FloatPredicate { @inline(__always) static var number: UInt32 { 4 } }
enum NotLess: FloatPredicate { @inline(__always) static var number: UInt32 { 5 } }
enum NotLessOrEqual: FloatPredicate { @inline(__always) static var number: UInt32 { 6 } }
enum Ordered: FloatPredicate { @inline(__always) static var number: UInt32 { 7 } }

enum CompareSS<N: FloatPredicate>: FloatOperation {
  typealias Format = SS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cmpss(d, a, b, N.number)
  }
}

enum CompareSD<N: FloatPredicate>: FloatOperation {
  typealias Format = SD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cmpsd(d, a, b, N.number)
  }
}

enum ComparePS<N: FloatPredicate>: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cmpps(d, a, b, N.number)
  }
}

enum ComparePD<N: FloatPredicate>: FloatOperation {
  typealias Format = PD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cmppd(d, a, b, N.number)
  }
}

enum UcomiSS: FloatOrder {
  @inline(__always) static var sourceBytes: Int { 4 }
  @inline(__always) static func compare(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> UInt64 { swemu_ucomiss(a, b) }
}
enum UcomiSD: FloatOrder {
  @inline(__always) static var sourceBytes: Int { 8 }
  @inline(__always) static func compare(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> UInt64 { swemu_ucomisd(a, b) }
}
enum ComiSS: FloatOrder {
  @inline(__always) static var sourceBytes: Int { 4 }
  @inline(__always) static func compare(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> UInt64 { swemu_comiss(a, b) }
}
enum ComiSD: FloatOrder {
  @inline(__always) static var sourceBytes: Int { 8 }
  @inline(__always) static func compare(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> UInt64 { swemu_comisd(a, b) }
}
