import X86

/// Which explicit operands an instruction reads and writes, and how many bits of memory it touches.
///
/// Our own table, from the "Operand Encoding" tables of the SDM's instruction pages (vol. 2): capstone 4.0.2 reports
/// some thousands of stores of an ordinary program as loads. An operand that an instruction may leave alone (CMOVcc,
/// BSF of zero, a merging vector load) counts as read and written.
enum OperandAccess {
  private enum Pattern {
    /// No operand is accessed: hints.
    case none
    /// Every operand is read.
    case read
    /// The first operand is written, the others read.
    case write
    /// The first operand is read and written, the others read.
    case modify
    /// The first two operands are read and written.
    case exchange
    /// The first two operands are written, the others read.
    case writeTwo
    /// First and third are read and written: gathers, which clear their mask.
    case gather
  }

  static func apply(_ key: FormKey, _ form: inout Form) {
    let pattern = pattern(key, form)
    for index in 0..<Int(form.operandCount) {
      var isRead = true
      var isWritten = false
      switch (pattern, index) {
      case (.none, _): isRead = false
      case (.write, 0), (.writeTwo, 0...1):
        isRead = false
        isWritten = true
      case (.modify, 0), (.exchange, 0...1), (.gather, 0), (.gather, 2): isWritten = true
      default: break
      }
      if form[operand: index].isImmediate { (isRead, isWritten) = (true, false) }
      form[operand: index].isRead = isRead
      form[operand: index].isWritten = isWritten
      if form[operand: index].isMemory, let width = memoryWidth(key, form) { form[operand: index].width = width }
    }
  }

  private static func pattern(_ key: FormKey, _ form: Form) -> Pattern {
    switch form.mnemonic {
    case .nop, .rdsspd, .rdsspq, .ud0, .ud1, .prefetch, .prefetchw, .prefetchnta, .prefetcht0,
      .prefetcht1, .prefetcht2, .clflush, .clflushopt, .clwb, .invlpg, .ffree, .ffreep:
      return .none
    case .imul: return form.operandCount == 1 ? .read : form.operandCount == 2 ? .modify : .write
    case .movss, .movsd, .movlps, .movlpd, .movhps, .movhpd:
      // A scalar load clears the rest of the register, a copy between registers keeps it; MOVLPS and MOVHPS always
      // keep the other half. Stores write memory only.
      if form.op0.isMemory { return .write }
      if form.op1.isMemory, form.mnemonic == .movss || form.mnemonic == .movsd { return .write }
      return .modify
    case .fadd, .fsub, .fsubr, .fmul, .fdiv, .fdivr: return form.operandCount == 1 ? .read : .modify
    case .xchg, .xadd: return .exchange
    case .mulx: return .writeTwo
    default: break
    }
    if form.isGather { return .gather }
    if isReadOnly(form.mnemonic) { return .read }
    if isWriteOnly(form.mnemonic) { return .write }
    if isFusedMultiplyAdd(form.mnemonic) { return .modify }
    return key.isVEX ? .write : .modify
  }

  private static func isReadOnly(_ mnemonic: Mnemonic) -> Bool {
    switch mnemonic {
    case .cmp, .test, .bt, .push, .call, .jmp, .lcall, .ljmp, .mul, .div, .idiv, .out, .int, .ret, .retf, .retfq,
      .enter, .ja, .jae, .jb, .jbe, .je, .jg, .jge, .jl, .jle, .jne, .jno, .jnp, .jns, .jo, .jp, .js, .jrcxz, .jecxz,
      .loop, .loope, .loopne, .ptest, .vptest, .vtestps, .vtestpd, .comisd, .comiss, .ucomisd, .ucomiss, .vcomisd,
      .vcomiss, .vucomisd, .vucomiss, .pcmpestri, .pcmpestrm, .pcmpistri, .pcmpistrm, .vpcmpestri, .vpcmpestrm,
      .vpcmpistri, .vpcmpistrm, .maskmovq, .maskmovdqu, .vmaskmovdqu, .ldmxcsr, .vldmxcsr, .fxrstor, .fxrstor64,
      .xrstor, .xrstor64, .xrstors, .xrstors64, .lgdt, .lidt, .lldt, .ltr, .lmsw, .verr, .verw, .wrfsbase, .wrgsbase,
      .invpcid, .fld, .fild, .fbld, .fldcw, .fldenv, .frstor, .fcom, .fcomp, .fcomi, .fcomip, .fucom, .fucomp, .fucomi,
      .fucomip, .ficom, .ficomp, .fiadd, .fisub, .fisubr, .fimul, .fidiv, .fidivr:
      true
    default: false
    }
  }

