import Testing
import X86

@Suite struct BranchTests {
  /// `branch` over an INC of R11, which tells which way it went.
  static func over(_ branch: [UInt8]) -> [UInt8] { branch + [3] + [0x49, 0xff, 0xc3] }

  /// Flags from an instruction right in front (often fused with the branch) or from before.
  @Test func conditionalJumps() {
    var cases: [InstructionCase] = []
    for condition in 0..<16 as Range<UInt8> {
      let jump = Self.over([0x70 + condition])
      cases.append(InstructionCase("j\(condition)", jump))
      let near: [UInt8] = [0x0f, 0x80 + condition, 3, 0, 0, 0, 0x49, 0xff, 0xc3]
      cases.append(InstructionCase("near j\(condition)", near))
      for width in Forms.widths {
        for (text, rm) in Forms.all {
          func add(_ name: String, _ bytes: [UInt8], _ undefined: RFlags = []) {
            cases.append(
              InstructionCase("\(name):\(width) \(text), j\(condition)", bytes + jump, undefined: undefined) {
                state, generator in
                Forms.smallIndex(&state, &generator)
                // Equal operands now and then.
                if generator.next() & 3 == 0 {
                  state.gpr[R.rsi] = state.gpr[[R.rax, R.rdx, R.rdi, R.r13][Int(generator.next() & 3)]]
                }
              })
          }
          for (number, name) in ArithmeticTests.operations.enumerated() where [0, 1, 4, 5, 7].contains(number) {
            let undefined = ArithmeticTests.undefined(number)
            add(name, Encoding.modRM([sized(UInt8(number * 8), width)], width: width, reg: R.rsi, rm: rm), undefined)
            if number == 7 {
              add(name + " load", Encoding.modRM([sized(0x3a, width)], width: width, reg: R.rsi, rm: rm))
            }
            let immediate = Encoding.immediate(0xffff_ff80, width: width)
            add(
              name + " immediate",
              Encoding.modRM([sized(0x80, width)], width: width, reg: number, rm: rm, immediate: immediate), undefined)
          }
          add("test", Encoding.modRM([sized(0x84, width)], width: width, reg: R.rsi, rm: rm), .adjust)
          add("dec", Encoding.modRM([sized(0xfe, width)], width: width, reg: 1, rm: rm))
        }
      }
    }
    Differential.compare(cases, count: 4)
  }

  @Test func countedJumps() {
    var cases: [InstructionCase] = []
    for prefix in [[], [0x67]] as [[UInt8]] {
      for opcode in 0xe0...0xe3 as ClosedRange<UInt8> {
        cases.append(
          InstructionCase("\(opcode) \(prefix)", Self.over(prefix + [opcode])) { state, generator in
            state.gpr[R.rcx] = [0, 1, 2, 0x1_0000_0000, 0x1_0000_0001, .max][Int(generator.next() % 6)]
          })
      }
    }
    Differential.compare(cases, count: 60)
  }

  /// Loops of several rounds, calls, and returns that release operands; indirect jumps through registers and memory.
  @Test func transfers() {
    let cases: [(String, [UInt8])] = [
      // mov ecx, 5; add rax, rdx; loop
      ("loop", [0xb9, 5, 0, 0, 0, 0x48, 0x01, 0xd0, 0xe2, 0xfb]),
      // mov ecx, 7; inc eax; dec ecx; jnz
      ("dec jnz", [0xb9, 7, 0, 0, 0, 0xff, 0xc0, 0xff, 0xc9, 0x75, 0xfa]),
      ("jmp short", [0xeb, 3, 0x49, 0xff, 0xc3]), ("jmp near", [0xe9, 3, 0, 0, 0, 0x49, 0xff, 0xc3]),
      // lea rax, [rip + 5]; jmp rax; inc r11
      ("jmp rax", [0x48, 0x8d, 0x05, 5, 0, 0, 0, 0xff, 0xe0, 0x49, 0xff, 0xc3]),
      // lea rax, [rip + 8]; mov [rbx], rax; jmp [rbx]; inc r11
      ("jmp [rbx]", [0x48, 0x8d, 0x05, 8, 0, 0, 0, 0x48, 0x89, 0x03, 0xff, 0x23, 0x49, 0xff, 0xc3]),
      // call over; pop rax; sub rax, [rsp + 8]: the return address less itself
      (
        "call pop",
        [
          0xe8, 0, 0, 0, 0, 0x58, 0x48, 0x8d, 0x15, 0xf9, 0xff, 0xff, 0xff, 0x48, 0x29, 0xd0, 0x48, 0x89, 0xc2, 0x48,
          0xc7, 0x44, 0x24, 0xf8, 0, 0, 0, 0,
        ]
      ),
      // call f; jmp end; f: inc r11; ret
      ("call ret", [0xe8, 2, 0, 0, 0, 0xeb, 4, 0x49, 0xff, 0xc3, 0xc3, 0x48, 0xc7, 0x44, 0x24, 0xf8, 0, 0, 0, 0]),
      // push rax; call f; jmp end; f: ret 8
      ("ret imm", [0x50, 0xe8, 2, 0, 0, 0, 0xeb, 3, 0xc2, 8, 0, 0x48, 0xc7, 0x44, 0x24, 0xf0, 0, 0, 0, 0]),
    ]
    // The addresses of code differ: they are cleared from memory and registers at the end.
    let clear: [UInt8] = [0x31, 0xc0, 0x48, 0xc7, 0x03, 0, 0, 0, 0]
    Differential.compare(cases.map { InstructionCase($0.0, $0.1 + clear, undefined: .adjust) }, count: 10)
  }
}
