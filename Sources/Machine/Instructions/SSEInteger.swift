// Packed integers and logic: PADDx…PSADBW, PAND…PXOR with their floating-point spellings, PUNPCKxx with UNPCKxPx, PACKxx,
// shifts, PMOVMSKB and MOVMSKPx (SDM vol. 2).

import CMachine
import X86

/// `O xmm, xmm/m128`.
enum Packed<O: VectorOperation, S: VectorSource>: Semantics {
  typealias OutOfLine = Packed<O, S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let source = try S.bytes(c, p, 16)
    let destination = c.vector(p.pointee.dst)
    O.apply(destination, destination, source)
    return p + 1
  }
}

/// `PXOR xmm, xmm`, `PCMPEQD xmm, xmm` and the like on one register: a constant, which waits for nothing.
enum FillVector<B: ConstantBit>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    swemu_fill(c.vector(p.pointee.dst), B.isSet ? 1 : 0)
    return p + 1
  }
}

protocol ConstantBit { static var isSet: Bool { get } }
enum Zeros: ConstantBit { @inline(__always) static var isSet: Bool { false } }
enum Ones: ConstantBit { @inline(__always) static var isSet: Bool { true } }

/// The sign bits of a register's lanes.
protocol SignBits { static func collect(_ b: UnsafeRawPointer) -> UInt32 }
enum PMovMskB: SignBits {
  @inline(__always) static func collect(_ b: UnsafeRawPointer) -> UInt32 { swemu_pmovmskb(b) }
}
enum MovMskPS: SignBits {
  @inline(__always) static func collect(_ b: UnsafeRawPointer) -> UInt32 { swemu_movmskps(b) }
}
enum MovMskPD: SignBits {
  @inline(__always) static func collect(_ b: UnsafeRawPointer) -> UInt32 { swemu_movmskpd(b) }
}

enum CollectSigns<O: SignBits>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.set(p.pointee.dst, O.collect(c.vector(p.pointee.src)))
    return p + 1
  }
}

extension LoweringRules {
  /// In the order of the generator's table; the spellings of one row do the same to every bit.
  private static let packedOperations: [[Mnemonic]] = [
    [.paddb], [.paddw], [.paddd], [.paddq], [.psubb], [.psubw], [.psubd], [.psubq],
    [.paddsb], [.paddsw], [.paddusb], [.paddusw], [.psubsb], [.psubsw], [.psubusb], [.psubusw],
    [.pcmpeqb], [.pcmpeqw], [.pcmpeqd], [.pcmpgtb], [.pcmpgtw], [.pcmpgtd],
    [.pand, .andps, .andpd], [.pandn, .andnps, .andnpd], [.por, .orps, .orpd], [.pxor, .xorps, .xorpd],
    [.punpcklbw], [.punpcklwd], [.punpckldq, .unpcklps], [.punpcklqdq, .unpcklpd],
    [.punpckhbw], [.punpckhwd], [.punpckhdq, .unpckhps], [.punpckhqdq, .unpckhpd],
    [.packsswb], [.packssdw], [.packuswb], [.pminub], [.pmaxub], [.pminsw], [.pmaxsw], [.pavgb], [.pavgw],
    [.pmullw], [.pmulhw], [.pmulhuw], [.pmuludq], [.pmaddwd], [.psadbw],
  ]

  private static let shifts: [[Mnemonic]] = [
    [.psllw], [.pslld], [.psllq], [.psrlw], [.psrld], [.psrlq], [.psraw], [.psrad],
  ]

  static let sseInteger: [LoweringRow] =
    rows(packedOperations) { $0.packed($1) } + rows(shifts) { $0.packedShift($1) }
    + rows([[.pmovmskb], [.movmskps], [.movmskpd]]) { $0.collectSigns($1) }

  /// A row for each mnemonic; `rule` gets its index in `table`.
  static func rows(_ table: [[Mnemonic]], _ rule: @escaping @Sendable (inout Lowering, Int) -> Lowered) -> [LoweringRow]
  {
    table.enumerated().flatMap { index, mnemonics in mnemonics.map { LoweringRow($0) { rule(&$0, index) } } }
  }
}

extension Lowering {
  mutating func packed(_ operation: Int) -> Lowered {
    let i = instruction
    if i.op0.register.file == .mmx { return mmx() }
    guard setDst(i.op0), let form = vectorSource(i.op1) else { return .unsupported }
    if form == 0, op.dst == op.src, let constant { return emit(Handlers.fillVector[constant]) }
    return emit(Handlers.packed[operation * 4 + form])
  }

  /// What an instruction makes of two equal operands, if it is the same for all: an index into `fillVector`.
  private var constant: Int? {
    switch instruction.mnemonic {
    case .pxor, .xorps, .xorpd, .pandn, .andnps, .andnpd, .psubb, .psubw, .psubd, .psubq, .pcmpgtb, .pcmpgtw, .pcmpgtd:
      0
    case .pcmpeqb, .pcmpeqw, .pcmpeqd: 1
    default: nil
    }
  }

  /// By a register, by memory (as `MemX`) or by an immediate.
  mutating func packedShift(_ operation: Int) -> Lowered {
    let i = instruction
    if i.op0.register.file == .mmx { return mmx() }
    guard setDst(i.op0) else { return .unsupported }
    if i.op1.kind == .immediate {
      op.imm = UInt64(immediateByte)
      return emit(Handlers.packedShift[operation * 3])
    }
    guard let form = vectorSource(i.op1, general: true) else { return .unsupported }
    return emit(Handlers.packedShift[operation * 3 + (form == 0 ? 1 : 2)])
  }

  mutating func collectSigns(_ operation: Int) -> Lowered {
    let i = instruction
    if i.op1.register.file == .mmx { return mmx() }
    guard i.op1.kind == .register, setDst(i.op0), setSrc(i.op1) else { return .unsupported }
    return emit(Handlers.collectSigns[operation])
  }
}
