import CNativeOracle
import Decode
import Glibc
import LinuxABI
import X86

@testable import Machine

/// Runs one instruction on the host processor and in the machine from the same state, and compares everything that
/// either may have changed: registers, status flags, MXCSR, x87 and MMX state, memory, and the fault.
final class VectorOracle {
  /// Guest memory that operands lie in: `dataSize` bytes, and nothing behind them.
  static let code: UInt64 = 0x2000_0000
  static let data: UInt64 = 0x2010_0000
  static let dataSize = 0x1000

  private let memory: AddressSpace
  private let machine: Machine
  private let cpu: CPU
  private let native: UnsafeMutablePointer<native_state>
  private var bytes: [UInt8] = []
  private(set) var comparisons = 0

  init() throws {
    memory = try AddressSpace()
    machine = Machine(memory: memory, decoder: try CapstoneDecoder())
    let fixed = MapFlags(rawValue: 0x32)
    _ = try memory.map(at: Self.code, length: 0x1000, protection: ProtectionFlags(rawValue: 7), flags: fixed)
    _ = try memory.map(
      at: Self.data, length: UInt64(Self.dataSize), protection: ProtectionFlags(rawValue: 3), flags: fixed)
    cpu = machine.makeThread()
    native = .allocate(capacity: 1)
    native.initialize(to: native_state())
  }

  deinit {
    machine.freeThread(cpu)
    native.deallocate()
  }

  /// The state before an instruction.
  struct State {
    var gpr = [UInt64](repeating: 0, count: 16)
    var flags: UInt64 = 0x202
    var mxcsr: UInt32 = 0x1f80
    /// XMM0…15, two words each.
    var xmm = [UInt64](repeating: 0, count: 32)
    /// MM0…7, the low 64 bits of the physical x87 registers.
    var mm = [UInt64](repeating: 0, count: 8)
    var data = [UInt64](repeating: 0, count: 64)
    /// Where `data` goes, relative to `VectorOracle.data`.
    var dataOffset = 0
  }

  /// Chooses the instruction that `compare` runs.
  func load(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    try memory.copyOut(bytes, to: Self.code)
  }

  /// Runs the instruction both ways. Returns what differs, or nil.
  func compare(_ state: State) -> String? {
    comparisons += 1
    let area = UnsafeMutableRawPointer(bitPattern: UInt(Self.data))! + state.dataOffset
    let size = state.data.count * 8
    state.data.withUnsafeBytes { area.copyMemory(from: $0.baseAddress!, byteCount: size) }
    setNative(state)
    native_run(native, bytes, UInt64(bytes.count))
    let nativeData = [UInt8](UnsafeRawBufferPointer(start: area, count: size))

    state.data.withUnsafeBytes { area.copyMemory(from: $0.baseAddress!, byteCount: size) }
    setGuest(state)
    let exit = machine.step(cpu)
    let guestData = [UInt8](UnsafeRawBufferPointer(start: area, count: size))
    return difference(exit, nativeData, guestData)
  }

