import Testing
import X86

@Suite struct StackTests {
  /// RSP at several alignments; sometimes at the edge of the mapped pages.
  static func stack(_ state: inout ProcessorState, _ generator: inout SplitMix) {
    Forms.smallIndex(&state, &generator)
    switch generator.next() & 7 {
    case 0: state.gpr[R.rsp] = TestMachine.dataAddress + generator.next() % 16
    case 1: state.gpr[R.rsp] = TestMachine.dataAddress + UInt64(TestMachine.dataSize) - generator.next() % 16
    default: state.gpr[R.rsp] = TestMachine.dataAddress + 0x1000 + generator.next() % 64
    }
    state.gpr[R.rbp] = TestMachine.dataAddress + 0x2000 + generator.next() % 0x1000
  }

  @Test func pushAndPop() {
    var cases: [InstructionCase] = []
    func add(_ name: String, _ bytes: [UInt8]) { cases.append(InstructionCase(name, bytes, prepare: Self.stack)) }
    for prefix in [[], [0x66]] as [[UInt8]] {
      for register in 0..<8 as Range<UInt8> {
        add("push \(register) \(prefix)", prefix + [0x50 + register])
        add("pop \(register) \(prefix)", prefix + [0x58 + register])
        add("push r\(register + 8) \(prefix)", prefix + [0x41, 0x50 + register])
        add("pop r\(register + 8) \(prefix)", prefix + [0x41, 0x58 + register])
      }
      add("push imm8 \(prefix)", prefix + [0x6a, 0x85])
      for (text, rm) in Forms.memory + [("[rsp+8]", .memory(base: R.rsp, displacement: 8))] {
        let width = prefix.isEmpty ? 32 : 16
        add("push \(text) \(prefix)", Encoding.modRM([0xff], width: width, reg: 6, rm: rm))
        add("pop \(text) \(prefix)", Encoding.modRM([0x8f], width: width, reg: 0, rm: rm))
      }
      add("leave \(prefix)", prefix + [0xc9])
      for level in [0, 1, 2, 3, 5, 31, 33] as [UInt8] {
        for size in [0, 8, 100] as [UInt8] {
          add("enter \(size), \(level) \(prefix)", prefix + [0xc8, size, 0, level])
        }
      }
    }
    add("push imm32", [0x68, 0x78, 0x56, 0x34, 0x92])
    add("push imm16", [0x66, 0x68, 0x34, 0x92])
    Differential.compare(cases, count: 40)
  }

  @Test func flagsOnTheStack() {
    var cases: [InstructionCase] = []
    for prefix in [[], [0x66]] as [[UInt8]] {
      cases.append(InstructionCase("pushf \(prefix)", prefix + [0x9c], prepare: Self.stack))
      cases.append(
        InstructionCase("popf \(prefix)", prefix + [0x9d]) { state, generator in
          Self.stack(&state, &generator)
          // Any flags but TF and AC (the host would trap on either).
          let flags = generator.next() & ~(RFlags.trap.rawValue | RFlags.alignmentCheck.rawValue)
          let top = state.gpr[R.rsp]
          let end = TestMachine.dataAddress + UInt64(TestMachine.dataSize)
          if top < end - 8 {
            TestMachine.data(top, 8).storeBytes(of: flags, as: UInt64.self)
          } else {
            state.gpr[R.rsp] = end - UInt64(prefix.count)
          }
        })
    }
    Differential.compare(cases, count: 200)
  }

  @Test func flagInstructions() {
    let cases: [(String, [UInt8])] = [
      ("clc", [0xf8]), ("stc", [0xf9]), ("cmc", [0xf5]), ("cld", [0xfc]), ("std", [0xfd]), ("lahf", [0x9f]),
      ("sahf", [0x9e]),
      ("std cld", [0xfd, 0xfc]), ("std pushf pop", [0xfd, 0x9c, 0x58]),
    ]
    Differential.compare(cases.map { InstructionCase($0.0, $0.1) }, count: 60)
  }
}
