// XSAVE XSAVEC XSAVEOPT XRSTOR XGETBV (SDM vol. 1, chapter 13): x87, SSE and AVX state in one image.

import CMachine
import X86

/// Bits of XCR0 and of an image's XSTATE_BV.
package enum StateComponent {
  package static let x87: UInt64 = 1
  package static let sse: UInt64 = 2
  package static let avx: UInt64 = 4
}

/// The XSAVE image: FXSAVE's, a header of 64 bytes, the upper halves of the YMM registers.
package enum XSAVEImage {
  package static let headerOffset = 512
  package static let avxOffset = 576
  package static let avxSize = 256
  /// Marks the compacted format in XCOMP_BV.
  static let compacted: UInt64 = 1 << 63

  /// Bytes of an image with `components`.
  package static func size(_ components: UInt64) -> Int {
    components & StateComponent.avx != 0 ? avxOffset + avxSize : avxOffset
  }

  /// Components that are not in their initial state.
  package static func inUse(_ cpu: CPU) -> UInt64 {
    var used: UInt64 = 0
    X87.settle(cpu)
    if cpu.pointee.fcw != 0x37f || cpu.pointee.fsw != 0 || cpu.pointee.ftw != 0
      || !isZero(cpu.raw + Int(Offset.x87), 128)
    {
      used |= StateComponent.x87
    }
    for number in 0..<16 {
      if !isZero(cpu.vector(number), 16) { used |= StateComponent.sse }
      if !isZero(cpu.vector(number) + 16, 16) { used |= StateComponent.avx }
    }
    return used
  }

  private static func isZero(_ memory: UnsafeRawPointer, _ count: Int) -> Bool {
    stride(from: 0, to: count, by: 8).allSatisfy { memory.loadUnaligned(fromByteOffset: $0, as: UInt64.self) == 0 }
  }

  /// Stores `components` of the state but no header; `mxcsr` is the thread's value.
  package static func store(
    _ cpu: CPU, _ components: UInt64, mxcsr: UInt32, storesMXCSR: Bool, to memory: UnsafeMutableRawPointer,
    isWide: Bool = true
  ) {
    withUnsafeTemporaryAllocation(byteCount: FXSAVEImage.size, alignment: 16) { image in
      guard let whole = image.baseAddress else { return }
      whole.initializeMemory(as: UInt8.self, repeating: 0, count: FXSAVEImage.size)
      FXSAVEImage.store(cpu, mxcsr: mxcsr, to: whole, isWide: isWide)
      if components & StateComponent.x87 != 0 {
        memory.copyMemory(from: whole, byteCount: 24)
        (memory + 32).copyMemory(from: whole + 32, byteCount: 128)
      }
      if storesMXCSR { (memory + 24).copyMemory(from: whole + 24, byteCount: 8) }
      if components & StateComponent.sse != 0 { (memory + 160).copyMemory(from: whole + 160, byteCount: 256) }
    }
    guard components & StateComponent.avx != 0 else { return }
    for number in 0..<16 {
      (memory + avxOffset + number * 16).copyMemory(from: cpu.vector(number) + 16, byteCount: 16)
    }
  }

  /// Loads `components` from the image where `present` has them, and gives the others their initial state.
  package static func load(
    _ cpu: CPU, _ components: UInt64, present: UInt64, from memory: UnsafeRawPointer, isWide: Bool = true
  ) {
    withUnsafeTemporaryAllocation(byteCount: FXSAVEImage.size, alignment: 16) { image in
      guard let whole = image.baseAddress else { return }
      whole.initializeMemory(as: UInt8.self, repeating: 0, count: FXSAVEImage.size)
      // What is not asked for stays; what is not present is initial.
      FXSAVEImage.store(cpu, mxcsr: 0x1f80, to: whole)
      if components & StateComponent.x87 != 0 {
        (whole + 32).initializeMemory(as: UInt8.self, repeating: 0, count: 128)
        whole.initializeMemory(as: UInt8.self, repeating: 0, count: 24)
        whole.storeBytes(of: 0x37f, as: UInt16.self)
        if present & StateComponent.x87 != 0 {
          whole.copyMemory(from: memory, byteCount: 24)
          (whole + 32).copyMemory(from: memory + 32, byteCount: 128)
        }
      }
      if components & StateComponent.sse != 0 {
        (whole + 160).initializeMemory(as: UInt8.self, repeating: 0, count: 256)
        if present & StateComponent.sse != 0 { (whole + 160).copyMemory(from: memory + 160, byteCount: 256) }
      }
      FXSAVEImage.load(cpu, from: whole, isWide: isWide || components & StateComponent.x87 == 0)
    }
    guard components & StateComponent.avx != 0 else { return }
    for number in 0..<16 {
      let upper = cpu.vector(number) + 16
      if present & StateComponent.avx != 0 {
        upper.copyMemory(from: memory + avxOffset + number * 16, byteCount: 16)
      } else {
        upper.initializeMemory(as: UInt8.self, repeating: 0, count: 16)
      }
    }
  }
}

/// What a micro-op of the family has in `imm`.
private struct StateOptions: OptionSet {
  let rawValue: UInt64
  static let wide = StateOptions(rawValue: 1)
  static let compacted = StateOptions(rawValue: 2)
  /// Components in their initial state are not written.
  static let optimized = StateOptions(rawValue: 4)
}

