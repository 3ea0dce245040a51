// Which flags each instruction reads, writes and leaves undefined: Intel SDM vol. 1, appendix A (EFLAGS
// cross-reference) and the "Flags Affected" sections of vol. 2.

/// What an instruction does to RFLAGS.
///
/// A flag that is not in `written` keeps its value. One that may or may not be written (a shift by CL, a repeated
/// compare) is both read and written, so that its old value counts as needed. The table was compared with a processor
/// over every instruction form, with all flags clear, all set and random before it.
package struct FlagEffects: Sendable, Equatable {
  /// Flags whose old value the result, the control flow or the new flags depend on.
  package var read: RFlags = []
  /// Flags that have a new value afterwards, those left undefined included.
  package var written: RFlags = []
  /// Flags whose new value the SDM does not define. Those that are not in `written` too are left alone by the
  /// processors of both vendors (BT); of the others Intel's and AMD's values differ (MUL, BSF) or agree (AND clears AF).
  package var undefined: RFlags = []
}

extension Instruction {
  /// What this instruction does to RFLAGS, shift counts and repeat prefixes taken into account.
  package var flagEffects: FlagEffects {
    if let condition { return FlagEffects(read: condition.flagsRead) }
    let row = flagRowIndices[Int(mnemonic.rawValue)]
    switch row {
    case FlagRow.shift: return shiftEffects
    case FlagRow.rotate: return rotateEffects(throughCarry: false)
    case FlagRow.rotateThroughCarry: return rotateEffects(throughCarry: true)
    case FlagRow.doubleShift: return doubleShiftEffects
    case FlagRow.stringCompare:
      var effects = FlagEffects(read: .direction, written: .status)
      if prefixes.contains(.rep) || prefixes.contains(.repne) { effects.read.formUnion(.status) }
      return effects
    default: return flagRows[Int(row)].effects
    }
  }

  /// Flags whose old value matters to this instruction.
  package var flagsRead: RFlags { flagEffects.read }
  /// Flags whose old value is gone afterwards, those left undefined included.
  package var flagsWritten: RFlags { flagEffects.written }
  /// Flags whose new value the SDM does not define.
  package var flagsUndefined: RFlags { flagEffects.undefined }

  /// The condition of Jcc, SETcc and CMOVcc.
  package var condition: Condition? {
    switch mnemonic {
    case .jo, .seto, .cmovo: .o
    case .jno, .setno, .cmovno: .no
    case .jb, .setb, .cmovb: .b
    case .jae, .setae, .cmovae: .ae
    case .je, .sete, .cmove: .e
    case .jne, .setne, .cmovne: .ne
    case .jbe, .setbe, .cmovbe: .be
    case .ja, .seta, .cmova: .a
    case .js, .sets, .cmovs: .s
    case .jns, .setns, .cmovns: .ns
    case .jp, .setp, .cmovp: .p
    case .jnp, .setnp, .cmovnp: .np
    case .jl, .setl, .cmovl: .l
    case .jge, .setge, .cmovge: .ge
    case .jle, .setle, .cmovle: .le
    case .jg, .setg, .cmovg: .g
    default: nil
    }
  }

  /// The count that the processor uses: 6 bits for 64-bit operands, 5 otherwise; nil for CL (SDM vol. 2B, SAL/SAR).
  private func maskedCount(_ operand: Operand) -> Int? {
    guard operand.kind == .immediate else { return nil }
    return Int(truncatingIfNeeded: operand.immediate) & (operandWidth == 64 ? 63 : 31)
  }

  /// SHL SHR SAR: nothing for a count of 0; OF defined for 1 only, AF never, CF not beyond the width except for SAR.
  private var shiftEffects: FlagEffects {
    guard let count = maskedCount(op1) else {
      return FlagEffects(read: .status, written: .status, undefined: [.adjust])
    }
    guard count > 0 else { return FlagEffects() }
    var undefined: RFlags = [.adjust]
    if count > 1 { undefined.insert(.overflow) }
    if count >= Int(operandWidth), mnemonic != .sar { undefined.insert(.carry) }
    return FlagEffects(written: .status, undefined: undefined)
  }

  /// ROL ROR RCL RCR: CF and OF only; OF defined for 1 only. Through carry, CF is read even where it is rotated out.
  private func rotateEffects(throughCarry: Bool) -> FlagEffects {
    let touched: RFlags = [.carry, .overflow]
    guard let count = maskedCount(op1) else { return FlagEffects(read: touched, written: touched) }
    guard count > 0 else { return FlagEffects() }
    var read: RFlags = throughCarry ? .carry : []
    // A count of 9 or 17 (or 18, 27) rotates all the way round and may leave OF alone.
    if throughCarry, count % (Int(operandWidth) + 1) == 0 { read.insert(.overflow) }
    return FlagEffects(read: read, written: touched, undefined: count > 1 ? .overflow : [])
  }

  /// SHLD SHRD: as shifts; everything is undefined where the count exceeds the operand (16-bit forms).
  private var doubleShiftEffects: FlagEffects {
    guard let count = maskedCount(op2) else {
      return FlagEffects(read: .status, written: .status, undefined: [.adjust])
    }
    guard count > 0 else { return FlagEffects() }
    if count > Int(operandWidth) { return FlagEffects(written: .status, undefined: .status) }
    return FlagEffects(written: .status, undefined: count > 1 ? [.adjust, .overflow] : [.adjust])
  }
}

/// One line of the table: mnemonics that treat the flags alike.
private struct FlagRow {
  var mnemonics: [Mnemonic]
  var effects: FlagEffects

