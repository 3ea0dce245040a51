import X86

@testable import Machine

/// An encoding with everything chosen, and states to run it from: all of it follows from bytes and a seed.
struct OracleCase {
  let bytes: [UInt8]
  let instruction: Instruction

  /// Chooses registers, address and immediate of a form.
  init?(_ form: OracleForm, _ random: inout SplitMix, _ decoder: any InstructionDecoder) {
    var encoder = OracleEncoder(form)
    encoder.reg = UInt8(random.next() & 15)
    encoder.rm = random.next() & 7 == 0 ? encoder.reg : UInt8(random.next() & 15)
    encoder.vvvv = form.vex?.usesVVVV == true ? (random.next() & 7 == 0 ? encoder.rm : UInt8(random.next() & 15)) : 0
    if form.modRM?.isMemory == true {
      encoder.base = UInt8(random.next() & 15)
      if form.modRM?.usesVectorIndex == true {
        encoder.index = UInt8(random.next() & 15)
      } else if random.next() & 1 == 0 {
        let index = UInt8(random.next() & 15)
        if index != 4, index != encoder.base { encoder.index = index }
      }
      encoder.scale = UInt8(random.next() & 3)
      encoder.hasAddressPrefix = random.next() & 7 == 0
      switch random.next() & 3 {
      case 0: encoder.displacement = 0
      case 1: encoder.displacement = Int32(Int8(truncatingIfNeeded: random.next()))
      default: encoder.displacement = Int32(truncatingIfNeeded: random.next() & 0x3fff) - 0x2000
      }
    }
    if form.modRM == nil { encoder.rm = UInt8(random.next() & 15) }
    let tail = (0..<10).map { _ in
      random.next() & 3 == 0 ? UInt8(truncatingIfNeeded: random.next() & 15) : UInt8(truncatingIfNeeded: random.next())
    }
    self.init(bytes: encoder.bytes(tail: tail), decoder)
  }

  /// A case to be run again.
  init?(bytes: [UInt8], _ decoder: any InstructionDecoder) {
    var bytes = bytes
    let decoded = bytes.withUnsafeBytes {
      decoder.decode(UnsafeRawBufferPointer(rebasing: $0.prefix(15)), at: TestMachine.codeAddress)
    }
    guard let instruction = decoded, !OracleExclusions.contains(instruction) else { return nil }
    bytes.removeSubrange(Int(instruction.length)...)
    if instruction.opcodeMap == 0, (0xa0...0xa3).contains(instruction.opcode) {
      // The address is part of the instruction.
      let width = instruction.addressWidth == 32 ? 4 : 8
      for byte in 0..<width {
        bytes[bytes.count - width + byte] = UInt8(truncatingIfNeeded: Differential.middle >> UInt64(byte * 8))
      }
    }
    self.bytes = bytes
    self.instruction = instruction
  }

  var text: String { instruction.description }

  /// Flags that the manual leaves undefined, also where that depends on a count in CL.
  func undefined(_ state: ProcessorState) -> RFlags {
    var flags = instruction.flagsUndefined
    let isByCL =
      instruction.op1.kind == .register && instruction.op1.register.file == .general8
      || instruction.op2.kind == .register && instruction.op2.register.file == .general8
    let width = Int(instruction.op0.width)
    let count = Int(state.gpr[R.rcx] & (width == 64 ? 63 : 31))
    switch instruction.mnemonic {
    case .shl, .shr, .sar, .rol, .ror, .rcl, .rcr:
      guard isByCL, instruction.opcode == 0xd2 || instruction.opcode == 0xd3 else { break }
      if count != 1 { flags.insert(.overflow) }
      if instruction.mnemonic == .shl || instruction.mnemonic == .shr, count >= width { flags.insert(.carry) }
    case .shld, .shrd:
      let number = isByCL ? count : Int(instruction.op2.immediate & (width == 64 ? 63 : 31))
      if number > 1 { flags.insert(.overflow) }
      if number > width { flags.formUnion(.status) }
    default: break
    }
    return flags
  }

