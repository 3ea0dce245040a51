// Vector instructions whose encodings share work: moves, insertions, extractions, and what a handler of SSE does already.

import CMachine
import X86

extension LoweringRules {
  static let vectorMoves: [LoweringRow] =
    [Mnemonic.vmovaps, .vmovapd, .vmovdqa, .vmovntdq, .vmovntdqa, .vmovntps, .vmovntpd].map {
      LoweringRow($0) { $0.moveVEX(isAligned: true) }
    }
    + [Mnemonic.vmovups, .vmovupd, .vmovdqu, .vlddqu].map { LoweringRow($0) { $0.moveVEX(isAligned: false) } }
    + [
      LoweringRow(.movntdqa) { $0.moveVector(isAligned: true) },
      LoweringRow(.vmovss) { $0.moveScalarVEX(width: 2) }, LoweringRow(.vmovsd) { $0.moveScalarVEX(width: 3) },
      LoweringRow(.vmovd) { $0.moveDoublewordVEX() }, LoweringRow(.vmovq) { $0.moveDoublewordVEX() },
      LoweringRow(.vmovlps) { $0.moveHalfVEX(0) }, LoweringRow(.vmovlpd) { $0.moveHalfVEX(0) },
      LoweringRow(.vmovhps) { $0.moveHalfVEX(8) }, LoweringRow(.vmovhpd) { $0.moveHalfVEX(8) },
      LoweringRow(.vmovhlps) { $0.moveHalfVEX(0) }, LoweringRow(.vmovlhps) { $0.moveHalfVEX(8) },
      LoweringRow(.vmaskmovdqu) { $0.maskedMove() },
      LoweringRow(.vldmxcsr) { $0.controlMXCSR(0) }, LoweringRow(.vstmxcsr) { $0.controlMXCSR(1) },
    ]

  /// Lanes out of a register; MOVZX does it.
  static let vectorExtracts: [LoweringRow] = [
    LoweringRow(.pextrb) { $0.extractLane(width: 0) }, LoweringRow(.vpextrb) { $0.extractLane(width: 0) },
    LoweringRow(.pextrw) { $0.extractLane(width: 1) }, LoweringRow(.vpextrw) { $0.extractLane(width: 1) },
    LoweringRow(.pextrd) { $0.extractLane(width: 2) }, LoweringRow(.vpextrd) { $0.extractLane(width: 2) },
    LoweringRow(.pextrq) { $0.extractLane(width: 3) }, LoweringRow(.vpextrq) { $0.extractLane(width: 3) },
    LoweringRow(.extractps) { $0.extractLane(width: 2) }, LoweringRow(.vextractps) { $0.extractLane(width: 2) },
    LoweringRow(.insertps) { $0.insertSingle("insertps") }, LoweringRow(.vinsertps) { $0.insertSingle("vinsertps") },
  ]

  static let vectorSignsAndOrders: [LoweringRow] =
    rows([[.vpmovmskb], [.vmovmskps], [.vmovmskpd]]) { lowering, index in
      lowering.instruction.vex.l ? lowering.vector() : lowering.collectSigns(index)
    }
    + rows([[.vucomiss], [.vucomisd], [.vcomiss], [.vcomisd]]) { $0.compareOrder($1) }
    + rows([[.vcvtss2si], [.vcvttss2si], [.vcvtsd2si], [.vcvttsd2si]]) { $0.convertToInteger($1) }
    + [
      LoweringRow(.vcvtsi2ss) { $0.vector($0.hasREXW ? "vcvtsi2ss.64" : "vcvtsi2ss.32") },
      LoweringRow(.vcvtsi2sd) { $0.vector($0.hasREXW ? "vcvtsi2sd.64" : "vcvtsi2sd.32") },
    ]

