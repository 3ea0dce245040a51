// The floating-point operations of SSE and SSE2, one line each: CMachineFloat.h has the instructions.

import CMachine

enum AddSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static var rounding: Rounding { .add }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_addss(d, a, b)
  }
}
enum AddSD: FloatOperation {
  typealias Format = SD
  @inline(__always) static var rounding: Rounding { .add }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_addsd(d, a, b)
  }
}
enum AddPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static var rounding: Rounding { .add }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_addps(d, a, b)
  }
}
enum AddPD: FloatOperation {
  typealias Format = PD
  @inline(__always) static var rounding: Rounding { .add }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_addpd(d, a, b)
  }
}
enum SubSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static var rounding: Rounding { .subtract }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_subss(d, a, b)
  }
}
enum SubSD: FloatOperation {
  typealias Format = SD
  @inline(__always) static var rounding: Rounding { .subtract }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_subsd(d, a, b)
  }
}
enum SubPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static var rounding: Rounding { .subtract }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_subps(d, a, b)
  }
}
enum SubPD: FloatOperation {
  typealias Format = PD
  @inline(__always) static var rounding: Rounding { .subtract }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_subpd(d, a, b)
  }
}
enum MulSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static var rounding: Rounding { .multiply }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_mulss(d, a, b)
  }
}
enum MulSD: FloatOperation {
  typealias Format = SD
  @inline(__always) static var rounding: Rounding { .multiply }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_mulsd(d, a, b)
  }
}
enum MulPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static var rounding: Rounding { .multiply }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_mulps(d, a, b)
  }
}
enum MulPD: FloatOperation {
  typealias Format = PD
  @inline(__always) static var rounding: Rounding { .multiply }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_mulpd(d, a, b)
  }
}
enum DivSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static var rounding: Rounding { .divide }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_divss(d, a, b)
  }
}
enum DivSD: FloatOperation {
  typealias Format = SD
  @inline(__always) static var rounding: Rounding { .divide }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_divsd(d, a, b)
  }
}
enum DivPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static var rounding: Rounding { .divide }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_divps(d, a, b)
  }
}
enum DivPD: FloatOperation {
  typealias Format = PD
  @inline(__always) static var rounding: Rounding { .divide }
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_divpd(d, a, b)
  }
}
enum MinSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_minss(d, a, b)
  }
}
enum MinSD: FloatOperation {
  typealias Format = SD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_minsd(d, a, b)
  }
}
enum MinPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_minps(d, a, b)
  }
}
enum MinPD: FloatOperation {
  typealias Format = PD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_minpd(d, a, b)
  }
}
enum MaxSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_maxss(d, a, b)
  }
}
enum MaxSD: FloatOperation {
  typealias Format = SD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_maxsd(d, a, b)
  }
}
enum MaxPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_maxps(d, a, b)
  }
}
enum MaxPD: FloatOperation {
  typealias Format = PD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_maxpd(d, a, b)
  }
}
enum SqrtSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_sqrtss(d, a, b)
  }
}
enum SqrtSD: FloatOperation {
  typealias Format = SD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_sqrtsd(d, a, b)
  }
}
enum SqrtPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_sqrtps(d, a, b)
  }
}
enum SqrtPD: FloatOperation {
  typealias Format = PD
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_sqrtpd(d, a, b)
  }
}
enum RcpSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_rcpss(d, a, b)
  }
}
enum RcpPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_rcpps(d, a, b)
  }
}
enum RsqrtSS: FloatOperation {
  typealias Format = SS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_rsqrtss(d, a, b)
  }
}
enum RsqrtPS: FloatOperation {
  typealias Format = PS
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_rsqrtps(d, a, b)
  }
}
