import CMachine
import X86

/// Unmasked floating-point exceptions: #XM with the destination unchanged (SDM vol. 1, 4.9.2 and 11.5).
///
/// The host computes with every exception masked; this looks at the flags that come up and decides what the guest's
/// masks would have made of them. Only threads that unmask something come here (see `MXCSR.write`).
enum FloatCheck {
  /// IE, DE and ZE are found before anything is computed: unmasked, they keep the later ones from being noticed.
  private static let beforeComputation: UInt32 = 0x7
  private static let underflow: UInt32 = 0x10

  /// The value of `body`, an operation that cannot underflow.
  @inline(__always) static func value<P: Path, R>(_ c: Context<P>, _ p: OpPointer, _ body: () -> R) throws(Departure)
    -> R
  {
    if P.isFast || !MXCSR.isUnmasked(c.cpu) { return body() }
    let before = begin()
    let result = body()
    try end(c, before, isTiny: false, p)
    return result
  }

  /// `d = d op b`, unless that raises.
  @inline(never) static func apply<P: Path, O: FloatOperation>(
    _ c: Context<P>, _: O.Type, _ d: UnsafeMutableRawPointer, _ b: UnsafeRawPointer, _ p: OpPointer
  ) throws(Departure) {
    let result = withUnsafeMutablePointer(to: &c.cpu.pointee.scratch) { UnsafeMutableRawPointer($0) }
    let before = begin()
    O.apply(result, d, b)
    try end(c, before, isTiny: isTiny(result, O.Format.self), p)
    d.copyMemory(from: result, byteCount: 16)
  }

  /// Clears the status flags. Returns MXCSR as it was.
  private static func begin() -> UInt32 {
    let before = swemu_store_mxcsr()
    swemu_load_mxcsr(before & ~MXCSR.flags)
    return before
  }

  private static func end<P: Path>(_ c: Context<P>, _ before: UInt32, isTiny: Bool, _ p: OpPointer) throws(Departure) {
    let unmasked = ~(c.cpu.pointee.mxcsr >> 7) & MXCSR.flags
    var raised = swemu_store_mxcsr() & MXCSR.flags
    if isTiny, unmasked & underflow != 0 { raised |= underflow }
    let isEarly = raised & unmasked & beforeComputation != 0
    if isEarly { raised &= beforeComputation }
    swemu_load_mxcsr(before | raised)
    if raised & unmasked != 0 { try c.raise(.simd, p) }
  }

  /// Whether a lane of the result is denormal.
  ///
  /// Masked, underflow is reported for tiny *and* inexact results; unmasked, for all tiny ones (SDM vol. 1, 4.9.1.5).
  /// A tiny result that is exact is a denormal number and raises nothing else.
  private static func isTiny<F: FloatFormat>(_ result: UnsafeMutableRawPointer, _: F.Type) -> Bool {
    guard F.underflowLane != 0 else { return false }
    for offset in stride(from: 0, to: F.resultBytes, by: F.underflowLane) {
      if F.underflowLane == 4 {
        let magnitude = result.load(fromByteOffset: offset, as: UInt32.self) & 0x7fff_ffff
        if magnitude != 0, magnitude < 0x0080_0000 { return true }
      } else {
        let magnitude = result.load(fromByteOffset: offset, as: UInt64.self) & 0x7fff_ffff_ffff_ffff
        if magnitude != 0, magnitude < 0x0010_0000_0000_0000 { return true }
      }
    }
    return false
  }
}
