import CMachine
import X86

extension Machine {
  /// Whether a non-canonical access at `address` by the instruction at `rip` goes through the stack segment: #SS instead of #GP
  /// (SDM vol. 3A, 6.15, interrupt 12). Asked after the fact, so it may decode once more.
  func isStackAccess(_ cpu: CPU, _ address: UInt64, rip: UInt64) -> Bool {
    let bytes = memory.peek(rip, count: 15)
    guard let instruction = bytes.withUnsafeBytes({ decode($0, at: rip) }) else { return false }
    if let operand = instruction.memory, instruction.usesStackSegment(operand) { return true }
    switch instruction.mnemonic {
    case .push, .pop, .pushf, .pushfq, .popf, .popfq, .call, .lcall, .ret, .retf, .retfq, .iret, .iretd, .iretq, .enter:
      // Not the other access of PUSH, POP and CALL.
      return address &- cpu.rsp &+ 256 < 512
    case .leave: return true
    default: return false
    }
  }
}

extension Instruction {
  /// Addresses based on RSP or RBP are relative to SS unless a prefix says otherwise (SDM vol. 1, table 3-5).
  fileprivate func usesStackSegment(_ operand: Operand) -> Bool {
    guard segment != .fs, segment != .gs else { return false }
    let base = operand.base
    return (base.file == .general64 || base.file == .general32) && (base.number == 4 || base.number == 5)
  }
}
