import CMachine
import X86

/// Unmasked floating-point exceptions: #XM with the destination unchanged (SDM vol. 1, 4.9.2 and 11.5).
///
/// The host computes with every exception masked; this looks at the flags that come up and decides what the guest's
/// masks would have made of them. Only threads that unmask something come here (see `MXCSR.write`).
enum FloatCheck {
  /// IE, DE and ZE are found before anything is computed: unmasked, they keep the later ones from being noticed.
  private static let beforeComputation: UInt32 = 0x7
  private static let overflow: UInt32 = 0x8
  private static let underflow: UInt32 = 0x10
  private static let precision: UInt32 = 0x20

  /// A `FloatOperation` as a value: one copy of the code below is enough.
  struct Operation {
    let apply: (UnsafeMutableRawPointer, UnsafeRawPointer, UnsafeRawPointer) -> Void
    let rounding: Rounding
    let sourceLane: Int
    let resultLane: Int
    let laneCount: Int

    init<O: FloatOperation>(_: O.Type) {
      apply = { O.apply($0, $1, $2) }
      rounding = O.rounding
      sourceLane = O.Format.sourceLane
      resultLane = O.Format.resultLane
      laneCount = min(O.Format.sourceBytes / O.Format.sourceLane, O.Format.resultBytes / O.Format.resultLane)
    }
  }

  /// The value of `body`, an operation that cannot underflow.
  @inline(__always) static func value<P: Path, R>(_ c: Context<P>, _ p: OpPointer, _ body: () -> R) throws(Departure)
    -> R
  {
    if P.isFast || !MXCSR.isUnmasked(c.cpu) { return body() }
    let before = begin()
    let result = body()
    try settle(c, before, raised(), p)
    return result
  }

  /// `d = d op b`, unless that raises.
  @inline(never) static func apply<P: Path>(
    _ c: Context<P>, _ operation: Operation, _ d: UnsafeMutableRawPointer, _ b: UnsafeRawPointer, _ p: OpPointer
  ) throws(Departure) {
    // The question how a result was rounded is put to the host's x87.
    X87.settle(c.cpu)
    let scratch = swemu_scratch(c.cpu)
    let before = begin()
    operation.apply(scratch, d, b)
    var flags = raised()
    if operation.rounding != .none {
      let unmasked = unmaskedFlags(c.cpu)
      let isEarly = flags & unmasked & beforeComputation != 0
      let isTiny = unmasked & underflow != 0 && Self.isTiny(scratch, operation)
      if !isEarly, isTiny || flags & unmasked & (overflow | underflow) != 0 {
        flags = flagsByLane(c.cpu, operation, d, b, scratch)
      }
    }
    try settle(c, before, flags, p)
    d.copyMemory(from: scratch, byteCount: 16)
  }

  /// Clears the status flags. Returns MXCSR as it was.
  fileprivate static func begin() -> UInt32 {
    let before = swemu_store_mxcsr()
    swemu_load_mxcsr(before & ~MXCSR.flags)
    return before
  }

  fileprivate static func raised() -> UInt32 { swemu_store_mxcsr() & MXCSR.flags }

  private static func unmaskedFlags(_ cpu: CPU) -> UInt32 { ~(cpu.pointee.mxcsr >> 7) & MXCSR.flags }

  /// Adds the new flags to the sticky ones and raises what is unmasked.
  /// - Parameter isHosts: the flags are what the host left, so that none of them came too late.
  private static func settle<P: Path>(
    _ c: Context<P>, _ before: UInt32, _ flags: UInt32, _ p: OpPointer, isHosts: Bool = false
  ) throws(Departure) {
    let unmasked = unmaskedFlags(c.cpu)
    let isEarly = !isHosts && flags & unmasked & beforeComputation != 0
    swemu_load_mxcsr(before | (isEarly ? flags & beforeComputation : flags))
    if flags & unmasked != 0 { try c.raise(.simd, p) }
  }

  /// Whether a lane of the result is denormal.
  ///
  /// Masked, underflow is reported for results that are tiny *and* inexact; unmasked, for all tiny ones (SDM vol. 1,
  /// 4.9.1.5). A tiny result that is exact is a denormal number and raises nothing else.
  private static func isTiny(_ result: UnsafeRawPointer, _ operation: Operation) -> Bool {
    (0..<operation.laneCount).contains { isTiny(result + $0 * operation.resultLane, width: operation.resultLane) }
  }

  private static func isTiny(_ lane: UnsafeRawPointer, width: Int) -> Bool {
    if width == 4 {
      let magnitude = lane.loadUnaligned(as: UInt32.self) & 0x7fff_ffff
      return magnitude != 0 && magnitude < 0x0080_0000
    }
    let magnitude = lane.loadUnaligned(as: UInt64.self) & 0x7fff_ffff_ffff_ffff
    return magnitude != 0 && magnitude < 0x0010_0000_0000_0000
  }