  private static func isWriteOnly(_ mnemonic: Mnemonic) -> Bool {
    switch mnemonic {
    case .mov, .movzx, .movsx, .movsxd, .movbe, .movnti, .pop, .lea, .in, .seta, .setae, .setb, .setbe, .sete, .setg,
      .setge, .setl, .setle, .setne, .setno, .setnp, .setns, .seto, .setp, .sets, .lzcnt, .tzcnt, .popcnt, .rdrand,
      .rdseed, .rdpid, .rdfsbase, .rdgsbase, .sldt, .str, .smsw, .sgdt, .sidt, .lfs, .lgs, .lss, .stmxcsr, .fxsave,
      .fxsave64, .xsave, .xsave64, .xsavec, .xsavec64, .xsaveopt, .xsaveopt64, .xsaves, .xsaves64, .fst, .fstp, .fist,
      .fistp, .fisttp, .fbstp, .fnstcw, .fnstsw, .fnstenv, .fnsave:
      true
    case .movaps, .movups, .movapd, .movupd, .movdqa, .movdqu, .movd, .movq, .movntps, .movntpd, .movntdq, .movntdqa,
      .movntq, .lddqu, .movddup, .movshdup, .movsldup, .movmskps, .movmskpd, .pmovmskb, .movq2dq, .movdq2q, .pshufd,
      .pshuflw, .pshufhw, .pshufw, .sqrtps, .sqrtpd, .rcpps, .rsqrtps, .roundps, .roundpd, .cvtdq2pd, .cvtdq2ps,
      .cvtpd2dq, .cvttpd2dq, .cvtpd2ps, .cvtps2pd, .cvtps2dq, .cvttps2dq, .cvtpd2pi, .cvttpd2pi, .cvtps2pi, .cvttps2pi,
      .cvtpi2pd, .cvtsd2si, .cvttsd2si, .cvtss2si, .cvttss2si, .pabsb, .pabsw, .pabsd, .pmovsxbd, .pmovsxbq, .pmovsxbw,
      .pmovsxdq, .pmovsxwd, .pmovsxwq, .pmovzxbd, .pmovzxbq, .pmovzxbw, .pmovzxdq, .pmovzxwd, .pmovzxwq, .phminposuw,
      .aesimc, .aeskeygenassist, .extractps, .pextrb, .pextrw, .pextrd, .pextrq:
      true
    default: false
    }
  }

  private static func isFusedMultiplyAdd(_ mnemonic: Mnemonic) -> Bool {
    mnemonic.rawValue >= Mnemonic.vfmadd132pd.rawValue && mnemonic.rawValue <= Mnemonic.vfnmsub231ss.rawValue
  }

  /// Memory widths that capstone reports wrongly, in bits; 0 where nothing is accessed or the size varies (XSAVE).
  private static func memoryWidth(_ key: FormKey, _ form: Form) -> UInt16? {
    switch form.mnemonic {
    case .lea, .prefetch, .prefetchw, .prefetchnta, .prefetcht0, .prefetcht1, .prefetcht2, .clflush,
      .clflushopt, .clwb, .invlpg, .nop, .ud0, .ud1, .xsave, .xsave64, .xsavec, .xsavec64, .xsaveopt, .xsaveopt64,
      .xsaves, .xsaves64, .xrstor, .xrstor64, .xrstors, .xrstors64:
      0
    case .fxsave, .fxsave64, .fxrstor, .fxrstor64: 4096
    case .comisd, .vcomisd: 64
    case .comiss, .vcomiss: 32
    default: nil
    }
  }
}
