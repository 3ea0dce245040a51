// The integer and logical operations of SSE2, one each: CMachineVector.h has the instructions.

import CMachine

enum PAddB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_paddb(d, a, b)
  }
}
enum PAddW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_paddw(d, a, b)
  }
}
enum PAddD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_paddd(d, a, b)
  }
}
enum PAddQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_paddq(d, a, b)
  }
}
enum PSubB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psubb(d, a, b)
  }
}
enum PSubW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psubw(d, a, b)
  }
}
enum PSubD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psubd(d, a, b)
  }
}
enum PSubQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psubq(d, a, b)
  }
}
enum PAddSB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_paddsb(d, a, b)
  }
}
enum PAddSW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_paddsw(d, a, b)
  }
}
enum PAddUSB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_paddusb(d, a, b)
  }
}
enum PAddUSW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_paddusw(d, a, b)
  }
}
enum PSubSB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psubsb(d, a, b)
  }
}
enum PSubSW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psubsw(d, a, b)
  }
}
enum PSubUSB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psubusb(d, a, b)
  }
}
enum PSubUSW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psubusw(d, a, b)
  }
}
enum PCmpEqB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pcmpeqb(d, a, b)
  }
}
enum PCmpEqW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pcmpeqw(d, a, b)
  }
}
enum PCmpEqD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pcmpeqd(d, a, b)
  }
}
enum PCmpGtB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pcmpgtb(d, a, b)
  }
}
enum PCmpGtW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pcmpgtw(d, a, b)
  }
}
enum PCmpGtD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pcmpgtd(d, a, b)
  }
}
enum PAnd: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pand(d, a, b)
  }
}
enum PAndN: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pandn(d, a, b)
  }
}
enum POr: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_por(d, a, b)
  }
}
enum PXor: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pxor(d, a, b)
  }
}
enum PUnpckLBW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_punpcklbw(d, a, b)
  }
}
enum PUnpckLWD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_punpcklwd(d, a, b)
  }
}
enum PUnpckLDQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_punpckldq(d, a, b)
  }
}
enum PUnpckLQDQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_punpcklqdq(d, a, b)
  }
}
enum PUnpckHBW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_punpckhbw(d, a, b)
  }
}
enum PUnpckHWD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_punpckhwd(d, a, b)
  }
}
enum PUnpckHDQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_punpckhdq(d, a, b)
  }
}
enum PUnpckHQDQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_punpckhqdq(d, a, b)
  }
}
enum PackSSWB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_packsswb(d, a, b)
  }
}
enum PackSSDW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_packssdw(d, a, b)
  }
}
enum PackUSWB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_packuswb(d, a, b)
  }
}
enum PMinUB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pminub(d, a, b)
  }
}
enum PMaxUB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pmaxub(d, a, b)
  }
}
enum PMinSW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pminsw(d, a, b)
  }
}
enum PMaxSW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pmaxsw(d, a, b)
  }
}
enum PAvgB: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pavgb(d, a, b)
  }
}
enum PAvgW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pavgw(d, a, b)
  }
}
enum PMulLW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pmullw(d, a, b)
  }
}
enum PMulHW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pmulhw(d, a, b)
  }
}
enum PMulHUW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pmulhuw(d, a, b)
  }
}
enum PMulUDQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pmuludq(d, a, b)
  }
}
enum PMAddWD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pmaddwd(d, a, b)
  }
}
enum PSadBW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psadbw(d, a, b)
  }
}
enum PSllW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psllw(d, a, b)
  }
}
enum PSllD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_pslld(d, a, b)
  }
}
enum PSllQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psllq(d, a, b)
  }
}
enum PSrlW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psrlw(d, a, b)
  }
}
enum PSrlD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psrld(d, a, b)
  }
}
enum PSrlQ: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psrlq(d, a, b)
  }
}
enum PSraW: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psraw(d, a, b)
  }
}
enum PSraD: VectorOperation {
  @inline(__always) static func apply(_ d: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer) {
    swemu_psrad(d, a, b)
  }
}