  /// Whether the result itself is undefined, and vendors differ: SHLD and SHRD of 16 bits by more than 16.
  func hasUndefinedResult(_ state: ProcessorState) -> Bool {
    guard instruction.mnemonic == .shld || instruction.mnemonic == .shrd, instruction.op0.width == 16 else {
      return false
    }
    let count = instruction.op2.kind == .immediate ? UInt64(bitPattern: instruction.op2.immediate) : state.gpr[R.rcx]
    return count & 31 > 16
  }

  // MARK: - States

  /// Changes the random registers of `state` to what this instruction is interesting on.
  func prepare(_ state: inout ProcessorState, _ random: inout SplitMix) {
    let kind = valueKind(&random)
    fillRegisters(&state, &random, kind)
    let isX87 = instruction.opcodeMap == 0 && (instruction.opcode & 0xf8 == 0xd8 || instruction.opcode == 0x9b)
    if isX87 || usesMMX { X87States.randomize(&state, &random, unmasks: random.next() & 7 == 0) }
    state.mxcsr = UInt32(truncatingIfNeeded: random.next() & 0xe07f)
    if random.next() & 1 == 0 { state.mxcsr &= ~0x3f }
    state.mxcsr |= random.next() & 7 == 0 ? UInt32(truncatingIfNeeded: random.next() & 0x1f80) : 0x1f80
    let place = chooseAddress(&random)
    aim(&state, &random, at: place)
    let memory = TestMachine.data(place & ~31, 128)
    let inside =
      place >= TestMachine.dataAddress
      && (place & ~31) + 128 <= TestMachine.dataAddress + UInt64(TestMachine.dataSize)
    if inside {
      for offset in stride(from: 0, to: 128, by: 8) {
        memory.storeBytes(of: VectorValues.word(kind, &random), toByteOffset: offset, as: UInt64.self)
      }
    }
    if isX87, random.next() & 1 == 0 { X87States.fillOperands(&random) }
  }

  private var usesMMX: Bool {
    (0..<4).contains { instruction[operand: $0].register.file == .mmx } || instruction.mnemonic == .emms
  }

  private func valueKind(_ random: inout SplitMix) -> VectorForm.Values {
    let name = instruction.mnemonic.name
    if random.next() & 7 == 0 { return [.singles, .doubles, .integers][Int(random.next() % 3)] }
    if name.hasPrefix("p") || name.hasPrefix("vp") { return .integers }
    if name.hasSuffix("ps") || name.hasSuffix("ss") || name.contains("ps2") || name.contains("ss2") { return .singles }
    if name.hasSuffix("pd") || name.hasSuffix("sd") || name.contains("pd2") || name.contains("sd2") { return .doubles }
    return .integers
  }

  private func fillRegisters(_ state: inout ProcessorState, _ random: inout SplitMix, _ kind: VectorForm.Values) {
    for number in 0..<16 {
      state.gpr[number] = random.next() & 3 == 0 ? VectorValues.word(kind, &random) : random.interesting()
      state.xmm[number] = [VectorValues.word(kind, &random), VectorValues.word(kind, &random)]
      if CPUModel.best.features.contains(.avx) {
        state.ymmHigh[number] = [VectorValues.word(kind, &random), VectorValues.word(kind, &random)]
      }
    }
    // Often the same value in several registers, or nearly.
    if random.next() & 3 == 0 {
      let value = state.xmm[Int(random.next() & 15)]
      for number in 0..<16 where random.next() & 1 == 0 { state.xmm[number] = value }
    }
    if instruction.prefixes.contains(.rep) || instruction.prefixes.contains(.repne) {
      state.gpr[R.rcx] = random.next() & 0x3f
    }
    if instruction.flagsRead.contains(.direction), random.next() & 3 == 0 { state.rflags |= 0x400 }
  }

