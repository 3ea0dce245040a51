import X86

/// Instructions that processors execute and capstone 4.0.2 refuses or misreads, described by hand.
enum ExtraForms {
  static func find(_ key: FormKey) -> Form? {
    if key.isVEX { return vex(key) }
    switch (key.map, key.opcode) {
    case (0, 0x63): return movsxd(key)
    case (0, 0x90): return form(key.repeatPrefix == 0xF3 ? .pause : .nop, width: key.operandWidth)
    case (1, 0x0D): return prefetch(key)
    case (1, 0x18) where key.isRegister || key.regField > 3: return hintNop(key)
    case (1, 0x19...0x1F): return hintNop(key)
    case (1, 0xAE) where key.isRegister && key.pp == 0:
      // The rm field is ignored (SDM vol. 2A, LFENCE).
      return form(key.regField == 5 ? .lfence : key.regField == 6 ? .mfence : .sfence)
    case (1, 0xB9): return form(.ud1, [register(.regField, key), registerOrMemory(key)], width: key.operandWidth)
    case (1, 0xFF): return form(.ud0, [register(.regField, key), registerOrMemory(key)], width: key.operandWidth)
    case (1, 0xC7) where key.isRegister && key.regField == 7 && key.repeatPrefix == 0xF3:
      var operand = registerOrMemory(key)
      operand.file = .general64
      operand.width = 64
      return form(.rdpid, [operand], width: 64)
    default: return nil
    }
  }

  private static func vex(_ key: FormKey) -> Form? {
    switch (key.map, key.opcode, key.isRegister) {
    // Known to capstone only as AVX-512's VBROADCASTI32X4.
    case (2, 0x5A, false):
      var result = form(
        .vbroadcasti128, [vector(.regField, isWide: true), vector(.memory, isWide: false)], width: 32)
      result.requiresNoVVVV = true
      return result
    // Only the 256-bit form is known.
    case (2, 0x1C, _):
      let source: OperandTemplate.Source = key.isRegister ? .rmField : .memory
      var result = form(
        .vpabsb, [vector(.regField, isWide: key.l), vector(source, isWide: key.l)], width: key.operandWidth)
      result.requiresNoVVVV = true
      return result
    default: return nil
    }
  }

  /// MOVSXD copies 32 bits without REX.W and 16 under 66 (SDM vol. 2B, MOVSX/MOVSXD).
  private static func movsxd(_ key: FormKey) -> Form {
    var source = registerOrMemory(key)
    if key.w {
      source.width = 32
      if !source.isMemory { source.file = .general32 }
    }
    return form(.movsxd, [register(.regField, key), source], width: key.operandWidth)
  }

  /// Group P: processors without a given hint take it as another one (AMD APM vol. 3, PREFETCH).
  private static func prefetch(_ key: FormKey) -> Form {
    guard !key.isRegister else { return .invalid }
    var operand = OperandTemplate()
    operand.source = .memory
    return form(key.regField == 1 ? .prefetchw : .prefetch, [operand])
  }

  /// `0F 18`…`0F 1F`: no operation in every prefix and ModRM form, except where a feature gives one a meaning
  /// (SDM vol. 2B, NOP; vol. 2D, table A-3). MPX is gone and CET is off, so ENDBR and RDSSP do nothing either.
  private static func hintNop(_ key: FormKey) -> Form {
    if key.opcode == 0x1E, key.repeatPrefix == 0xF3, key.isRegister {
      if key.regField == 7, key.rmField == 2 { return form(.endbr64) }
      if key.regField == 7, key.rmField == 3 { return form(.endbr32) }
      if key.regField == 1 { return form(key.w ? .rdsspq : .rdsspd, [registerOrMemory(key)], width: key.w ? 64 : 32) }
    }
    return form(.nop, [registerOrMemory(key)], width: key.operandWidth)
  }

  private static func form(_ mnemonic: Mnemonic, _ operands: [OperandTemplate] = [], width: UInt8 = 32) -> Form {
    var form = Form()
    form.mnemonic = mnemonic
    form.operandWidth = width
    for operand in operands { form.append(operand) }
    return form
  }

  private static func register(_ source: OperandTemplate.Source, _ key: FormKey) -> OperandTemplate {
    var template = OperandTemplate()
    template.source = source
    template.width = UInt16(key.operandWidth)
    template.file = key.w ? .general64 : key.hasOperandSizePrefix ? .general16 : .general32
    return template
  }

  private static func registerOrMemory(_ key: FormKey) -> OperandTemplate {
    var template = register(.rmField, key)
    if !key.isRegister {
      template.source = .memory
      template.file = .none
    }
    return template
  }

  private static func vector(_ source: OperandTemplate.Source, isWide: Bool) -> OperandTemplate {
    var template = OperandTemplate()
    template.source = source
    template.width = isWide ? 256 : 128
    if source != .memory { template.file = isWide ? .ymm : .xmm }
    return template
  }
}