  /// The flags of an operation of which some lane overflows or underflows unmasked: such a lane is inexact only if it
  /// would be with unbounded exponents; the others count as ever.
  private static func flagsByLane(
    _ cpu: CPU, _ operation: Operation, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ scratch: UnsafeMutableRawPointer
  ) -> UInt32 {
    let unmasked = unmaskedFlags(cpu)
    let (first, second) = (scratch + 16, scratch + 32)
    var flags: UInt32 = 0
    for lane in 0..<operation.laneCount {
      let offset = lane * operation.sourceLane
      // Every other lane computes on ones, which raises nothing.
      fillWithOnes(first, operation.sourceLane)
      fillWithOnes(second, operation.sourceLane)
      (first + offset).copyMemory(from: a + offset, byteCount: operation.sourceLane)
      (second + offset).copyMemory(from: b + offset, byteCount: operation.sourceLane)
      _ = begin()
      operation.apply(scratch, first, second)
      var own = raised()
      if unmasked & underflow != 0, isTiny(scratch + lane * operation.resultLane, width: operation.resultLane) {
        own |= underflow
      }
      if own & unmasked & (overflow | underflow) != 0 {
        own &= ~precision
        if isInexact(cpu, operation, first + offset, second + offset) { own |= precision }
      }
      flags |= own
    }
    return flags
  }

  private static func fillWithOnes(_ vector: UnsafeMutableRawPointer, _ lane: Int) {
    for offset in stride(from: 0, to: 16, by: lane) {
      if lane == 4 {
        vector.storeBytes(of: 0x3f80_0000, toByteOffset: offset, as: UInt32.self)
      } else {
        vector.storeBytes(of: 0x3ff0_0000_0000_0000, toByteOffset: offset, as: UInt64.self)
      }
    }
  }

  private static func isInexact(_ cpu: CPU, _ operation: Operation, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer)
    -> Bool
  {
    swemu_is_inexact(
      operation.rounding.rawValue, number(cpu, a, operation.sourceLane), number(cpu, b, operation.sourceLane),
      operation.resultLane == 8 ? 1 : 0, cpu.pointee.mxcsr >> 13) != 0
  }

  /// A lane as a double; under DAZ a denormal is a zero.
  private static func number(_ cpu: CPU, _ lane: UnsafeRawPointer, _ width: Int) -> Double {
    let isZero = cpu.pointee.mxcsr & MXCSR.denormalsAreZeros != 0 && isTiny(lane, width: width)
    if isZero { return 0 }
    return width == 4
      ? Double(Float(bitPattern: lane.loadUnaligned(as: UInt32.self)))
      : Double(bitPattern: lane.loadUnaligned(as: UInt64.self))
  }
}

extension FloatCheck {
  /// Runs `body` on `operand` and raises what is unmasked, with the destination unchanged.
  ///
  /// What an unmasked overflow or underflow leaves in the precision flag follows from no masked result; there the host
  /// runs the instruction with the guest's own masks and tells what it raised (`swemu_unmasked_trial`). So it does for
  /// dot products, whose multiplications raise before their additions.
  @inline(never) static func execute<P: Path>(
    _ c: Context<P>, _ p: OpPointer, stores: Bool, isStaged: Bool, _ operand: UnsafeMutableRawPointer,
    _ body: (UnsafeMutableRawPointer) -> Void
  ) throws(Departure) {
    let register = c.vector(p.pointee.dst)
    let scratch = swemu_scratch(c.cpu)
    // The register before; behind it the bytes of a store before they go to memory.
    scratch.copyMemory(from: register, byteCount: 32)
    let target = stores ? scratch + 32 : operand
    let before = begin()
    body(target)
    var flags = raised()
    let unmasked = unmaskedFlags(c.cpu)
    let isEarly = flags & unmasked & beforeComputation != 0
    let asksHost =
      isStaged
      ? unmasked & underflow != 0 || flags & unmasked != 0
      : !isEarly && (unmasked & underflow != 0 || flags & unmasked & overflow != 0)
    if asksHost {
      register.copyMemory(from: scratch, byteCount: 32)
      flags = UnsafeMutableRawPointer(p).withMemoryRebound(to: swemu_op.self, capacity: 1) {
        swemu_unmasked_trial(c.cpu, $0, target, c.cpu.pointee.mxcsr & ~MXCSR.flags)
      }
    }
    if flags & unmasked != 0 { register.copyMemory(from: scratch, byteCount: 32) }
    try settle(c, before, flags, p, isHosts: asksHost)
    if stores { operand.copyMemory(from: target, byteCount: Int(swemu_vector_entry_of_raw(p).bytes)) }
  }

  private static func swemu_vector_entry_of_raw(_ p: OpPointer) -> swemu_vector_entry {
    UnsafePointer<swemu_vector_entry>(bitPattern: UInt(p.pointee.imm & 0xffff_ffff_ffff)).unsafelyUnwrapped.pointee
  }
}
