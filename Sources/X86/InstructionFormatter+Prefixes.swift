// The prefixes that are shown as words before the name: those that repeat or lock, and those without effect.

extension InstructionFormatter {
  /// Prefix words in the order of the bytes, each followed by a space.
  var prefixText: String {
    guard !instruction.prefixes.isEmpty || instruction.rex != 0 else { return "" }
    let bytes = instruction.bytes
    let count = prefixCount(bytes)
    var words = ""
    for (index, byte) in bytes[..<count].enumerated() {
      let isLast = !bytes[(index + 1)..<count].contains { isSameKind($0, byte) }
      if let word = word(byte, isLast: isLast, isBeforeOpcode: index == count - 1) { words += word + " " }
    }
    return words
  }

  private func prefixCount(_ bytes: [UInt8]) -> Int {
    var count = 0
    while count < bytes.count, isPrefix(bytes[count]) { count += 1 }
    return count
  }

  private func isPrefix(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x26, 0x2E, 0x36, 0x3E, 0x40...0x4F, 0x64...0x67, 0xF0, 0xF2, 0xF3: true
    default: false
    }
  }

  /// F2 and F3 displace one another, as do FS and GS.
  private func isSameKind(_ one: UInt8, _ other: UInt8) -> Bool {
    one == other || (one | 1 == 0xF3 && other | 1 == 0xF3) || (one | 1 == 0x65 && other | 1 == 0x65)
  }

  private func word(_ byte: UInt8, isLast: Bool, isBeforeOpcode: Bool) -> String? {
    switch byte {
    case 0x66: return isLast && usesOperandSize ? nil : "data16"
    case 0x67: return isLast && usesAddressSize ? nil : "addr32"
    case 0x26: return "es"
    case 0x2E: return "cs"
    case 0x36: return "ss"
    case 0x3E: return isIndirectNear ? "notrack" : "ds"
    case 0x64: return isLast && usesSegment ? nil : "fs"
    case 0x65: return isLast && usesSegment ? nil : "gs"
    case 0xF0: return "lock"
    case 0xF2, 0xF3: return isLast ? repeatWord(byte) : byte == 0xF2 ? "repnz" : "repz"
    default: return isBeforeOpcode ? rexWord(byte) : rexName(byte)
    }
  }

  // MARK: F2 and F3

  private func repeatWord(_ byte: UInt8) -> String? {
    switch instruction.mnemonic {
    case .movsb, .movsw, .movsdString, .movsq, .stosb, .stosw, .stosd, .stosq, .lodsb, .lodsw, .lodsd, .lodsq, .insb,
      .insw, .insd, .outsb, .outsw, .outsd:
      return byte == 0xF3 ? "rep" : "repnz"
    case .pause, .popcnt, .tzcnt, .lzcnt, .endbr64, .endbr32, .rdsspd, .rdsspq, .rdpid, .rdfsbase, .rdgsbase, .wrfsbase,
      .wrgsbase, .adox, .crc32:
      return nil
    case .wbinvd: return byte == 0xF3 ? nil : "repnz"
    case .call, .jmp, .ret: if byte == 0xF2 { return "bnd" }
    default:
      if instruction.condition != nil, instruction.isJump, byte == 0xF2 { return "bnd" }
      if isVector { return nil }
    }
    // Hints of lock elision, wherever their form allows them (SDM vol. 2C, XACQUIRE/XRELEASE).
    let isElided =
      (instruction.prefixes.contains(.lock) && instruction.isLockable)
      || (instruction.mnemonic == .xchg && instruction.op0.kind == .memory)
    if isElided { return byte == 0xF2 ? "xacquire" : "xrelease" }
    if byte == 0xF3, instruction.opcodeMap == 0, instruction.op0.kind == .memory {
      switch instruction.opcode {
      case 0x88, 0x89, 0xC6, 0xC7: return "xrelease"
      default: break
      }
    }
    return byte == 0xF2 ? "repnz" : "repz"
  }

  // MARK: Which prefixes have an effect

  /// An instruction of the SSE maps, in which 66, F3 and F2 choose (SDM vol. 2D, tables A-3 to A-5).
  private var isVector: Bool {
    switch instruction.opcodeMap {
    case 0: false
    case 1:
      switch instruction.opcode {
      case 0x10...0x17, 0x28...0x2F, 0x50...0x76, 0x7C...0x7F, 0xC2, 0xC4...0xC6, 0xD0...0xFE: true
      default: false
      }
    case 2: instruction.opcode < 0xF0
    default: true
    }
  }

  private var usesOperandSize: Bool {
    if isVector { return !instruction.prefixes.contains(.rep) && !instruction.prefixes.contains(.repne) }
    switch instruction.mnemonic {
    case .clflushopt, .clwb, .adcx, .fldenv, .fnstenv, .frstor, .fnsave, .bsf, .bsr, .movbe, .rdrand, .rdseed:
      return true
    case .sldt, .str, .smsw: return instruction.op0.width == 16 && instruction.op0.kind == .register
    default: return instruction.operandWidth == 16 && hasOperandSize
    }
  }

  private var usesAddressSize: Bool {
    if instruction.memory != nil { return true }
    switch instruction.mnemonic {
    case .jecxz, .xlatb, .loop, .loope, .loopne, .maskmovq, .maskmovdqu: return true
    default: return !instruction.implicitRead.isDisjoint(with: [.rsi, .rdi]) && instruction.operandCount == 0
    }
  }

  private var usesSegment: Bool {
    if instruction.memory != nil { return true }
    switch instruction.mnemonic {
    case .xlatb, .maskmovq, .maskmovdqu: return true
    default: return instruction.implicitRead.contains(.rsi) && instruction.operandCount == 0
    }
  }

  private var isIndirectNear: Bool {
    (instruction.mnemonic == .jmp || instruction.mnemonic == .call) && instruction.isIndirect
  }

  /// Whether the instruction has forms of several operand sizes.
  private var hasOperandSize: Bool {
    switch instruction.mnemonic {
    case .cpuid, .rdtsc, .rdtscp, .syscall, .sysenter, .hlt, .clc, .stc, .cmc, .cld, .std, .cli, .sti, .lahf, .sahf,
      .emms, .int, .int1, .int3, .ud2, .fwait, .clts, .invd, .wbinvd, .wrmsr, .rdmsr, .rdpmc, .swapgs, .pause,
      .prefetch, .prefetchw, .prefetchnta, .prefetcht0, .prefetcht1, .prefetcht2, .clflush, .invlpg, .ldmxcsr,
      .stmxcsr, .lgdt, .lidt, .sgdt, .sidt, .lldt, .ltr, .lmsw, .verr, .verw, .cmpxchg8b, .sysret, .sysexit, .lfence,
      .mfence, .sfence,
      .endbr64, .endbr32, .xgetbv, .xsetbv:
      false
    default: !instruction.isX87 && instruction.opcodeMap < 3
    }
  }

  // MARK: REX

  private func rexName(_ byte: UInt8) -> String {
    var name = "rex"
    if byte & 15 != 0 { name += "." }
    if byte & 8 != 0 { name += "W" }
    if byte & 4 != 0 { name += "R" }
    if byte & 2 != 0 { name += "X" }
    if byte & 1 != 0 { name += "B" }
    return name
  }

  /// Nil where every bit of the prefix has an effect.
  private func rexWord(_ byte: UInt8) -> String? {
    var used: UInt8 = usesW ? 8 : 0
    if hasByteRegister { used |= 0x40 }
    for index in 0..<Int(instruction.operandCount) {
      let operand = instruction[operand: index]
      switch operand.kind {
      case .register
      where operand.register.isGeneral || operand.register.file == .xmm || operand.register.file == .control:
        used |= isRegField(index) ? 4 : 1
      case .memory:
        if operand.base.isGeneral { used |= 1 }
        if instruction.sib != nil { used |= 2 }
      default: break
      }
    }
    return (byte & 0x4F) & ~used & (byte & 15 != 0 ? 15 : 0x40) == 0 ? nil : rexName(byte)
  }

  private func isRegField(_ index: Int) -> Bool {
    guard let modRM = instruction.modRM else { return false }
    let number = instruction[operand: index].register.number & 7
    let isReg = number == (modRM >> 3) & 7
    let isRM = modRM >> 6 == 3 && number == modRM & 7
    // With both alike, one operand of two is each.
    return isReg && (!isRM || index > 0)
  }

  private var hasByteRegister: Bool {
    for index in 0..<Int(instruction.operandCount) where instruction[operand: index].register.file == .general8 {
      return true
    }
    return false
  }

  private var usesW: Bool {
    switch instruction.mnemonic {
    case .push, .pop, .call, .jmp, .ret, .enter, .leave, .pushfq, .popfq, .loop, .loope, .loopne, .jrcxz, .jecxz, .in,
      .out:
      return false
    case .retfq, .iretq, .fxsave64, .fxrstor64, .xsave64, .xrstor64, .xsavec64, .xsaveopt64, .xsaves64, .xrstors64,
      .cmpxchg16b, .sysret, .sysexit, .crc32, .pcmpestri, .pcmpestrm:
      return true
    case .pextrw, .pextrb, .extractps, .pinsrb, .pinsrw, .rdpid: return false
    case .sldt, .str, .smsw: return instruction.op0.kind == .register
    case .movq where instruction.opcode == 0x6F || instruction.opcode == 0x7F: return false
    case .mov where instruction.opcode == 0x8C && instruction.op0.kind == .memory: return false
    case .mov where instruction.opcode == 0x8E: return instruction.op1.kind == .register
    case .nop: return instruction.opcode != 0x90
    case .mov where instruction.opcodeMap == 1: return false
    default: break
    }
    if isVector {
      for index in 0..<Int(instruction.operandCount) where instruction[operand: index].register.isGeneral {
        return true
      }
      return instruction.mnemonic == .movq || instruction.mnemonic == .cvtsi2sd || instruction.mnemonic == .cvtsi2ss
        || instruction.mnemonic == .pinsrq || instruction.mnemonic == .pextrq
    }
    return instruction.operandWidth == 64 && hasOperandSize
      && instruction.condition.map { _ in !instruction.isJump } ?? true
  }
}
