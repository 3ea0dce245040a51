import X86

extension EncodingFields {
  /// Writes the instruction with each meaningful prefix once, in the order 66, F2/F3, 67, REX; returns its size.
  func writeCanonical(_ bytes: UnsafeRawBufferPointer, to buffer: UnsafeMutableRawBufferPointer) -> Int {
    var count = 0
    func put(_ byte: UInt8) {
      buffer[count] = byte
      count += 1
    }
    if hasAddressSizePrefix { put(0x67) }
    if hasOperandSizePrefix, !isNearBranch { put(0x66) }
    if repeatPrefix != 0 { put(repeatPrefix) }
    if rex != 0 { put(rex) }
    for index in opcodeOffset..<length { put(bytes[index]) }
    return count
  }

  /// `E8`, `E9`, `0F 80`…`0F 8F`: the operand-size prefix has no effect in 64-bit mode (SDM vol. 2A, CALL, Jcc, JMP).
  var isNearBranch: Bool {
    (map == 0 && (opcode == 0xE8 || opcode == 0xE9)) || (map == 1 && !isVEX && opcode & 0xF0 == 0x80)
  }

  /// Copies what the bytes alone tell.
  func fill(_ instruction: inout Instruction, _ bytes: UnsafeRawBufferPointer, at address: UInt64) {
    instruction.address = address
    instruction.length = UInt8(length)
    instruction.prefixes = prefixes
    instruction.segment = segment
    instruction.rex = rex
    instruction.vex.isPresent = isVEX
    instruction.vex.l = vexL
    instruction.vex.w = isVEX && w
    instruction.vex.vvvv = vvvv
    instruction.opcodeMap = map
    instruction.opcode = opcode
    instruction.modRM = hasModRM ? modRM : nil
    instruction.sib = hasSIB ? sib : nil
    instruction.displacementSize = UInt8(displacementSize)
    instruction.immediateSize = UInt8(immediateSize)
    instruction.addressWidth = hasAddressSizePrefix ? 32 : 64
    instruction.operandWidth = w ? 64 : hasOperandSizePrefix ? 16 : 32
    for index in 0..<length {
      let byte = UInt64(bytes[index]) << UInt64((index & 7) * 8)
      if index < 8 { instruction.bytesLow |= byte } else { instruction.bytesHigh |= byte }
    }
  }

  /// The memory operand that ModRM, SIB and displacement name (SDM vol. 2A, tables 2-2, 2-3 and 2-7).
  func fillMemory(_ operand: inout Operand) {
    let file: Register.File = hasAddressSizePrefix ? .general32 : .general64
    operand.displacement = displacement
    guard hasModRM else { return }
    guard hasSIB else {
      operand.base = mod == 0 && rmField == 5 ? .rip : Register(file, rmField | extendBase)
      return
    }
    if sib & 7 != 5 || mod != 0 { operand.base = Register(file, (sib & 7) | extendBase) }
    let index = ((sib >> 3) & 7) | extendIndex
    if index != 4 {
      operand.index = Register(file, index)
      operand.scale = 1 << (sib >> 6)
    }
  }
}
