// MMX, the MMX-register forms of SSE and SSE2, and the conversions between MMX and XMM registers (SDM vol. 1, chapter 9;
// vol. 3A, 12.2). One handler calls them all through the address of a C function.

import CMachine
import X86

/// `f(d, s, imm8)`: see CMachineMMX.h.
typealias MMXFunction = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer, UInt32) -> Void

/// What a micro-op of `MMX` keeps in `imm`: the function's address, below 2^48, and these above it.
struct MMXOperands {
  /// Bytes read from a memory source.
  var memory: UInt64 = 8
  /// The destination is an MMX register; otherwise a general-purpose (8 bytes) or XMM register (16).
  var destination: Destination
  /// Whether the x87 state becomes MMX state. CVTPI2PD from memory does not touch it (SDM vol. 2), nor does CVTPI2PS
  /// (AMD processors; the SDM is silent).
  var entersMMX = true
  var immediate: UInt8 = 0

  enum Destination: UInt64 { case mmx, general, xmm }

  init(destination: Destination) { self.destination = destination }

  init(_ bits: UInt64) {
    memory = bits >> 48 & 0x1f
    destination = Destination(rawValue: bits >> 53 & 3) ?? .mmx
    entersMMX = bits >> 55 & 1 != 0
    immediate = UInt8(truncatingIfNeeded: bits >> 56)
  }

  func bits(_ function: MMXFunction) -> UInt64 {
    UInt64(unsafeBitCast(function, to: UInt.self)) | memory << 48 | destination.rawValue << 53
      | (entersMMX ? 1 << 55 : 0) | UInt64(immediate) << 56
  }

  static func function(_ bits: UInt64) -> MMXFunction {
    unsafeBitCast(UInt(bits & 0xffff_ffff_ffff), to: MMXFunction.self)
  }
}

extension Context {
  /// What every instruction on MMX registers begins with: pending x87 exceptions (SDM vol. 1, 9.6.1), and the registers
  /// in memory.
  @inline(__always) func checkX87(_ p: OpPointer) throws(Departure) {
    X87.settle(cpu)
    try X87.checkPending(cpu, p)
  }

  /// TOP becomes 0 and all registers count as used (SDM vol. 1, 9.5.1).
  @inline(__always) func enterMMX() {
    cpu.pointee.fsw &= ~0x3800
    cpu.pointee.ftw = 0xff
  }

  /// A written MMX register has an exponent and sign of all ones.
  @inline(__always) func markMMX(_ offset: UInt16) {
    cpu.raw.storeBytes(of: 0xffff, toByteOffset: Int(offset) + 8, as: UInt16.self)
  }
}

enum MMX<S: VectorSource>: Semantics {
  typealias OutOfLine = MMX<S.GeneralSource>

  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let operands = MMXOperands(p.pointee.imm)
    // Also where the guest's x87 is not concerned: the function uses the host's MMX registers.
    X87.settle(c.cpu)
    if operands.entersMMX { try c.checkX87(p) }
    let source = try S.bytes(c, p, Int(operands.memory))
    let destination = c.vector(p.pointee.dst)
    let result = swemu_scratch(c.cpu)
    result.copyMemory(from: destination, byteCount: 16)
    let function = MMXOperands.function(p.pointee.imm)
    // Also where the conversion then raises #XM, as processors do it.
    if operands.entersMMX { c.enterMMX() }
    try FloatCheck.value(c, p) { function(result, source, UInt32(operands.immediate)) }
    destination.copyMemory(from: result, byteCount: operands.destination == .xmm ? 16 : 8)
    if operands.destination == .mmx { c.markMMX(p.pointee.dst) }
    return p + 1
  }
}

/// MOVD, MOVQ and MOVNTQ to memory.
enum StoreMMX<T: Word>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.checkX87(p)
    try MemX.write(c, p, c.vector(p.pointee.src).load(as: T.self))
    c.enterMMX()
    return p + 1
  }
}

/// MASKMOVQ.
enum MaskedStoreMMX: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.checkX87(p)
    try maskedStore(c, p, count: 8)
    c.enterMMX()
    return p + 1
  }
}

/// EMMS: every register is empty, and TOP is 0 (SDM vol. 3A, table 12-1).
enum EmptyMMX: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.checkX87(p)
    c.cpu.pointee.fsw &= ~0x3800
    c.cpu.pointee.ftw = 0
    return p + 1
  }
}

/// One instruction on MMX registers: its function, and how its operands differ from `mm, mm/m64`.
struct MMXRow {
  let mnemonic: Mnemonic
  let function: MMXFunction
  var memory: UInt64 = 8
  var destination = MMXOperands.Destination.mmx

