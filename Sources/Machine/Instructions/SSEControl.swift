// LDMXCSR STMXCSR (SDM vol. 2), and which table of handlers floating point takes.

import CMachine
import X86

/// The common case stays inline: no reserved bit, every exception masked before and after.
enum LoadMXCSR<A: Address>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    let value: UInt32 = try c.load(A.address(c, p), p)
    if P.isFast {
      guard _fastPath(value & (MXCSR.reserved | MXCSR.masks) == MXCSR.masks) else { throw Departure() }
      guard _fastPath(!MXCSR.isUnmasked(c.cpu)) else { throw Departure() }
      c.cpu.pointee.mxcsr = value
      swemu_load_mxcsr_from(swemu_mxcsr(c.cpu))
    } else {
      if value & MXCSR.reserved != 0 { try c.raise(.generalProtection, p) }
      MXCSR.write(c.cpu, value)
    }
    return p + 1
  }
}

enum StoreMXCSR<A: Address>: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.store(A.address(c, p), MXCSR.read(c.cpu), p)
    return p + 1
  }
}

extension LoweringRules {
  /// In the order of the generator's tables: those with all memory forms, then those with `MemX` only.
  private static let commonFloat: [[Mnemonic]] = [
    [.addss], [.addsd], [.addps], [.addpd], [.subss], [.subsd], [.subps], [.subpd],
    [.mulss], [.mulsd], [.mulps], [.mulpd], [.divss], [.divsd], [.divps], [.divpd],
    [.minss], [.minsd], [.minps], [.minpd], [.maxss], [.maxsd], [.maxps], [.maxpd],
    [.sqrtss], [.sqrtsd], [.sqrtps], [.sqrtpd], [.cvtss2sd], [.cvtsd2ss],
  ]
  private static let rareFloat: [[Mnemonic]] = [
    [.rcpss], [.rcpps], [.rsqrtss], [.rsqrtps],
    [.cvtps2pd], [.cvtdq2pd], [.cvtpd2ps], [.cvtpd2dq], [.cvttpd2dq], [.cvtps2dq], [.cvttps2dq], [.cvtdq2ps],
  ]
  private static let compares: [[Mnemonic]] = [
    [
      .cmpss, .cmpeqss, .cmpltss, .cmpless, .cmpunordss, .cmpneqss, .cmpnltss, .cmpnless, .cmpordss,
    ],
    [
      .cmpsd, .cmpeqsd, .cmpltsd, .cmplesd, .cmpunordsd, .cmpneqsd, .cmpnltsd, .cmpnlesd, .cmpordsd,
    ],
    [
      .cmpps, .cmpeqps, .cmpltps, .cmpleps, .cmpunordps, .cmpneqps, .cmpnltps, .cmpnleps, .cmpordps,
    ],
    [
      .cmppd, .cmpeqpd, .cmpltpd, .cmplepd, .cmpunordpd, .cmpneqpd, .cmpnltpd, .cmpnlepd, .cmpordpd,
    ],
  ]

  static let sseFloat: [LoweringRow] =
    rows(commonFloat) { $0.float($1) } + rows(rareFloat) { $0.rareFloat($1) } + rows(compares) { $0.compareFloat($1) }
    + rows([[.cvtsi2ss], [.cvtsi2sd]]) { $0.convertInteger($1) }
    + rows([[.cvtss2si], [.cvttss2si], [.cvtsd2si], [.cvttsd2si]]) { $0.convertToInteger($1) }
    + rows([[.ucomiss], [.ucomisd], [.comiss], [.comisd]]) { $0.compareOrder($1) }

  static let sseControl: [LoweringRow] = [
    LoweringRow(.ldmxcsr) { $0.controlMXCSR(0) }, LoweringRow(.stmxcsr) { $0.controlMXCSR(1) },
  ]
}

extension Lowering {
  mutating func controlMXCSR(_ operation: Int) -> Lowered {
    guard instruction.op0.kind == .memory else { return .unsupported }
    _ = setMemory(instruction.op0, general: true)
    return emit(Handlers.mxcsr[operation])
  }

  /// Fills in both operands and takes the handler from `common` (four forms an operation), or, in a block for a thread
  /// with unmasked exceptions, from `checked` (two forms, always out of line).
  private mutating func float(_ operation: Int, _ common: [HandlerBits], _ checked: [HandlerBits]) -> Lowered {
    guard setDst(instruction.op0), let form = vectorSource(instruction.op1, general: checksFloat) else {
      return .unsupported
    }
    return emit(checksFloat ? checked[operation * 2 + min(form, 1)] : common[operation * 4 + form])
  }

  /// The same where memory operands come as `MemX` only.
  private mutating func narrowFloat(_ operation: Int, _ common: [HandlerBits], _ checked: [HandlerBits]) -> Lowered {
    guard setDst(instruction.op0), let form = vectorSource(instruction.op1, general: true) else { return .unsupported }
    return emit((checksFloat ? checked : common)[operation * 2 + min(form, 1)])
  }

  mutating func float(_ operation: Int) -> Lowered { float(operation, Handlers.float, Handlers.floatChecked) }

  mutating func rareFloat(_ operation: Int) -> Lowered {
    narrowFloat(operation, Handlers.floatRare, Handlers.floatRareChecked)
  }

  /// The predicate is imm8[2:0], however the decoder spells the mnemonic.
  mutating func compareFloat(_ format: Int) -> Lowered {
    narrowFloat(format * 8 + Int(immediateByte & 7), Handlers.floatCompare, Handlers.floatCompareChecked)
  }

  mutating func convertInteger(_ operation: Int) -> Lowered {
    float(operation * 2 + (hasREXW ? 1 : 0), Handlers.floatFromInteger, Handlers.floatFromIntegerChecked)
  }

  mutating func convertToInteger(_ operation: Int) -> Lowered {
    narrowFloat(operation * 2 + (hasREXW ? 1 : 0), Handlers.floatToInteger, Handlers.floatToIntegerChecked)
  }

  mutating func compareOrder(_ operation: Int) -> Lowered {
    float(operation, Handlers.floatOrder, Handlers.floatOrderChecked)
  }
}
