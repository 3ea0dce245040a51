import X86

/// One encoding of one instruction with registers, address and immediate left open.
struct OracleForm {
  /// Legacy prefixes in front, a mandatory one among them.
  var prefixes: [UInt8]
  var vex: VEXChoice?
  var isWide: Bool
  var map: Int
  var opcode: UInt8
  /// Nil for opcodes without ModRM.
  var modRM: ModRMChoice?
  /// An instruction of the form.
  var example: Instruction

  struct VEXChoice: Hashable {
    var pp: UInt8
    var isLong: Bool
    /// Whether VEX.vvvv names a register.
    var usesVVVV = false
  }

  struct ModRMChoice {
    var isMemory: Bool
    /// Nil where ModRM.reg is a register.
    var digit: UInt8?
    /// Nil where ModRM.rm is a register (x87 opcodes use all of it otherwise).
    var rm: UInt8?
    var usesVectorIndex = false
  }

  var mnemonic: Mnemonic { example.mnemonic }

  /// "vpaddb xmm, xmm, m128"
  var name: String {
    let operands = (0..<Int(example.operandCount)).map { index -> String in
      let operand = example[operand: index]
      switch operand.kind {
      case .memory: return "m\(operand.width)"
      case .immediate: return "imm"
      default: return "\(operand.register.file)"
      }
    }
    return mnemonic.name + (operands.isEmpty ? "" : " ") + operands.joined(separator: ", ")
  }
}

/// All encodings that the decoder accepts and that can be run alone, one by one, on a processor.
struct OracleForms {
  let decoder: any InstructionDecoder
  private(set) var forms: [OracleForm] = []

  init(decoder: any InstructionDecoder) {
    self.decoder = decoder
    for map in 0...3 {
      for opcode in UInt8.min...UInt8.max where OracleExclusions.isOpcode(map, opcode) {
        for prefixes in [[], [0x66], [0xf3], [0xf2], [0xf0], [0x66, 0xf3], [0x66, 0xf2]] as [[UInt8]] {
          for isWide in [false, true] { add(map, opcode, prefixes, isWide, nil) }
        }
        guard map > 0 else { continue }
        for pp in UInt8(0)...3 {
          for isLong in [false, true] {
            for isWide in [false, true] { add(map, opcode, [], isWide, OracleForm.VEXChoice(pp: pp, isLong: isLong)) }
          }
        }
      }
    }
  }

  private mutating func add(
    _ map: Int, _ opcode: UInt8, _ prefixes: [UInt8], _ isWide: Bool, _ vex: OracleForm.VEXChoice?
  ) {
    var form = OracleForm(
      prefixes: prefixes, vex: vex, isWide: isWide, map: map, opcode: opcode, modRM: nil, example: Instruction())
    for isMemory in [false, true] {
      let digits = UInt8.min..<8
      let variants = digits.map { digit -> Instruction? in
        form.modRM = OracleForm.ModRMChoice(isMemory: isMemory, digit: digit, rm: 1)
        return decode(form)
      }
      guard let first = variants.compactMap({ $0 }).first else { continue }
      if first.modRM == nil {
        form.modRM = nil
        if !isMemory { append(form, first) }
        continue
      }
      let isGroup = Set(variants.map { $0?.mnemonic }).count > 1 || !usesRegField(form, variants)
      for digit in isGroup ? Array(digits) : [0] {
        guard let example = variants[Int(digit)] else { continue }
        let isX87 = map == 0 && opcode & 0xf8 == 0xd8 && !isMemory
        for rm in isX87 ? Array(digits) : [1] {
          form.modRM = OracleForm.ModRMChoice(
            isMemory: isMemory, digit: isGroup ? digit : nil, rm: isX87 ? rm : nil)
          if isX87, decode(form) == nil { continue }
          append(form, isX87 ? decode(form) ?? example : example)
        }
      }
    }
  }