  init(
    _ mnemonic: Mnemonic, _ function: @escaping MMXFunction, memory: UInt64 = 8,
    to destination: MMXOperands.Destination = .mmx
  ) {
    self.mnemonic = mnemonic
    self.function = function
    self.memory = memory
    self.destination = destination
  }

  /// Shifts by an immediate.
  static let shifts: [MMXRow] = [
    MMXRow(.psllw, swemu_mmx_psllw_immediate),
    MMXRow(.pslld, swemu_mmx_pslld_immediate),
    MMXRow(.psllq, swemu_mmx_psllq_immediate),
    MMXRow(.psrlw, swemu_mmx_psrlw_immediate),
    MMXRow(.psrld, swemu_mmx_psrld_immediate),
    MMXRow(.psrlq, swemu_mmx_psrlq_immediate),
    MMXRow(.psraw, swemu_mmx_psraw_immediate),
    MMXRow(.psrad, swemu_mmx_psrad_immediate),
  ]

  static let all: [MMXRow] = [
    MMXRow(.paddb, swemu_mmx_paddb),
    MMXRow(.paddw, swemu_mmx_paddw),
    MMXRow(.paddd, swemu_mmx_paddd),
    MMXRow(.paddq, swemu_mmx_paddq),
    MMXRow(.psubb, swemu_mmx_psubb),
    MMXRow(.psubw, swemu_mmx_psubw),
    MMXRow(.psubd, swemu_mmx_psubd),
    MMXRow(.psubq, swemu_mmx_psubq),
    MMXRow(.paddsb, swemu_mmx_paddsb),
    MMXRow(.paddsw, swemu_mmx_paddsw),
    MMXRow(.paddusb, swemu_mmx_paddusb),
    MMXRow(.paddusw, swemu_mmx_paddusw),
    MMXRow(.psubsb, swemu_mmx_psubsb),
    MMXRow(.psubsw, swemu_mmx_psubsw),
    MMXRow(.psubusb, swemu_mmx_psubusb),
    MMXRow(.psubusw, swemu_mmx_psubusw),
    MMXRow(.pcmpeqb, swemu_mmx_pcmpeqb),
    MMXRow(.pcmpeqw, swemu_mmx_pcmpeqw),
    MMXRow(.pcmpeqd, swemu_mmx_pcmpeqd),
    MMXRow(.pcmpgtb, swemu_mmx_pcmpgtb),
    MMXRow(.pcmpgtw, swemu_mmx_pcmpgtw),
    MMXRow(.pcmpgtd, swemu_mmx_pcmpgtd),
    MMXRow(.pand, swemu_mmx_pand),
    MMXRow(.pandn, swemu_mmx_pandn),
    MMXRow(.por, swemu_mmx_por),
    MMXRow(.pxor, swemu_mmx_pxor),
    MMXRow(.punpcklbw, swemu_mmx_punpcklbw, memory: 4),
    MMXRow(.punpcklwd, swemu_mmx_punpcklwd, memory: 4),
    MMXRow(.punpckldq, swemu_mmx_punpckldq, memory: 4),
    MMXRow(.punpckhbw, swemu_mmx_punpckhbw),
    MMXRow(.punpckhwd, swemu_mmx_punpckhwd),
    MMXRow(.punpckhdq, swemu_mmx_punpckhdq),
    MMXRow(.packsswb, swemu_mmx_packsswb),
    MMXRow(.packssdw, swemu_mmx_packssdw),
    MMXRow(.packuswb, swemu_mmx_packuswb),
    MMXRow(.pminub, swemu_mmx_pminub),
    MMXRow(.pmaxub, swemu_mmx_pmaxub),
    MMXRow(.pminsw, swemu_mmx_pminsw),
    MMXRow(.pmaxsw, swemu_mmx_pmaxsw),
    MMXRow(.pavgb, swemu_mmx_pavgb),
    MMXRow(.pavgw, swemu_mmx_pavgw),
    MMXRow(.pmullw, swemu_mmx_pmullw),
    MMXRow(.pmulhw, swemu_mmx_pmulhw),
    MMXRow(.pmulhuw, swemu_mmx_pmulhuw),
    MMXRow(.pmuludq, swemu_mmx_pmuludq),
    MMXRow(.pmaddwd, swemu_mmx_pmaddwd),
    MMXRow(.psadbw, swemu_mmx_psadbw),
    MMXRow(.psllw, swemu_mmx_psllw),
    MMXRow(.pslld, swemu_mmx_pslld),
    MMXRow(.psllq, swemu_mmx_psllq),
    MMXRow(.psrlw, swemu_mmx_psrlw),
    MMXRow(.psrld, swemu_mmx_psrld),
    MMXRow(.psrlq, swemu_mmx_psrlq),
    MMXRow(.psraw, swemu_mmx_psraw),
    MMXRow(.psrad, swemu_mmx_psrad),
    MMXRow(.pshufb, swemu_mmx_pshufb),
    MMXRow(.phaddw, swemu_mmx_phaddw),
    MMXRow(.phaddd, swemu_mmx_phaddd),
    MMXRow(.phaddsw, swemu_mmx_phaddsw),
    MMXRow(.phsubw, swemu_mmx_phsubw),
    MMXRow(.phsubd, swemu_mmx_phsubd),
    MMXRow(.phsubsw, swemu_mmx_phsubsw),
    MMXRow(.pmaddubsw, swemu_mmx_pmaddubsw),
    MMXRow(.pmulhrsw, swemu_mmx_pmulhrsw),
    MMXRow(.psignb, swemu_mmx_psignb),
    MMXRow(.psignw, swemu_mmx_psignw),
    MMXRow(.psignd, swemu_mmx_psignd),
    MMXRow(.pabsb, swemu_mmx_pabsb),
    MMXRow(.pabsw, swemu_mmx_pabsw),
    MMXRow(.pabsd, swemu_mmx_pabsd),
    MMXRow(.palignr, swemu_mmx_palignr),
    MMXRow(.pshufw, swemu_mmx_pshufw), MMXRow(.pinsrw, swemu_mmx_pinsrw, memory: 2),
    MMXRow(.pextrw, swemu_mmx_pextrw, to: .general), MMXRow(.pmovmskb, swemu_mmx_pmovmskb, to: .general),
    MMXRow(.movdq2q, swemu_mmx_move64), MMXRow(.movq2dq, swemu_mmx_movq2dq, to: .xmm),
    MMXRow(.cvtpi2ps, swemu_mmx_cvtpi2ps, to: .xmm), MMXRow(.cvtpi2pd, swemu_mmx_cvtpi2pd, to: .xmm),
    MMXRow(.cvtps2pi, swemu_mmx_cvtps2pi), MMXRow(.cvttps2pi, swemu_mmx_cvttps2pi),
    MMXRow(.cvtpd2pi, swemu_mmx_cvtpd2pi, memory: 16), MMXRow(.cvttpd2pi, swemu_mmx_cvttpd2pi, memory: 16),
  ]
}

