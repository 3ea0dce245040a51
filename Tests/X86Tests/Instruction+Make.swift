import X86

extension Instruction {
  /// An instruction as far as the tables of this module look at it.
  static func make(
    _ mnemonic: Mnemonic, width: UInt8 = 32, _ operands: Operand..., prefixes: Prefixes = [], opcode: UInt8 = 0,
    immediateSize: UInt8 = 1
  ) -> Instruction {
    var instruction = Instruction()
    instruction.mnemonic = mnemonic
    instruction.operandWidth = width
    instruction.prefixes = prefixes
    instruction.opcode = opcode
    instruction.immediateSize = immediateSize
    instruction.operandCount = UInt8(operands.count)
    if operands.count > 0 { instruction.op0 = operands[0] }
    if operands.count > 1 { instruction.op1 = operands[1] }
    if operands.count > 2 { instruction.op2 = operands[2] }
    return instruction
  }
}

extension Operand {
  static func register(_ file: Register.File, _ number: UInt8) -> Operand {
    var operand = Operand()
    operand.kind = .register
    operand.register = Register(file, number)
    operand.width = UInt16(operand.register.width)
    return operand
  }

  static func immediate(_ value: Int64, width: UInt16 = 8) -> Operand {
    var operand = Operand()
    operand.kind = .immediate
    operand.immediate = value
    operand.width = width
    return operand
  }

  static func memory(width: UInt16, base: Register = Register(.general64, 0)) -> Operand {
    var operand = Operand()
    operand.kind = .memory
    operand.width = width
    operand.base = base
    return operand
  }
}