  /// Whether ModRM.reg shows among the operands.
  private func usesRegField(_ form: OracleForm, _ variants: [Instruction?]) -> Bool {
    guard let one = variants[2], let other = variants[5] else { return false }
    return (0..<4).contains { one[operand: $0] != other[operand: $0] }
  }

  private mutating func append(_ form: OracleForm, _ example: Instruction) {
    guard !OracleExclusions.contains(example) else { return }
    var form = form
    form.example = example
    if form.vex != nil {
      // With vvvv other than 1111 the encoding is taken only where it is an operand.
      form.vex?.usesVVVV = true
      if decode(form, vvvv: 3) == nil { form.vex?.usesVVVV = false }
    }
    form.modRM?.usesVectorIndex = example.memory.map { $0.index.file == .xmm || $0.index.file == .ymm } ?? false
    // A LOCK that is refused is one form's worth of #UD.
    forms.append(form)
  }

  private func decode(_ form: OracleForm, vvvv: UInt8 = 0) -> Instruction? {
    var encoder = OracleEncoder(form)
    encoder.vvvv = vvvv
    encoder.index = form.modRM?.isMemory == true ? 2 : nil
    encoder.base = 3
    let bytes = encoder.bytes(tail: [UInt8](repeating: 1, count: 10))
    return bytes.withUnsafeBytes { decoder.decode(UnsafeRawBufferPointer(rebasing: $0.prefix(15)), at: 0x1000) }
  }
}

/// Puts the bytes of a form together.
struct OracleEncoder {
  let form: OracleForm
  var reg: UInt8 = 0
  var rm: UInt8 = 1
  var vvvv: UInt8 = 0
  var base: UInt8 = 3
  var index: UInt8?
  var scale: UInt8 = 0
  var displacement: Int32 = 0
  var hasAddressPrefix = false
  /// A segment override; GS has base 0 on both sides.
  var segmentPrefix: UInt8?

  init(_ form: OracleForm) { self.form = form }

  /// Up to the immediate; `tail` follows.
  func bytes(tail: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = hasAddressPrefix ? [0x67] : []
    if let segmentPrefix { bytes.append(segmentPrefix) }
    bytes += form.prefixes
    let modRM = form.modRM
    let reg = modRM?.digit ?? self.reg
    let rm = modRM?.rm ?? self.rm
    let isMemory = modRM?.isMemory == true
    let r = modRM?.digit == nil && reg & 8 != 0
    let x = isMemory && (index ?? 0) & 8 != 0
    let b = isMemory ? base & 8 != 0 : rm & 8 != 0
    if let vex = form.vex {
      bytes.append(0xc4)
      bytes.append((r ? 0 : 0x80) | (x ? 0 : 0x40) | (b ? 0 : 0x20) | UInt8(form.map))
      bytes.append(
        (form.isWide ? 0x80 : 0) | (~(vex.usesVVVV || vvvv != 0 ? vvvv : 0) & 15) << 3 | (vex.isLong ? 4 : 0) | vex.pp)
      bytes.append(form.opcode)
    } else {
      let rex: UInt8 = (form.isWide ? 8 : 0) | (r ? 4 : 0) | (x ? 2 : 0) | (b ? 1 : 0)
      if rex != 0 { bytes.append(0x40 | rex) }
      if form.map > 0 { bytes.append(0x0f) }
      if form.map == 2 { bytes.append(0x38) }
      if form.map == 3 { bytes.append(0x3a) }
      bytes.append(form.opcode)
    }
    guard modRM != nil else { return bytes + tail }
    let regBits = (reg & 7) << 3
    guard isMemory else { return bytes + [0xc0 | regBits | (rm & 7)] + tail }
    let mod: UInt8 =
      displacement == 0 && base & 7 != 5
      ? 0 : displacement == Int32(Int8(truncatingIfNeeded: displacement)) ? 0x40 : 0x80
    if index != nil || base & 7 == 4 {
      bytes += [mod | regBits | 4, scale << 6 | ((index ?? 4) & 7) << 3 | (base & 7)]
    } else {
      bytes.append(mod | regBits | (base & 7))
    }
    if mod == 0x40 { bytes.append(UInt8(bitPattern: Int8(truncatingIfNeeded: displacement))) }
    if mod == 0x80 {
      for byte in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: displacement >> Int32(byte * 8))) }
    }
    return bytes + tail
  }
}

