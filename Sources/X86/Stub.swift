extension Instruction {
  package var flagsRead: RFlags {
    if let condition { return condition.flagsRead }
    switch mnemonic {
    case .mov, .lea, .movzx, .movsx, .movsxd, .add, .sub, .and, .or, .xor, .cmp, .test, .neg, .not, .push, .pop, .nop, .imul,
      .movabs, .cdq, .cqo, .cdqe, .cwde, .movaps, .movups, .movdqa, .movdqu, .pxor, .bswap:
      return []
    case .inc, .dec: return []
    case .adc, .sbb: return .carry
    case .shl, .shr, .sar: return op1.kind == .immediate || operandCount == 1 ? [] : .status
    default: return .status
    }
  }
  package var flagsWritten: RFlags {
    switch mnemonic {
    case .add, .sub, .and, .or, .xor, .cmp, .test, .neg, .imul, .adc, .sbb: return .status
    case .inc, .dec: return RFlags.status.subtracting(.carry)
    case .shl, .shr, .sar: return op1.kind == .immediate && op1.immediate & 31 != 0 ? .status : []
    default: return []
    }
  }
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
}
