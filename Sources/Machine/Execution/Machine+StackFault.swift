import CMachine
import X86

extension Machine {
  /// Whether a non-canonical access by the instruction at `rip` goes through the stack segment: #SS instead of #GP
  /// (SDM vol. 3A, 6.15, interrupt 12). Asked after the fact, so it may decode once more.
  func isStackAccess(_ access: Access, rip: UInt64) -> Bool {
    let bytes = memory.peek(rip, count: 15)
    guard let instruction = bytes.withUnsafeBytes({ decode($0, at: rip) }) else { return false }
    if let operand = instruction.memory, instruction.usesStackSegment(operand) { return true }
    switch instruction.mnemonic {
    // They read their operand and write the stack, or the other way round.
    case .push, .call, .lcall: return access == .write
    case .pop: return access == .read
    case .pushf, .pushfq, .popf, .popfq, .ret, .retf, .retfq, .iret, .iretd, .iretq, .enter, .leave: return true
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