/// What cannot be run alone, or says something of the processor rather than of the instruction.
enum OracleExclusions {
  /// Opcodes that are prefixes, escapes, absent, or never to be executed (F1 hangs a virtual machine).
  static func isOpcode(_ map: Int, _ opcode: UInt8) -> Bool {
    switch (map, opcode) {
    case (0, 0x0f), (0, 0x26), (0, 0x2e), (0, 0x36), (0, 0x3e), (0, 0x40...0x4f), (0, 0x62), (0, 0x64...0x67),
      (0, 0xc4), (0, 0xc5), (0, 0xf0...0xf3), (1, 0x38), (1, 0x3a):
      false
    // SYSCALL and its like; group 7, in which a virtual machine's calls to its host lie.
    case (1, 0x05), (1, 0x07), (1, 0x34), (1, 0x35), (1, 0x00), (1, 0x01): false
    // Wait for x87 exceptions, x87 loads of environments at random.
    case (0, 0x9b): true
    default: true
    }
  }

  static func contains(_ instruction: Instruction) -> Bool {
    let isTransfer =
      instruction.condition != nil && instruction.op0.kind == .immediate && !instruction.mnemonic.name.hasPrefix("set")
    if isTransfer { return true }
    let files: [Register.File] = [.segment, .control, .debug]
    for index in 0..<4 where files.contains(instruction[operand: index].register.file) { return true }
    // Intel's processors read the 16 bits that count, AMD's 32: seen where memory ends between.
    if instruction.mnemonic == .movsxd, instruction.op0.width == 16, instruction.op1.kind == .memory { return true }
    switch instruction.mnemonic {
    // Control transfers have tests of their own; flags at random would set TF and AC.
    case .jmp, .call, .ret, .loop, .loope, .loopne, .jrcxz, .jecxz, .ljmp, .lcall, .retf, .retfq, .iret, .iretd, .iretq,
      .popf, .popfq, .int, .int1, .int3, .syscall, .sysenter, .sysexit, .sysret, .hlt:
      return true
    // The processor's own, or the moment's.
    case .rdtsc, .rdtscp, .rdpid, .rdrand, .rdseed, .cpuid, .xgetbv, .rdpmc: return true
    // Bases and selectors that the test itself lives on.
    case .wrfsbase, .wrgsbase, .rdfsbase, .rdgsbase, .lfs, .lgs, .lss, .swapgs: return true
    // Privileged.
    case .in, .out, .insb, .insw, .insd, .outsb, .outsw, .outsd, .cli, .sti, .clts, .invd, .wbinvd, .invlpg, .rdmsr,
      .wrmsr, .lgdt, .lidt, .lldt, .ltr, .lmsw, .sgdt, .sidt, .sldt, .str, .smsw, .monitor, .mwait, .clac, .stac,
      .xsetbv, .invpcid, .vmcall, .vmmcall, .rsm, .getsec, .encls, .enclu:
      return true
    // Images of the whole state (ExtendedStateTests, X87StateTests).
    case .fxsave, .fxsave64, .fxrstor, .fxrstor64, .xsave, .xsave64, .xsavec, .xsavec64, .xsaveopt, .xsaveopt64,
      .xrstor, .xrstor64, .xsaves, .xsaves64, .xrstors, .xrstors64, .fldenv, .frstor, .fnsave, .fnstenv:
      return true
    default: return false
    }
  }
}
