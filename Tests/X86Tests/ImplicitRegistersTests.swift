import Testing
import X86

@Suite struct ImplicitRegistersTests {
  @Test func multiplicationUsesTheAccumulator() {
    let wide = Instruction.make(.mul, .register(.general32, 3))
    #expect(wide.implicitRead == .rax)
    #expect(wide.implicitWritten == [.rax, .rdx])
    let narrow = Instruction.make(.mul, width: 8, .register(.general8, 3))
    #expect(narrow.implicitWritten == .rax)
    let twoOperands = Instruction.make(.imul, .register(.general32, 3), .register(.general32, 1))
    #expect(twoOperands.implicitRead.isEmpty && twoOperands.implicitWritten.isEmpty)
    #expect(Instruction.make(.div, .register(.general32, 3)).implicitRead == [.rax, .rdx])
  }

  @Test func stringsUseTheCounterWhenRepeated() {
    #expect(Instruction.make(.movsb).implicitWritten == [.rsi, .rdi])
    #expect(Instruction.make(.movsb, prefixes: .rep).implicitWritten == [.rsi, .rdi, .rcx])
    #expect(Instruction.make(.stosq, prefixes: .rep).implicitRead == [.rax, .rdi, .rcx])
    #expect(Instruction.make(.lodsb).implicitWritten == [.rax, .rsi])
  }

  @Test func stackAndSystemInstructions() {
    #expect(Instruction.make(.push, .register(.general64, 0)).implicitWritten == .rsp)
    #expect(Instruction.make(.leave).implicitWritten == [.rsp, .rbp])
    #expect(Instruction.make(.syscall).implicitWritten == [.rax, .rcx, .r11])
    #expect(Instruction.make(.cpuid).implicitRead == [.rax, .rcx])
    #expect(Instruction.make(.pcmpistrm).implicitWritten == .xmm0)
    #expect(Instruction.make(.fadd, opcode: 0xD8).implicitRead == .x87)
    #expect(Instruction.make(.mov).implicitRead.isEmpty)
  }
}