  private var fxsave: UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(native) + MemoryLayout<native_state>.offset(of: \.fxsave)!
  }

  private func setNative(_ state: State) {
    withUnsafeMutableBytes(of: &native.pointee.gpr) { target in state.gpr.withUnsafeBytes { target.copyMemory(from: $0) } }
    native.pointee.rflags = state.flags
    fxsave.initializeMemory(as: UInt8.self, repeating: 0, count: 512)
    fxsave.storeBytes(of: 0x37f, as: UInt16.self)
    // TOP is 3, and physical register 6 is in use: instructions on MMX registers change both.
    fxsave.storeBytes(of: 3 << 11, toByteOffset: 2, as: UInt16.self)
    fxsave.storeBytes(of: 0x40, toByteOffset: 4, as: UInt8.self)
    fxsave.storeBytes(of: state.mxcsr, toByteOffset: 24, as: UInt32.self)
    for physical in 0..<8 {
      let place = 32 + ((physical + 8 - 3) & 7) * 16
      fxsave.storeBytes(of: state.mm[physical], toByteOffset: place, as: UInt64.self)
      fxsave.storeBytes(of: 0x3fff, toByteOffset: place + 8, as: UInt16.self)
    }
    for word in 0..<32 { fxsave.storeBytes(of: state.xmm[word], toByteOffset: 160 + word * 8, as: UInt64.self) }
  }

  private func setGuest(_ state: State) {
    for register in 0..<16 { cpu[gpr: register] = state.gpr[register] }
    cpu.flags = RFlags(rawValue: state.flags)
    cpu.pointee.mxcsr = state.mxcsr
    cpu.pointee.fcw = 0x37f
    cpu.pointee.fsw = 3 << 11
    cpu.pointee.ftw = 0x40
    let x87 = cpu.raw + Int(Offset.x87)
    for physical in 0..<8 {
      x87.storeBytes(of: state.mm[physical], toByteOffset: physical * 16, as: UInt64.self)
      x87.storeBytes(of: 0x3fff, toByteOffset: physical * 16 + 8, as: UInt64.self)
    }
    for register in 0..<16 {
      let vector = cpu.vector(register)
      for word in 0..<2 { vector.storeBytes(of: state.xmm[register * 2 + word], toByteOffset: word * 8, as: UInt64.self) }
      // Bits that a legacy instruction must leave alone (SDM vol. 1, 14.1.1).
      for word in 2..<4 { vector.storeBytes(of: Self.upper(register), toByteOffset: word * 8, as: UInt64.self) }
    }
    cpu.pointee.rip = Self.code
  }

  private static func upper(_ register: Int) -> UInt64 { 0x5a5a_0000_1234_0000 + UInt64(register) }

  private func difference(_ exit: Exit?, _ nativeData: [UInt8], _ guestData: [UInt8]) -> String? {
    var found: [String] = []
    func check(_ name: @autoclosure () -> String, _ guest: UInt64, _ host: UInt64) {
      if guest != host { found.append("\(name()) \(String(guest, radix: 16)) instead of \(String(host, radix: 16))") }
    }
    let fault = Self.signal(exit)
    if fault != native.pointee.signal { found.append("fault \(String(describing: exit)) instead of signal \(native.pointee.signal)") }
    let length = fault == 0 ? UInt64(bytes.count) : 0
    check("rip", cpu.pointee.rip, Self.code + length)
    withUnsafeBytes(of: &native.pointee.gpr) { gpr in
      for register in 0..<16 { check("gpr\(register)", cpu[gpr: register], gpr.load(fromByteOffset: register * 8, as: UInt64.self)) }
    }
    let shown = RFlags.status.rawValue | RFlags.direction.rawValue
    check("flags", cpu.flags.rawValue & shown, native.pointee.rflags & shown)
    check("mxcsr", UInt64(cpu.pointee.mxcsr), UInt64(fxsave.load(fromByteOffset: 24, as: UInt32.self)))
    let top = fxsave.load(fromByteOffset: 2, as: UInt16.self) >> 11 & 7
    check("fsw", UInt64(cpu.pointee.fsw), UInt64(fxsave.load(fromByteOffset: 2, as: UInt16.self)))
    check("ftw", UInt64(cpu.pointee.ftw), UInt64(fxsave.load(fromByteOffset: 4, as: UInt8.self)))
    for physical in 0..<8 {
      let place = 32 + ((physical + 8 - Int(top)) & 7) * 16
      let x87 = cpu.raw + Int(Offset.x87) + physical * 16
      check("mm\(physical)", x87.load(as: UInt64.self), fxsave.load(fromByteOffset: place, as: UInt64.self))
      check(
        "mm\(physical).exponent", UInt64(x87.load(fromByteOffset: 8, as: UInt16.self)),
        UInt64(fxsave.load(fromByteOffset: place + 8, as: UInt16.self)))
    }
    for register in 0..<16 {
      let vector = cpu.vector(register)
      for word in 0..<2 {
        check(
          "xmm\(register)[\(word)]", vector.load(fromByteOffset: word * 8, as: UInt64.self),
          fxsave.load(fromByteOffset: 160 + register * 16 + word * 8, as: UInt64.self))
        check("ymm\(register)[\(2 + word)]", vector.load(fromByteOffset: 16 + word * 8, as: UInt64.self), Self.upper(register))
      }
    }
    if nativeData != guestData { found.append("memory \(guestData) instead of \(nativeData)") }
    return found.isEmpty ? nil : found.joined(separator: "; ")
  }

  /// The signal that Linux makes of an exception (arch/x86/kernel/traps.c).
  private static func signal(_ exit: Exit?) -> Int32 {
    guard let exit else { return 0 }
    guard case .exception(let exception) = exit else { return -1 }
    switch exception.vector {
    case .simd, .x87, .divideError: return SIGFPE
    case .generalProtection, .pageFault, .stackFault: return exception.reason == .busError ? SIGBUS : SIGSEGV
    case .invalidOpcode: return SIGILL
    default: return -1
    }
  }
}
