import X86

/// Where capstone 4.0.2 departs from the SDM or from the operands that Intel syntax writes.
enum Corrections {
  static func apply(_ key: FormKey, _ form: inout Form) {
    switch key.map {
    case 0: correctOneByte(key, &form)
    case 1: correctTwoByte(key, &form)
    case 2:
      // The mask of the legacy blends, and SHA256RNDS2's round keys, are in XMM0 (SDM vol. 2A, BLENDVPD).
      if !key.isVEX, key.opcode == 0x10 || key.opcode == 0x14 || key.opcode == 0x15 || key.opcode == 0xCB {
        if form.operandCount == 2 { form.append(fixed(.xmm, 0)) }
      }
      if key.isVEX, key.opcode & 0xFC == 0x90 { form.isGather = true }
    default: break
    }
  }

  private static func correctOneByte(_ key: FormKey, _ form: inout Form) {
    switch key.opcode {
    // String instructions and XLAT: everything they touch is implicit. MOVSD and CMPSD share their names with SSE2's.
    case 0x6C...0x6F, 0xA4...0xA7, 0xAA...0xAF, 0xD7:
      form.removeOperands()
      if form.mnemonic == .movsd { form.mnemonic = .movsdString }
      if form.mnemonic == .cmpsd { form.mnemonic = .cmpsdString }
    case 0x8C, 0x8E:
      // Selectors are 16 bits in memory, and the upper bits of a source register are ignored (SDM vol. 2B, MOV).
      if form.op0.isMemory { form.op0.width = 16 }
      if key.opcode == 0x8E { form.op1.width = 16 }
    case 0xD8...0xDF: X87Forms.correct(key, &form)
    // XCHG with rAX: the register of the opcode comes first.
    case 0x92: swap(&form.op0, &form.op1)
    // IN and OUT never move 64 bits, whatever REX.W says.
    case 0xE4...0xE7, 0xEC...0xEF:
      let index = key.opcode & 2 == 0 ? 0 : 1
      form[operand: index].width = UInt16(form.operandWidth)
      form[operand: index].file = form.operandWidth == 8 ? .general8 : form.operandWidth == 16 ? .general16 : .general32
    // LEA computes an address and accesses nothing.
    case 0x8D: form.op1.width = 0
    case 0xFF where key.regField == 3 || key.regField == 5: form.op0.width = farPointerWidth(key)
    default: break
    }
  }

  private static func correctTwoByte(_ key: FormKey, _ form: inout Form) {
    switch key.opcode {
    // LAR and LSL read a selector of 16 bits (SDM vol. 2A, LAR).
    case 0x02, 0x03:
      form.op1.width = 16
      if form.op1.isRegister { form.op1.file = form.op0.file }
    case 0xB2, 0xB4, 0xB5: form.op1.width = farPointerWidth(key)
    // The MMX forms of the low unpacks read 32 bits (SDM vol. 2B, PUNPCKLBW).
    case 0x60...0x62 where key.pp == 0 && form.op1.isMemory: form.op1.width = 32
    // A mask goes to 32 bits or, with W, is extended to 64 (SDM vol. 2B, PMOVMSKB).
    case 0x50, 0xD7:
      form.op0.file = key.w ? .general64 : .general32
      form.op0.width = key.w ? 64 : 32
    // MOVD between MMX or memory and a 64-bit register is MOVQ (SDM vol. 2B, MOVD/MOVQ).
    case 0x6E, 0x7E: if key.w, form.mnemonic == .movd { form.mnemonic = .movq }
    // The predicate stays an immediate operand; capstone moves it into the name (SDM vol. 2A, CMPPS).
    case 0xC2:
      form.mnemonic = compareName(key)
      guard !form[operand: Int(form.operandCount) - 1].isImmediate else { return }
      var predicate = OperandTemplate()
      predicate.source = .unsignedImmediate
      predicate.width = 8
      form.append(predicate)
    default: break
    }
  }

  private static func compareName(_ key: FormKey) -> Mnemonic {
    switch key.pp {
    case 0: key.isVEX ? .vcmpps : .cmpps
    case 1: key.isVEX ? .vcmppd : .cmppd
    case 2: key.isVEX ? .vcmpss : .cmpss
    default: key.isVEX ? .vcmpsd : .cmpsd
    }
  }

  /// A 16-bit selector behind an offset of operand size (SDM vol. 2A, CALL, `m16:16` to `m16:64`).
  private static func farPointerWidth(_ key: FormKey) -> UInt16 { UInt16(key.operandWidth) + 16 }

  static func fixed(_ file: Register.File, _ number: UInt8) -> OperandTemplate {
    var template = OperandTemplate()
    template.source = .fixed
    template.file = file
    template.number = number
    template.width = UInt16(Register(file, number).width)
    return template
  }

  /// Whether a gather has a SIB byte, and destination, index and mask differ; #UD otherwise (SDM vol. 2C, VGATHERDPD).
  static func isGather(_ instruction: Instruction) -> Bool {
    guard instruction.sib != nil else { return false }
    let destination = instruction.op0.register.number
    let index = instruction.op1.index.number
    let mask = instruction.op2.register.number
    return destination != index && destination != mask && index != mask
  }
}
