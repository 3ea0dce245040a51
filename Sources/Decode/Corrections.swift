import X86

/// Where capstone 4.0.2 departs from the SDM.
enum Corrections {
  static func apply(_ fields: EncodingFields, _ instruction: inout Instruction) {
    if fields.map == 0 { correctOneByte(fields, &instruction) }
    if fields.map == 1, !fields.isVEX, fields.opcode & 0xFE == 0xB0 || fields.opcode & 0xF0 == 0x90 || fields.opcode & 0xFE == 0xC0 {
      if fields.opcode & 1 == 0 || fields.opcode & 0xF0 == 0x90 { instruction.operandWidth = 8 }
    }
    if fields.isNearBranch { instruction.operandWidth = 64 }
    setAccess(&instruction)
    signExtend(fields, &instruction)
  }

  private static func correctOneByte(_ fields: EncodingFields, _ instruction: inout Instruction) {
    let width = instruction.operandWidth
    switch fields.opcode {
    case 0xA4, 0xA6, 0xAA, 0xAC, 0xAE, 0x6C, 0x6E:
      instruction.operandWidth = 8
      instruction.operandCount = 0
    case 0xA5, 0xA7, 0xAB, 0xAD, 0xAF, 0x6D, 0x6F:
      instruction.operandCount = 0
      if instruction.mnemonic == .movsd { instruction.mnemonic = .movsdString }
      if instruction.mnemonic == .cmpsd { instruction.mnemonic = .cmpsdString }
      if fields.opcode < 0x70 { instruction.operandWidth = min(width, 32) }
    case 0x00...0x3F where fields.opcode & 7 == 0 || fields.opcode & 7 == 2 || fields.opcode & 7 == 4,
      0x80, 0x84, 0x86, 0x88, 0x8A, 0xA0, 0xA2, 0xA8, 0xB0...0xB7, 0xC0, 0xC6, 0xD0, 0xD2, 0xE4, 0xE6, 0xEC, 0xEE, 0xF6, 0xFE:
      instruction.operandWidth = 8
    case 0x50...0x5F, 0x68, 0x6A, 0x8F, 0x9C, 0x9D, 0xC8, 0xC9:
      if width == 32 { instruction.operandWidth = 64 }
    case 0xC2, 0xC3, 0xE0...0xE3, 0x70...0x7F, 0xEB, 0xE8, 0xE9: instruction.operandWidth = 64
    case 0xFF where fields.regField == 2 || fields.regField == 4: instruction.operandWidth = 64
    case 0xFF where fields.regField == 6: if width == 32 { instruction.operandWidth = 64 }
    case 0x90 where fields.rex & 1 == 0 && fields.repeatPrefix != 0xF3:
      instruction.mnemonic = .nop
      instruction.operandCount = 0
    default: break
    }
    if case 0xD0...0xD3 = fields.opcode, instruction.operandCount == 1 {
      var count = Operand()
      count.kind = fields.opcode < 0xD2 ? .immediate : .register
      count.width = 8
      if fields.opcode < 0xD2 { count.immediate = 1 } else { count.register = Register(.general8, 1) }
      instruction.append(count)
    }
    if instruction.mnemonic == .sal { instruction.mnemonic = .shl }
  }

  private static func signExtend(_ fields: EncodingFields, _ instruction: inout Instruction) {
    func extended(_ operand: Operand) -> Operand {
      guard operand.kind == .immediate else { return operand }
      var result = operand
      result.isRead = true
      switch operand.width {
      case 16: result.immediate = Int64(Int16(truncatingIfNeeded: operand.immediate))
      case 32: result.immediate = Int64(Int32(truncatingIfNeeded: operand.immediate))
      default: break
      }
      return result
    }
    switch instruction.mnemonic {
    case .ret, .retf, .enter, .jmp, .call, .loop, .loope, .loopne, .jrcxz, .jecxz: return
    default: break
    }
    if fields.map == 0, fields.opcode & 0xF0 == 0x70 { return }
    if fields.map == 1, fields.opcode & 0xF0 == 0x80 { return }
    instruction.op0 = extended(instruction.op0)
    instruction.op1 = extended(instruction.op1)
    instruction.op2 = extended(instruction.op2)
  }

  /// First, provisional table of access: sources are read; the destination by name.
  private static func setAccess(_ instruction: inout Instruction) {
    instruction.op1.isRead = true
    instruction.op2.isRead = true
    instruction.op3.isRead = true
    let name = instruction.mnemonic
    switch name {
    case .cmp, .test, .bt, .push, .jmp, .call, .ucomisd, .ucomiss, .comisd, .comiss, .ptest, .mul, .div, .idiv, .nop,
      .out, .fld, .fild, .fldcw, .ldmxcsr, .fadd, .fsub, .fmul, .fdiv, .fcom, .fcomp, .fxrstor, .fxrstor64, .xrstor:
      instruction.op0.isRead = true
    case .imul where instruction.operandCount == 1: instruction.op0.isRead = true
    case .lea, .mov, .movabs, .movzx, .movsx, .movsxd, .pop, .movaps, .movups, .movapd, .movupd, .movdqa, .movdqu, .movd,
      .movq, .lddqu, .movbe, .rdrand, .rdseed, .stmxcsr, .fst, .fstp, .fist, .fistp, .fnstcw, .fnstsw, .pshufd,
      .pshuflw, .pshufhw, .pmovmskb, .movmskpd, .movmskps, .sqrtpd, .sqrtps, .cvttsd2si, .cvttss2si, .cvtsd2si,
      .cvtss2si, .cvtdq2pd, .cvtdq2ps, .cvtpd2ps, .cvtps2pd, .cvttps2dq, .cvtps2dq, .cvttpd2dq, .cvtpd2dq, .bsf,
      .bsr, .popcnt, .lzcnt, .tzcnt, .seta, .setae, .setb, .setbe, .sete, .setg, .setge, .setl, .setle, .setne, .setno,
      .setnp, .setns, .seto, .setp, .sets:
      instruction.op0.isWritten = true
    case .imul where instruction.operandCount == 3: instruction.op0.isWritten = true
    case .movsd, .movss:
      instruction.op0.isWritten = true
      instruction.op0.isRead = instruction.op0.kind == .register && instruction.op1.kind == .register
    case .xchg, .xadd:
      instruction.op0.isRead = true
      instruction.op0.isWritten = true
      instruction.op1.isWritten = true
    default:
      instruction.op0.isRead = true
      instruction.op0.isWritten = true
    }
  }
}
