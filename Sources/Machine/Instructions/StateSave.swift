// FXSAVE FXRSTOR (SDM vol. 2A, the instructions' own pages; layout in vol. 1, 10.5.1).

import CMachine
import X86

/// The image of x87, MXCSR and XMM registers that FXSAVE stores and a signal frame begins with.
package enum FXSAVEImage {
  package static let size = 512
  /// Bytes that FXSAVE writes; the rest is the program's.
  static let usedSize = 416

  /// Stores the image with 64-bit pointers (FXSAVE64). `mxcsr` is the thread's value.
  package static func store(_ cpu: CPU, mxcsr: UInt32, to memory: UnsafeMutableRawPointer, isWide: Bool = true) {
    X87.settle(cpu)
    memory.storeBytes(of: cpu.pointee.fcw, as: UInt16.self)
    memory.storeBytes(of: cpu.pointee.fsw, toByteOffset: 2, as: UInt16.self)
    memory.storeBytes(of: UInt16(cpu.pointee.ftw), toByteOffset: 4, as: UInt16.self)
    // AMD's processors keep the pointers of an exception only (AMD APM vol. 2, 11.4.4).
    let isPending = X87.hasPending(cpu)
    let (fip, fdp) = isPending ? (cpu.pointee.fip, cpu.pointee.fdp) : (0, 0)
    let mask: UInt64 = isWide ? .max : 0xffff_ffff
    memory.storeBytes(of: isPending ? cpu.pointee.fop : 0, toByteOffset: 6, as: UInt16.self)
    memory.storeBytes(of: fip & mask, toByteOffset: 8, as: UInt64.self)
    memory.storeBytes(of: fdp & mask, toByteOffset: 16, as: UInt64.self)
    memory.storeBytes(of: mxcsr, toByteOffset: 24, as: UInt32.self)
    memory.storeBytes(of: ~MXCSR.reserved, toByteOffset: 28, as: UInt32.self)
    for number in 0..<8 {
      let target = memory + 32 + number * 16
      target.copyMemory(from: X87.stackRegister(cpu, number), byteCount: 10)
      (target + 10).initializeMemory(as: UInt8.self, repeating: 0, count: 6)
    }
    for number in 0..<16 { (memory + 160 + number * 16).copyMemory(from: cpu.vector(number), byteCount: 16) }
  }

  /// Loads everything but MXCSR.
  package static func load(_ cpu: CPU, from memory: UnsafeRawPointer, isWide: Bool = true) {
    X87.settle(cpu)
    cpu.pointee.fcw = X87.control(memory.loadUnaligned(as: UInt16.self))
    cpu.pointee.fsw = memory.loadUnaligned(fromByteOffset: 2, as: UInt16.self)
    cpu.pointee.ftw = memory.load(fromByteOffset: 4, as: UInt8.self)
    X87.summarize(cpu)
    let mask: UInt64 = isWide ? .max : 0xffff_ffff
    cpu.pointee.fop = memory.loadUnaligned(fromByteOffset: 6, as: UInt16.self) & 0x7ff
    cpu.pointee.fip = memory.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & mask
    cpu.pointee.fdp = memory.loadUnaligned(fromByteOffset: 16, as: UInt64.self) & mask
    for number in 0..<8 { X87.stackRegister(cpu, number).copyMemory(from: memory + 32 + number * 16, byteCount: 10) }
    for number in 0..<16 { cpu.vector(number).copyMemory(from: memory + 160 + number * 16, byteCount: 16) }
  }

  /// MXCSR in an image.
  package static func mxcsr(_ memory: UnsafeRawPointer) -> UInt32 {
    memory.loadUnaligned(fromByteOffset: 24, as: UInt32.self)
  }
}

/// FXSAVE (`imm` 0) and FXSAVE64 (1).
enum SaveState: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let address = MemX.address(c, p)
    if address & 15 != 0 { try c.raise(.generalProtection, p) }
    let memory = try c.host(address, FXSAVEImage.size, Right.write, p)
    FXSAVEImage.store(c.cpu, mxcsr: MXCSR.read(c.cpu), to: memory, isWide: p.pointee.imm != 0)
    return p + 1
  }
}

/// FXRSTOR and FXRSTOR64; reserved bits of MXCSR are refused.
enum RestoreState: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let address = MemX.address(c, p)
    if address & 15 != 0 { try c.raise(.generalProtection, p) }
    let memory = try c.host(address, FXSAVEImage.size, Right.read, p)
    let mxcsr = FXSAVEImage.mxcsr(memory)
    if mxcsr & MXCSR.reserved != 0 { try c.raise(.generalProtection, p) }
    FXSAVEImage.load(c.cpu, from: memory, isWide: p.pointee.imm != 0)
    MXCSR.write(c.cpu, mxcsr)
    return p + 1
  }
}

extension LoweringRules {
  static let stateSave: [LoweringRow] = [
    LoweringRow(.fxsave) { $0.stateSave(0) }, LoweringRow(.fxsave64) { $0.stateSave(0) },
    LoweringRow(.fxrstor) { $0.stateSave(1) }, LoweringRow(.fxrstor64) { $0.stateSave(1) },
  ]
}

extension Lowering {
  fileprivate mutating func stateSave(_ operation: Int) -> Lowered {
    guard instruction.op0.kind == .memory else { return .unsupported }
    _ = setMemory(instruction.op0, general: true)
    op.imm = instruction.rex & 8 != 0 ? 1 : 0
    return emit(Handlers.stateSave[operation])
  }
}