extension LoweringRules {
  static let mmx: [LoweringRow] =
    rows([
      [.pshufw, .movdq2q, .movq2dq, .cvtpi2ps, .cvtpi2pd, .cvtps2pi, .cvttps2pi, .cvtpd2pi, .cvttpd2pi]
    ]) { lowering, _ in lowering.mmx() } + [
      LoweringRow(.movntq) { $0.moveMMX() }, LoweringRow(.maskmovq) { $0.maskedMove() },
      LoweringRow(.emms) { $0.emit(Handlers.mmx[5]) },
    ]
}

extension Lowering {
  /// Instructions of `MMXRow`; the rules of the XMM forms come here when they meet an MMX register.
  mutating func mmx() -> Lowered {
    let i = instruction
    let isImmediateShift = i.op1.kind == .immediate
    let rows = isImmediateShift ? MMXRow.shifts : MMXRow.all
    guard let row = rows.first(where: { $0.mnemonic == i.mnemonic }), setDst(i.op0) else { return .unsupported }
    var operands = MMXOperands(destination: row.destination)
    operands.memory = row.memory
    operands.immediate = immediateByte
    operands.entersMMX = i.op1.kind != .memory || (i.mnemonic != .cvtpi2pd && i.mnemonic != .cvtpi2ps)
    op.imm = operands.bits(row.function)
    if isImmediateShift { return setSrc(i.op0) ? emit(Handlers.mmx[0]) : .unsupported }
    guard let form = vectorSource(i.op1, general: true) else { return .unsupported }
    return emit(Handlers.mmx[form == 0 ? 0 : 1])
  }

  /// MOVD, MOVQ and MOVNTQ.
  mutating func moveMMX() -> Lowered {
    let i = instruction
    let isQuadword = hasREXW || (i.opcode != 0x6e && i.opcode != 0x7e)
    if i.op0.kind == .memory {
      _ = setMemory(i.op0, general: true)
      return setSrc(i.op1) ? emit(Handlers.mmx[isQuadword ? 3 : 2]) : .unsupported
    }
    guard setDst(i.op0), let form = vectorSource(i.op1, general: true) else { return .unsupported }
    var operands = MMXOperands(destination: i.op0.register.file == .mmx ? .mmx : .general)
    operands.memory = isQuadword ? 8 : 4
    op.imm = operands.bits(isQuadword ? swemu_mmx_move64 : swemu_mmx_move32)
    return emit(Handlers.mmx[form == 0 ? 0 : 1])
  }
}