  /// Mnemonics for which the table has one line under another name.
  static let vectorSynonyms: [LoweringRow] =
    [
      [Mnemonic.vmaskmovps, .vpmaskmovd]: "masked.32", [.vmaskmovpd, .vpmaskmovq]: "masked.64",
      [.vbroadcastf128, .vbroadcasti128]: "broadcast.128", [.vinsertf128, .vinserti128]: "insert.128",
      [.vextractf128, .vextracti128]: "extract.128", [.vperm2f128, .vperm2i128]: "permute.128",
      [.vpermq, .vpermpd]: "permute.64",
    ].flatMap { mnemonics, name in
      mnemonics.map { LoweringRow($0) { $0.vector(name + ($0.instruction.op0.kind == .memory ? ".s" : "")) } }
    }

  /// By an immediate instead of a register or memory.
  static let vectorImmediates: [LoweringRow] =
    [
      Mnemonic.vpsllw, .vpslld, .vpsllq, .vpsrlw, .vpsrld, .vpsrlq, .vpsraw, .vpsrad, .vpermilps, .vpermilpd,
    ].map { mnemonic in
      LoweringRow(mnemonic) { $0.vector(mnemonic.name + ($0.instruction.op2.kind == .immediate ? ".i" : "")) }
    }
    + [Mnemonic.pcmpestri, .pcmpestrm, .vpcmpestri, .vpcmpestrm].map { mnemonic in
      LoweringRow(mnemonic) { $0.vector(mnemonic.name + ($0.hasREXW ? ".64" : "")) }
    }
}

extension Lowering {
  fileprivate mutating func moveVEX(isAligned: Bool) -> Lowered {
    if instruction.op0.kind == .memory { return vector(isAligned ? "store.a" : "store.u") }
    return vector(isAligned && instruction.op1.kind == .memory ? "load.a" : "load.u")
  }

  fileprivate mutating func moveScalarVEX(width: Int) -> Lowered {
    let i = instruction
    if i.op0.kind == .memory { return moveScalar(width: width) }
    if i.op1.kind == .memory { return vector(width == 2 ? "load.32" : "load.64") }
    return vector(width == 2 ? "vmovss.r" : "vmovsd.r")
  }

  /// Into a vector register VMOVD and VMOVQ clear the rest of it; out of one they are MOVD and MOVQ.
  fileprivate mutating func moveDoublewordVEX() -> Lowered {
    let i = instruction
    guard i.op0.kind == .register, i.op0.register.file == .xmm else { return moveDoubleword() }
    let isQuadword = hasREXW || i.opcode != 0x6e
    return vector(isQuadword ? "load.64" : "load.32")
  }

  fileprivate mutating func moveHalfVEX(_ half: UInt16) -> Lowered {
    let i = instruction
    if i.op0.kind == .memory { return moveHalf(half) }
    // VMOVHLPS takes the high half of its register, VMOVLHPS the low one.
    let part: Int32 = i.op2.kind == .register && half == 0 ? 8 : 0
    return vector(half == 0 ? "half.low" : "half.high", reg: i.op0, vvvv: i.op1, rm: i.op2, part: part)
  }

  fileprivate mutating func insertSingle(_ name: String) -> Lowered {
    let source = instruction.vex.isPresent ? instruction.op2 : instruction.op1
    return vector(source.kind == .register ? name + ".r" : name)
  }

  /// A lane of `8 << width` bits to a general register, cleared above it, or to memory.
  fileprivate mutating func extractLane(width: Int) -> Lowered {
    let i = instruction
    if i.op1.register.file == .mmx { return mmx() }
    let lane = UInt16(immediateByte) & (UInt16(16) >> UInt16(width) &- 1)
    let offset = lane << UInt16(width)
    guard setSrc(i.op1) else { return .unsupported }
    op.src += offset
    if i.op0.kind == .memory {
      _ = setMemory(i.op0, general: true)
      return emit(Handlers.storeLane[width])
    }
    return setDst(i.op0) ? emit(Handlers.extractLane[width]) : .unsupported
  }
}
