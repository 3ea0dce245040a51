// CVTxx2yy between XMM registers, and to and from general-purpose registers (SDM vol. 2).

import CMachine
import X86

enum SingleToDouble: FloatFormat {
  @inline(__always) static var sourceBytes: Int { 4 }
  @inline(__always) static var resultBytes: Int { 8 }
}
enum DoubleToSingle: FloatFormat {
  @inline(__always) static var sourceBytes: Int { 8 }
  @inline(__always) static var resultBytes: Int { 4 }
}
/// Two lanes of 32 bits to two of 64.
enum Widen: FloatFormat {
  @inline(__always) static var sourceBytes: Int { 8 }
  @inline(__always) static var resultBytes: Int { 16 }
}
/// Two doubles to two singles, the upper half zero.
enum NarrowToSingle: FloatFormat {
  @inline(__always) static var sourceBytes: Int { 16 }
  @inline(__always) static var resultBytes: Int { 16 }
  @inline(__always) static var resultLane: Int { 4 }
}

enum CvtSS2SD: FloatOperation {
  typealias Format = SingleToDouble
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvtss2sd(d, a, b)
  }
}
enum CvtSD2SS: FloatOperation {
  typealias Format = DoubleToSingle
  @inline(__always) static var rounding: Rounding { .narrow }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvtsd2ss(d, a, b)
  }
}
enum CvtPS2PD: FloatOperation {
  typealias Format = Widen
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvtps2pd(d, a, b)
  }
}
enum CvtDQ2PD: FloatOperation {
  typealias Format = Widen
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvtdq2pd(d, a, b)
  }
}
enum CvtPD2PS: FloatOperation {
  typealias Format = NarrowToSingle
  @inline(__always) static var rounding: Rounding { .narrow }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvtpd2ps(d, a, b)
  }
}
enum CvtPD2DQ: FloatOperation {
  typealias Format = PD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvtpd2dq(d, a, b)
  }
}
enum CvttPD2DQ: FloatOperation {
  typealias Format = PD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvttpd2dq(d, a, b)
  }
}
enum CvtPS2DQ: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvtps2dq(d, a, b)
  }
}
enum CvttPS2DQ: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvttps2dq(d, a, b)
  }
}
enum CvtDQ2PS: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_cvtdq2ps(d, a, b)
  }
}

/// From a general-purpose register or memory of width `T`.
enum CvtSI2SS<T: Word>: FloatOperation {
  enum Format: FloatFormat {
    @inline(__always) static var sourceBytes: Int { T.bitWidth / 8 }
    @inline(__always) static var resultBytes: Int { 4 }
  }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    if T.bitWidth == 64 { swemu_cvtsi2ss64(d, a, b) } else { swemu_cvtsi2ss32(d, a, b) }
  }
}

/// From a general-purpose register or memory of width `T`.
enum CvtSI2SD<T: Word>: FloatOperation {
  enum Format: FloatFormat {
    @inline(__always) static var sourceBytes: Int { T.bitWidth / 8 }
    @inline(__always) static var resultBytes: Int { 8 }
  }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    if T.bitWidth == 64 { swemu_cvtsi2sd64(d, a, b) } else { swemu_cvtsi2sd32(d, a, b) }
  }
}

/// A conversion to a general-purpose register.
protocol FloatToInteger {
  static var sourceBytes: Int { get }
  static func convert<T: Word>(_ b: UnsafeRawPointer) -> T
}

enum CvtSS2SI: FloatToInteger {
  @inline(__always) static var sourceBytes: Int { 4 }
  @inline(__always) static func convert<T: Word>(_ b: UnsafeRawPointer) -> T {
    T.bitWidth == 64 ? T(truncatingIfNeeded: swemu_cvtss2si64(b)) : T(truncatingIfNeeded: swemu_cvtss2si32(b))
  }
}
enum CvttSS2SI: FloatToInteger {
  @inline(__always) static var sourceBytes: Int { 4 }
  @inline(__always) static func convert<T: Word>(_ b: UnsafeRawPointer) -> T {
    T.bitWidth == 64 ? T(truncatingIfNeeded: swemu_cvttss2si64(b)) : T(truncatingIfNeeded: swemu_cvttss2si32(b))
  }
}
enum CvtSD2SI: FloatToInteger {
  @inline(__always) static var sourceBytes: Int { 8 }
  @inline(__always) static func convert<T: Word>(_ b: UnsafeRawPointer) -> T {
    T.bitWidth == 64 ? T(truncatingIfNeeded: swemu_cvtsd2si64(b)) : T(truncatingIfNeeded: swemu_cvtsd2si32(b))
  }
}
enum CvttSD2SI: FloatToInteger {
  @inline(__always) static var sourceBytes: Int { 8 }
  @inline(__always) static func convert<T: Word>(_ b: UnsafeRawPointer) -> T {
    T.bitWidth == 64 ? T(truncatingIfNeeded: swemu_cvttsd2si64(b)) : T(truncatingIfNeeded: swemu_cvttsd2si32(b))
  }
}

enum ConvertToInteger<O: FloatToInteger, T: Word, S: VectorSource>: Semantics {
  typealias OutOfLine = ConvertToInteger<O, T, S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, O.sourceBytes)
    let value: T = try FloatCheck.value(c, p) { O.convert(source) }
    c.set(p.pointee.dst, value)
    return p + 1
  }
}
