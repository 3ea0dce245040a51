import CMachine

/// The SSE control and status register (SDM vol. 1, 10.2.3).
///
/// While guest code runs, the host's MXCSR is the guest's with every exception masked: rounding, DAZ, FTZ and the status
/// flags are the processor's own work. The state keeps the guest's control bits; its status flags there are old until
/// the guest leaves.
package enum MXCSR {
  /// IE DE ZE OE UE PE.
  static let flags: UInt32 = 0x3f
  /// The mask bits of the same six.
  static let masks: UInt32 = 0x1f80
  static let denormalsAreZeros: UInt32 = 0x40
  static let underflowMask: UInt32 = 0x800
  static let flushToZero: UInt32 = 0x8000
  /// Reserved; loading one of them raises #GP. (FXSAVE reports the complement as MXCSR_MASK.)
  package static let reserved: UInt32 = 0xffff_0000

  /// Whether a floating-point instruction of this thread may raise #XM.
  @inline(__always) static func isUnmasked(_ cpu: CPU) -> Bool { cpu.pointee.mxcsr & masks != masks }

  /// What the host's register holds for a guest value.
  ///
  /// FTZ has no effect while underflow is unmasked (SDM vol. 1, 10.2.3.3); masked on the host, it would have.
  @inline(__always) static func hosted(_ value: UInt32) -> UInt32 {
    value & underflowMask == 0 ? (value | masks) & ~flushToZero : value | masks
  }

  /// The guest's value while guest code runs.
  @inline(__always) static func read(_ cpu: CPU) -> UInt32 {
    (cpu.pointee.mxcsr & ~flags) | (swemu_store_mxcsr_through(swemu_scratch(cpu)) & flags)
  }

  /// Sets the guest's value while guest code runs; reserved bits are the caller's to check.
  ///
  /// Blocks are built for a thread with all exceptions masked or for one without, so a change leaves the block after
  /// this instruction (which must not be a `Tail` handler's fast path then).
  static func write(_ cpu: CPU, _ value: UInt32) {
    let was = isUnmasked(cpu)
    cpu.pointee.mxcsr = value
    swemu_load_mxcsr(hosted(value))
    if isUnmasked(cpu) != was { cpu.pointee.code_changed = 1 }
  }

  /// Gives the host's register to the guest. Returns what it was.
  @inline(__always) static func enter(_ cpu: CPU) -> UInt32 {
    let host = swemu_store_mxcsr()
    swemu_load_mxcsr(hosted(cpu.pointee.mxcsr))
    return host
  }

  /// Takes the register back.
  @inline(__always) static func leave(_ cpu: CPU, _ host: UInt32) {
    cpu.pointee.mxcsr = read(cpu)
    swemu_load_mxcsr(host)
  }

  /// Begins host code in the middle of guest code: it must neither round as the guest wishes nor leave flags behind
  /// (a Dictionary that grows computes with Double). The result is given back to `swemu_load_mxcsr`.
  @inline(__always) package static func suspend() -> UInt32 {
    let guest = swemu_store_mxcsr()
    swemu_load_mxcsr(masks)
    return guest
  }
}