extension Context {
  /// XCR0 & EDX:EAX.
  fileprivate var requestedComponents: UInt64 {
    let mask = UInt64(get(0, as: UInt32.self)) | UInt64(get(16, as: UInt32.self)) << 32
    return mask & Machine.of(cpu).model.enabledComponents
  }
}

enum SaveExtendedState: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let options = StateOptions(rawValue: p.pointee.imm)
    let address = MemX.address(c, p)
    if address & 63 != 0 { try c.raise(.generalProtection, p) }
    let requested = c.requestedComponents
    let memory = try c.host(address, XSAVEImage.size(requested), Right.write, p)
    let mxcsr = MXCSR.read(c.cpu)
    var used = XSAVEImage.inUse(c.cpu)
    let isCompacted = options.contains(.compacted)
    if isCompacted, mxcsr != 0x1f80 { used |= StateComponent.sse }
    let written = isCompacted || options.contains(.optimized) ? requested & used : requested
    let storesMXCSR =
      isCompacted
      ? written & StateComponent.sse != 0 : requested & (StateComponent.sse | StateComponent.avx) != 0
    XSAVEImage.store(
      c.cpu, written, mxcsr: mxcsr, storesMXCSR: storesMXCSR, to: memory, isWide: options.contains(.wide))
    let header = memory + XSAVEImage.headerOffset
    if isCompacted {
      header.storeBytes(of: requested & used, as: UInt64.self)
      header.storeBytes(of: requested | XSAVEImage.compacted, toByteOffset: 8, as: UInt64.self)
    } else {
      let old = header.loadUnaligned(as: UInt64.self)
      header.storeBytes(of: (old & ~requested) | (requested & used), as: UInt64.self)
    }
    return p + 1
  }
}

enum RestoreExtendedState: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let address = MemX.address(c, p)
    if address & 63 != 0 { try c.raise(.generalProtection, p) }
    let enabled = Machine.of(c.cpu).model.enabledComponents
    let requested = c.requestedComponents
    let memory = try c.host(address, XSAVEImage.size(requested), Right.read, p)
    let header = memory + XSAVEImage.headerOffset
    let present = header.loadUnaligned(as: UInt64.self)
    let layout = header.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    let isCompacted = layout & XSAVEImage.compacted != 0
    // SDM vol. 1, 13.8: what does not exist is refused.
    let reservedStart = isCompacted ? 16 : 8
    for offset in stride(from: reservedStart, to: isCompacted ? 64 : 24, by: 8)
    where header.loadUnaligned(fromByteOffset: offset, as: UInt64.self) != 0 {
      try c.raise(.generalProtection, p)
    }
    let known = isCompacted ? layout & ~XSAVEImage.compacted : enabled
    if known & ~enabled != 0 || present & ~known != 0 { try c.raise(.generalProtection, p) }
    let loadsMXCSR =
      isCompacted
      ? requested & present & StateComponent.sse != 0
      : requested & (StateComponent.sse | StateComponent.avx) != 0
    let mxcsr = FXSAVEImage.mxcsr(memory)
    if loadsMXCSR, mxcsr & MXCSR.reserved != 0 { try c.raise(.generalProtection, p) }
    XSAVEImage.load(
      c.cpu, requested, present: present, from: memory,
      isWide: StateOptions(rawValue: p.pointee.imm).contains(.wide))
    if loadsMXCSR {
      MXCSR.write(c.cpu, mxcsr)
    } else if isCompacted, requested & StateComponent.sse != 0 {
      MXCSR.write(c.cpu, 0x1f80)
    }
    return p + 1
  }
}

/// XGETBV: XCR0, or with ECX 1 the part of it that is in use.
enum ReadExtendedControl: Semantics {
  static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let enabled = Machine.of(c.cpu).model.enabledComponents
    let value: UInt64
    switch c.get(8, as: UInt32.self) {
    case 0: value = enabled
    case 1: value = enabled & XSAVEImage.inUse(c.cpu)
    default: try c.raise(.generalProtection, p)
    }
    c.set(0, UInt32(truncatingIfNeeded: value))
    c.set(16, UInt32(truncatingIfNeeded: value >> 32))
    return p + 1
  }
}

extension LoweringRules {
  static let extendedState: [LoweringRow] =
    [Mnemonic.xsave, .xsave64].map { LoweringRow($0) { $0.extendedState(0, []) } }
    + [Mnemonic.xsavec, .xsavec64].map { LoweringRow($0) { $0.extendedState(0, .compacted) } }
    + [Mnemonic.xsaveopt, .xsaveopt64].map { LoweringRow($0) { $0.extendedState(0, .optimized) } }
    + [Mnemonic.xrstor, .xrstor64].map { LoweringRow($0) { $0.extendedState(1, []) } }
    + [LoweringRow(.xgetbv) { $0.emit(Handlers.extendedState[2]) }]
    // Supervisor instructions, which CPUID does not show.
    + [Mnemonic.xsaves, .xsaves64, .xrstors, .xrstors64].map { LoweringRow($0) { $0.invalidOpcode() } }
}

extension Lowering {
  fileprivate mutating func extendedState(_ operation: Int, _ options: StateOptions) -> Lowered {
    guard instruction.op0.kind == .memory else { return .unsupported }
    _ = setMemory(instruction.op0, general: true)
    op.imm = options.union(hasREXW ? .wide : []).rawValue
    return emit(Handlers.extendedState[operation])
  }
}
