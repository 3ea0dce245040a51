import CCapstone
import X86

/// Why capstone could not be started.
package struct CapstoneError: Error, CustomStringConvertible {
  package let code: UInt32
  package var description: String { "capstone does not start: error \(code)" }
}

/// Decodes x86-64 instructions with capstone. Not for use by two threads at once: each needs its own.
package final class CapstoneDecoder: InstructionDecoder {
  private var handle: csh = 0
  private let insn: UnsafeMutablePointer<cs_insn>
  /// `Mnemonic` raw values by capstone id, plus one; 0 where the name was not looked up yet.
  private let mnemonics: UnsafeMutablePointer<UInt16>
  private static let idCount = Int(X86_INS_ENDING.rawValue) + 1

  package init() throws(CapstoneError) {
    let status = cs_open(CS_ARCH_X86, CS_MODE_64, &handle)
    guard status == CS_ERR_OK else { throw CapstoneError(code: status.rawValue) }
    cs_option(handle, CS_OPT_DETAIL, Int(CS_OPT_ON.rawValue))
    guard let insn = cs_malloc(handle) else { throw CapstoneError(code: CS_ERR_MEM.rawValue) }
    self.insn = insn
    mnemonics = .allocate(capacity: Self.idCount)
    mnemonics.initialize(repeating: 0, count: Self.idCount)
  }

  deinit {
    cs_free(insn, 1)
    cs_close(&handle)
    mnemonics.deallocate()
  }

  package func decode(_ bytes: UnsafeRawBufferPointer, at address: UInt64) -> Instruction? {
    guard let fields = EncodingFields(bytes) else { return nil }
    // Capstone gets the prefixes once, in canonical order, without those that do not choose the instruction.
    var buffer: (UInt64, UInt64, UInt64) = (0, 0, 0)
    let decoded = withUnsafeMutableBytes(of: &buffer) { canonical -> Bool in
      let count = fields.writeCanonical(bytes, to: canonical)
      guard let start = canonical.baseAddress else { return false }
      var code: UnsafePointer<UInt8>? = UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self)
      var size = count
      var at = address &+ UInt64(fields.length &- count)
      return cs_disasm_iter(handle, &code, &size, &at, insn) && size == 0
    }
    guard decoded, let detail = insn.pointee.detail else { return nil }
    let mnemonic = mnemonic(ofID: insn.pointee.id)
    guard mnemonic != .invalid else { return nil }
    var instruction = Instruction()
    fields.fill(&instruction, bytes, at: address)
    instruction.mnemonic = mnemonic
    convertOperands(detail, fields, &instruction)
    Corrections.apply(fields, &instruction)
    return instruction.mnemonic == .invalid ? nil : instruction
  }

  private func mnemonic(ofID id: UInt32) -> Mnemonic {
    guard id < Self.idCount else { return .invalid }
    let known = mnemonics[Int(id)]
    if known != 0 { return Mnemonic(rawValue: known &- 1) ?? .invalid }
    var found = Mnemonic.invalid
    if let name = cs_insn_name(handle, id) { found = Mnemonic(name: name) }
    mnemonics[Int(id)] = found.rawValue + 1
    return found
  }

  private func convertOperands(
    _ detail: UnsafeMutablePointer<cs_detail>, _ fields: EncodingFields, _ instruction: inout Instruction
  ) {
    let count = min(Int(detail.pointee.x86.op_count), 4)
    withUnsafePointer(to: &detail.pointee.x86.operands) { tuple in
      tuple.withMemoryRebound(to: cs_x86_op.self, capacity: 8) { operands in
        for index in 0..<count {
          var operand = Operand()
          let source = operands + index
          operand.width = UInt16(source.pointee.size) * 8
          switch source.pointee.type {
          case X86_OP_REG:
            operand.kind = .register
            operand.register = Register(capstone: source.pointee.reg)
            operand.width = UInt16(operand.register.width)
          case X86_OP_IMM:
            operand.kind = .immediate
            operand.immediate = source.pointee.imm
          case X86_OP_MEM:
            operand.kind = .memory
            fields.fillMemory(&operand)
          default: break
          }
          instruction.append(operand)
        }
      }
    }
  }
}

extension Instruction {
  mutating func append(_ operand: Operand) {
    switch operandCount {
    case 0: op0 = operand
    case 1: op1 = operand
    case 2: op2 = operand
    default: op3 = operand
    }
    operandCount = min(operandCount + 1, 4)
  }
}
