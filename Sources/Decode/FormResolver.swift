import X86

/// Finds the form of a key: checks that the encoding is legal, asks capstone about a probe of it, corrects the answer,
/// and adds what capstone does not know truly.
final class FormResolver {
  private let engine: CapstoneEngine

  init(_ engine: CapstoneEngine) { self.engine = engine }

  func resolve(_ key: FormKey) -> Form {
    guard
      PrefixRules.allows(
        pp: key.pp, isVEX: key.isVEX, isWide: key.w, l: key.l, map: key.map, opcode: key.opcode),
      !RefusedEncodings.contains(key)
    else { return .invalid }
    if var form = ExtraForms.find(key) {
      OperandAccess.apply(key, &form)
      form.isValid = form.mnemonic != .invalid
      return form
    }
    guard var form = ask(key) else { return .invalid }
    Corrections.apply(key, &form)
    guard form.mnemonic != .invalid else { return .invalid }
    OperandAccess.apply(key, &form)
    form.isValid = true
    return form
  }

  private func ask(_ key: FormKey) -> Form? {
    var answer = FormProbe(key).withBytes { engine.disassemble($0) }
    if answer == nil, key.isVEX { answer = FormProbe(key, vvvv: 0).withBytes { engine.disassemble($0) } }
    guard let answer else { return nil }
    var form = Form()
    form.mnemonic = answer.mnemonic
    form.operandWidth = OperandSizes.operandWidth(key)
    form.requiresNoVVVV = key.isVEX
    let layout = key.layout
    engine.forEachOperand { operand in
      var template = OperandTemplate()
      switch operand {
      case .register(let register):
        template = Self.template(register, key, layout)
        if template.source == .vvvv { form.requiresNoVVVV = false }
      case .memory(let width, let vectorIndex):
        template.source = layout.hasModRM ? .memory : .memoryOffset
        template.file = vectorIndex
        template.width = width
      case .immediate(let value): template = Self.template(immediate: value, key, layout, form)
      }
      form.append(template)
    }
    return form
  }

  private static func template(_ register: Register, _ key: FormKey, _ layout: OpcodeLayout) -> OperandTemplate {
    var template = OperandTemplate()
    template.file = register.file
    template.width = UInt16(register.width)
    switch register.file {
    case .mmx:
      template.source = register.number == FormProbe.shortRegNumber && !layout.isGroup ? .regField : .rmField
    case .segment where layout.hasModRM, .control, .debug: template.source = .regField
    default:
      switch register.number {
      case FormProbe.regNumber: template.source = .regField
      case FormProbe.rmNumber: template.source = layout.hasOpcodeRegister ? .opcodeRegister : .rmField
      case FormProbe.vvvvNumber: template.source = .vvvv
      case FormProbe.immediateNumber: template.source = .immediateHigh
      // Where all of ModRM belongs to the key, REX.B does not (RDFSBASE and its kin, SMSW, LMSW).
      case key.rmField where layout.isWhole && key.isRegister && key.map == 1: template.source = .rmField
      default:
        template.source = .fixed
        template.number = register.number
      }
    }
    return template
  }

  private static func template(
    immediate value: Int64, _ key: FormKey, _ layout: OpcodeLayout, _ form: Form
  ) -> OperandTemplate {
    var template = OperandTemplate()
    template.width = 8
    switch layout.immediate {
    case .none, .memoryOffset:
      template.source = .constant
      template.number = UInt8(truncatingIfNeeded: value)
    case .wordAndByte where form.operandCount == 1: template.source = .secondImmediate
    case .wordAndByte, .word:
      template.source = .unsignedImmediate
      template.width = 16
    default:
      if OperandSizes.isRelativeBranch(key) {
        template.source = .branchTarget
        template.width = 64
      } else if OperandSizes.hasSignedImmediate(key) {
        template.source = .signedImmediate
        template.width = UInt16(form.operandWidth)
      } else {
        template.source = .unsignedImmediate
      }
    }
    return template
  }
}