  init(
    _ mnemonics: [Mnemonic], read: RFlags = [], written: RFlags = [], undefined: RFlags = []
  ) {
    self.mnemonics = mnemonics
    effects = FlagEffects(read: read, written: written, undefined: undefined)
  }

  /// Rows whose effects depend on operands or prefixes; row 0 is for instructions without any.
  static let none: UInt8 = 0
  static let shift: UInt8 = 1
  static let rotate: UInt8 = 2
  static let rotateThroughCarry: UInt8 = 3
  static let doubleShift: UInt8 = 4
  static let stringCompare: UInt8 = 5
}

/// Flags that POPF and IRET load at privilege level 3 (SDM vol. 2B, POPF), and PUSHF or a system call shows.
private let image: RFlags = [
  .carry, .parity, .adjust, .zero, .sign, .overflow, .direction, .trap, .nestedTask, .alignmentCheck, .identification,
]

private let flagRows: [FlagRow] = [
  FlagRow([]),
  FlagRow([.shl, .shr, .sar]),
  FlagRow([.rol, .ror]),
  FlagRow([.rcl, .rcr]),
  FlagRow([.shld, .shrd]),
  FlagRow([.cmpsb, .cmpsw, .cmpsdString, .cmpsq, .scasb, .scasw, .scasd, .scasq]),
  // Arithmetic.
  FlagRow([.add, .sub, .cmp, .neg, .xadd, .cmpxchg], written: .status),
  FlagRow([.adc, .sbb], read: .carry, written: .status),
  FlagRow([.inc, .dec], written: [.parity, .adjust, .zero, .sign, .overflow]),
  FlagRow([.and, .or, .xor, .test], written: .status, undefined: .adjust),
  FlagRow([.mul, .imul], written: .status, undefined: [.parity, .adjust, .zero, .sign]),
  FlagRow([.div, .idiv], written: .status, undefined: .status),
  FlagRow([.adcx], read: .carry, written: .carry),
  FlagRow([.adox], read: .overflow, written: .overflow),
  FlagRow([.cmpxchg8b, .cmpxchg16b], written: .zero),
  // Bits.
  FlagRow([.bsf, .bsr], written: .status, undefined: [.carry, .parity, .adjust, .sign, .overflow]),
  FlagRow([.lzcnt, .tzcnt], written: .status, undefined: [.parity, .adjust, .sign, .overflow]),
  FlagRow([.popcnt], written: .status),
  FlagRow([.bt, .bts, .btr, .btc], written: .carry, undefined: [.parity, .adjust, .sign, .overflow]),
  FlagRow([.andn, .blsi, .blsr, .blsmsk, .bzhi], written: .status, undefined: [.parity, .adjust]),
  FlagRow([.bextr], written: .status, undefined: [.parity, .adjust, .sign]),
  FlagRow([.rdrand, .rdseed], written: .status),
  // Flags themselves.
  FlagRow([.clc, .stc], written: .carry),
  FlagRow([.cmc], read: .carry, written: .carry),
  FlagRow([.cld, .std], written: .direction),
  FlagRow([.cli, .sti], written: .interrupt),
  FlagRow([.lahf], read: [.carry, .parity, .adjust, .zero, .sign]),
  FlagRow([.sahf], written: [.carry, .parity, .adjust, .zero, .sign]),
  FlagRow([.pushf, .pushfq], read: image),
  FlagRow([.popf, .popfq], written: image),
  // Strings without a comparison.
  FlagRow(
    [
      .movsb, .movsw, .movsdString, .movsq, .stosb, .stosw, .stosd, .stosq, .lodsb, .lodsw, .lodsd, .lodsq, .insb,
      .insw, .insd, .outsb, .outsw, .outsd,
    ], read: .direction),
  // Control flow. A system call or trap shows the flags to the kernel; SYSCALL copies them into R11.
  FlagRow([.loope, .loopne], read: .zero),
  FlagRow([.syscall, .sysenter, .int, .int1, .int3], read: image),
  FlagRow([.iret, .iretd, .iretq], read: image, written: image),
  FlagRow([.lar, .lsl, .verr, .verw], written: .zero),
  // Vector and x87 comparisons. FCOMI clears OF, SF and AF as COMISS does (SDM vol. 2A, FCOMI).
  FlagRow(
    [
      .comisd, .comiss, .ucomisd, .ucomiss, .vcomisd, .vcomiss, .vucomisd, .vucomiss, .ptest, .vptest, .vtestps,
      .vtestpd, .pcmpestri, .pcmpestrm, .pcmpistri, .pcmpistrm, .vpcmpestri, .vpcmpestrm, .vpcmpistri, .vpcmpistrm,
      .fcomi, .fcomip, .fucomi, .fucomip,
    ], written: .status),
  FlagRow([.fcmovb, .fcmovnb], read: .carry),
  FlagRow([.fcmove, .fcmovne], read: .zero),
  FlagRow([.fcmovbe, .fcmovnbe], read: [.carry, .zero]),
  FlagRow([.fcmovu, .fcmovnu], read: .parity),
]

/// Row numbers by mnemonic, one byte each.
private let flagRowIndices: [UInt8] = {
  var indices = [UInt8](repeating: FlagRow.none, count: Mnemonic.allCases.count)
  for (number, row) in flagRows.enumerated() {
    for mnemonic in row.mnemonics { indices[Int(mnemonic.rawValue)] = UInt8(truncatingIfNeeded: number) }
  }
  return indices
}()
