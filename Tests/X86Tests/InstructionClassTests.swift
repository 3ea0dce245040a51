import Testing
import X86

@Suite struct InstructionClassTests {
  @Test func directBranchesHaveTargets() {
    let jump = Instruction.make(.jne, .immediate(0x1234, width: 64))
    #expect(jump.isBranch && jump.isJump && jump.isConditionalBranch && !jump.isIndirect && !jump.isCall)
    #expect(jump.branchTarget == 0x1234)
    let call = Instruction.make(.call, .immediate(-16, width: 64))
    #expect(call.isCall && call.isBranch && !call.isJump && call.branchTarget == 0xFFFF_FFFF_FFFF_FFF0)
  }

  @Test func indirectBranchesHaveNone() {
    let jump = Instruction.make(.jmp, .register(.general64, 0))
    #expect(jump.isBranch && jump.isIndirect && !jump.isConditionalBranch && jump.branchTarget == nil)
    let call = Instruction.make(.call, .memory(width: 64))
    #expect(call.isCall && call.isIndirect)
    let ret = Instruction.make(.ret, .immediate(8, width: 16))
    #expect(ret.isReturn && ret.isBranch && ret.isIndirect && ret.branchTarget == nil)
  }

  @Test func trapsAreNoBranches() {
    for mnemonic in [Mnemonic.syscall, .int3, .int, .ud2, .hlt, .mov, .cmove, .sete] {
      #expect(!Instruction.make(mnemonic).isBranch)
    }
  }

  @Test func lockNeedsAMemoryDestinationAndTheRightInstruction() {
    let memory = Operand.memory(width: 32)
    let register = Operand.register(.general32, 1)
    #expect(Instruction.make(.add, memory, register, prefixes: .lock).isLockValid)
    #expect(!Instruction.make(.add, register, memory, prefixes: .lock).isLockValid)
    #expect(!Instruction.make(.add, register, register, prefixes: .lock).isLockValid)
    #expect(!Instruction.make(.bt, memory, register, prefixes: .lock).isLockValid)
    #expect(!Instruction.make(.mov, memory, register, prefixes: .lock).isLockValid)
    #expect(Instruction.make(.mov, memory, register).isLockValid)
    #expect(Instruction.make(.cmpxchg16b, memory, prefixes: .lock).isLockValid)
  }
}