  /// Mostly well inside the data pages, sometimes across two of them, across their end, or nowhere.
  private func chooseAddress(_ random: inout SplitMix) -> UInt64 {
    let end = TestMachine.dataAddress + UInt64(TestMachine.dataSize)
    switch random.next() & 15 {
    case 0: return Differential.middle - (random.next() & 31) - 1
    case 1: return end - (random.next() & 63)
    case 2: return end + (random.next() & 63)
    case 3: return TestMachine.dataAddress - (random.next() & 31)
    case 4, 5, 6: return Differential.middle + (random.next() & 0x3ff)
    default: return Differential.middle + (random.next() & 0x3e0)
    }
  }

  /// Registers that make the address `place`, and pointers for what instructions access without saying so.
  private func aim(_ state: inout ProcessorState, _ random: inout SplitMix, at place: UInt64) {
    switch instruction.mnemonic {
    case .push, .pop, .pushf, .pushfq, .enter, .leave:
      state.gpr[R.rsp] = Differential.stackTop + (random.next() & 0xff)
      state.gpr[R.rbp] = Differential.stackTop + (random.next() & 0xff)
    case .movsb, .movsw, .movsdString, .movsq, .stosb, .stosw, .stosd, .stosq, .lodsb, .lodsw, .lodsd, .lodsq, .scasb,
      .scasw, .scasd, .scasq, .cmpsb, .cmpsw, .cmpsdString, .cmpsq:
      state.gpr[R.rsi] = place
      state.gpr[R.rdi] = Differential.middle + (random.next() & 0x1ff)
    case .maskmovq, .maskmovdqu, .vmaskmovdqu: state.gpr[R.rdi] = Differential.middle + (random.next() & 0x1ff)
    case .xlatb: state.gpr[R.rbx] = place
    case .bt, .bts, .btr, .btc:
      if instruction.op1.kind == .register, instruction.op0.kind == .memory {
        state.gpr[Int(instruction.op1.register.number)] = random.next() & 0x1ff
      }
    default: break
    }
    guard let memory = instruction.memory, memory.base != .none, memory.base != .rip else { return }
    let base = Int(memory.base.number)
    if memory.index.file == .xmm || memory.index.file == .ymm {
      aimVector(&state, &random, memory, at: place)
      return
    }
    // LEA wants any address.
    if instruction.mnemonic == .lea || memory.width == 0, random.next() & 1 == 0 { return }
    var scaled: UInt64 = 0
    if memory.index != .none {
      let index = Int(memory.index.number)
      state.gpr[index] = random.next() & 0xfff
      scaled = state.gpr[index] &* UInt64(memory.scale)
      if index == base { return }
    }
    state.gpr[base] = place &- scaled &- UInt64(bitPattern: memory.displacement)
    if instruction.addressWidth == 32 {
      // The upper half does not count, neither in the parts nor in the sum.
      state.gpr[base] = state.gpr[base] & 0xffff_ffff | random.next() << 32
    }
  }

  /// A gather's indices are small, each with a mask at random.
  private func aimVector(_ state: inout ProcessorState, _ random: inout SplitMix, _ memory: Operand, at place: UInt64) {
    let base = Int(memory.base.number)
    let far = random.next() & 7 == 0
    func word() -> UInt64 {
      if far, random.next() & 3 == 0 { return random.interesting() }
      let name = instruction.mnemonic.name
      let isQuadword = name.hasPrefix("vgatherq") || name.hasPrefix("vpgatherq")
      return isQuadword
        ? random.next() & 0x3f : (random.next() & 0x3f) | (random.next() & 0x3f) << 32
    }
    let index = Int(memory.index.number)
    state.xmm[index] = [word(), word()]
    state.ymmHigh[index] = [word(), word()]
    state.gpr[base] = place &- UInt64(bitPattern: memory.displacement)
    let mask = Int(instruction.op2.register.number)
    func signs() -> UInt64 { random.next() & 0x8000_0000_8000_0000 | random.next() & 0x7fff_ffff_7fff_ffff }
    state.xmm[mask] = [signs(), signs()]
    state.ymmHigh[mask] = [signs(), signs()]
  }
}
