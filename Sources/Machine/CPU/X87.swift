import CMachine
import X86

/// The x87 state of a thread and where it is (SDM vol. 1, chapter 8).
///
/// As long as the guest masks all x87 exceptions, its state lives in the host's own x87 from the first x87 instruction
/// after entering guest code until guest code is left (`x87_loaded`): stack, tags, C0…C3, rounding and sticky flags are
/// the processor's own work. FCW is kept in the state as well. With an exception unmasked the state stays in memory and
/// each instruction takes the long way, `swemu_x87_execute`.
///
/// This rests on nobody in the process computing with `long double` or MMX registers while guest code runs.
enum X87 {
  /// IE DE ZE OE UE PE, in the status word and as masks in the control word.
  static let exceptions: UInt16 = 0x3f
  /// ES and B: an unmasked exception is pending.
  static let summary: UInt16 = 0x8080

  /// The control word as the processor keeps it: bit 6 is set, the other reserved bits are clear.
  @inline(__always) static func control(_ value: UInt16) -> UInt16 { (value & 0x1f3f) | 0x40 }

  @inline(__always) static func isMasked(_ control: UInt16) -> Bool { control & exceptions == exceptions }

  /// Whether an exception waits for the next instruction that looks. Never while the state is loaded.
  @inline(__always) static func hasPending(_ cpu: CPU) -> Bool {
    cpu.pointee.fsw & ~cpu.pointee.fcw & exceptions != 0
  }

  /// Makes ES and B in memory say what flags and masks say.
  static func summarize(_ cpu: CPU) {
    cpu.pointee.fsw = cpu.pointee.fsw & ~summary | (hasPending(cpu) ? summary : 0)
  }

  /// Brings the state back into memory.
  @inline(__always) static func settle(_ cpu: CPU) { if cpu.pointee.x87_loaded != 0 { store(cpu) } }

  @inline(never) private static func store(_ cpu: CPU) {
    swemu_x87_store(cpu)
    guard let last = cpu.pointee.x87_last else { return }
    let op = last.assumingMemoryBound(to: MicroOp.self)
    cpu.pointee.fip = op.rip
    cpu.pointee.fop = UInt16(truncatingIfNeeded: op.pointee.imm & 0x7ff)
    cpu.pointee.fdp = 0
    cpu.pointee.x87_last = nil
  }

  /// Loads the state. False if it must stay in memory because an exception is unmasked.
  @inline(never) static func enter(_ cpu: CPU, _ p: OpPointer) throws(Departure) -> Bool {
    if isMasked(cpu.pointee.fcw) {
      swemu_x87_load(cpu)
      return true
    }
    try checkPending(cpu, p)
    return false
  }

  /// What an instruction that waits does first: #MF for an exception that an earlier one left. MMX instructions, too.
  static func checkPending(_ cpu: CPU, _ p: OpPointer) throws(Departure) {
    if cpu.pointee.x87_loaded == 0, hasPending(cpu) {
      Machine.raise(cpu, .x87, 0, p)
      throw Departure()
    }
  }

  /// Executes the instruction of `p` with the state in memory. Its opcode and ModRM byte are in `imm`.
  @inline(never) static func execute(_ cpu: CPU, _ p: OpPointer, _ memory: UnsafeMutableRawPointer?, address: UInt64) {
    let code = UInt32(truncatingIfNeeded: p.pointee.imm)
    let flags = LazyFlags.packed(cpu) & RFlags.status.rawValue
    let result = swemu_x87_execute(cpu, code >> 8, code & 0xff, memory, flags)
    if result != flags { LazyFlags.replace(cpu, result) }
    cpu.pointee.fip = p.rip
    cpu.pointee.fop = UInt16(truncatingIfNeeded: code & 0x7ff)
    cpu.pointee.fdp = address
  }

  /// The state after FNINIT.
  static func initialize(_ cpu: CPU) {
    settle(cpu)
    cpu.pointee.fcw = 0x37f
    cpu.pointee.fsw = 0
    cpu.pointee.ftw = 0
    cpu.pointee.fip = 0
    cpu.pointee.fdp = 0
    cpu.pointee.fop = 0
  }

  // MARK: - Tags

  /// The two-bit tags that FNSTENV stores, worked out from what the registers hold (SDM vol. 1, 8.1.7).
  static func fullTags(_ cpu: CPU) -> UInt16 {
    var tags: UInt16 = 0
    for physical in 0..<8 {
      let register = x87Register(cpu, physical)
      let significand = register.load(as: UInt64.self)
      let exponent = register.load(fromByteOffset: 8, as: UInt16.self) & 0x7fff
      let tag: UInt16
      if cpu.pointee.ftw >> UInt8(physical) & 1 == 0 {
        tag = 3
      } else if exponent == 0, significand == 0 {
        tag = 1
      } else if exponent == 0 || exponent == 0x7fff || significand >> 63 == 0 {
        tag = 2
      } else {
        tag = 0
      }
      tags |= tag << UInt16(physical * 2)
    }
    return tags
  }

  /// In-use bits from two-bit tags.
  static func abridged(_ tags: UInt16) -> UInt8 {
    var bits: UInt8 = 0
    for physical in 0..<8 where tags >> UInt16(physical * 2) & 3 != 3 { bits |= 1 << UInt8(physical) }
    return bits
  }

  /// Register `number` as the stack counts from TOP; ten bytes. The state must be in memory.
  static func stackRegister(_ cpu: CPU, _ number: Int) -> UnsafeMutableRawPointer {
    x87Register(cpu, Int(cpu.pointee.fsw >> 11) + number)
  }

  private static func x87Register(_ cpu: CPU, _ physical: Int) -> UnsafeMutableRawPointer {
    cpu.raw + (MemoryLayout<swemu_cpu>.offset(of: \.x87) ?? 0) + (physical & 7) * 16
  }
}

extension Context {
  /// Makes sure that the host's x87 holds the guest's state. False if the instruction must be executed in memory.
  @inline(__always) func enterX87(_ p: OpPointer) throws(Departure) -> Bool {
    if _fastPath(cpu.pointee.x87_loaded != 0) { return true }
    if P.isFast { throw Departure() }
    return try X87.enter(cpu, p)
  }
}
