import CCapstone
import X86

extension Register {
  /// The register of a capstone number; `.none` for those that no operand of 64-bit mode names.
  ///
  /// Read from a table of two bytes a register (file, number), filled once: capstone numbers registers by spelling.
  init(capstone register: x86_reg) {
    let index = Int(register.rawValue)
    self = index < capstoneRegisters.count ? capstoneRegisters[index] : .none
  }
}

private let capstoneRegisters: [Register] = {
  var table = [Register](repeating: .none, count: Int(X86_REG_ENDING.rawValue))
  func fill(_ registers: [x86_reg], _ file: Register.File) {
    for (number, register) in registers.enumerated() {
      table[Int(register.rawValue)] = Register(file, UInt8(number))
    }
  }
  func fill(from first: x86_reg, count: Int, _ file: Register.File) {
    for number in 0..<count { table[Int(first.rawValue) + number] = Register(file, UInt8(number)) }
  }
  fill(
    [
      X86_REG_AL, X86_REG_CL, X86_REG_DL, X86_REG_BL, X86_REG_SPL, X86_REG_BPL, X86_REG_SIL, X86_REG_DIL,
      X86_REG_R8B, X86_REG_R9B, X86_REG_R10B, X86_REG_R11B, X86_REG_R12B, X86_REG_R13B, X86_REG_R14B, X86_REG_R15B,
    ], .general8)
  fill([X86_REG_AH, X86_REG_CH, X86_REG_DH, X86_REG_BH], .high8)
  fill(
    [
      X86_REG_AX, X86_REG_CX, X86_REG_DX, X86_REG_BX, X86_REG_SP, X86_REG_BP, X86_REG_SI, X86_REG_DI,
      X86_REG_R8W, X86_REG_R9W, X86_REG_R10W, X86_REG_R11W, X86_REG_R12W, X86_REG_R13W, X86_REG_R14W, X86_REG_R15W,
    ], .general16)
  fill(
    [
      X86_REG_EAX, X86_REG_ECX, X86_REG_EDX, X86_REG_EBX, X86_REG_ESP, X86_REG_EBP, X86_REG_ESI, X86_REG_EDI,
      X86_REG_R8D, X86_REG_R9D, X86_REG_R10D, X86_REG_R11D, X86_REG_R12D, X86_REG_R13D, X86_REG_R14D, X86_REG_R15D,
    ], .general32)
  fill(
    [
      X86_REG_RAX, X86_REG_RCX, X86_REG_RDX, X86_REG_RBX, X86_REG_RSP, X86_REG_RBP, X86_REG_RSI, X86_REG_RDI,
      X86_REG_R8, X86_REG_R9, X86_REG_R10, X86_REG_R11, X86_REG_R12, X86_REG_R13, X86_REG_R14, X86_REG_R15,
    ], .general64)
  fill([X86_REG_ES, X86_REG_CS, X86_REG_SS, X86_REG_DS, X86_REG_FS, X86_REG_GS], .segment)
  table[Int(X86_REG_RIP.rawValue)] = .rip
  fill(from: X86_REG_CR0, count: 16, .control)
  fill(from: X86_REG_DR0, count: 16, .debug)
  fill(from: X86_REG_MM0, count: 8, .mmx)
  fill(from: X86_REG_ST0, count: 8, .x87)
  fill(from: X86_REG_XMM0, count: 16, .xmm)
  fill(from: X86_REG_YMM0, count: 16, .ymm)
  return table
}()
