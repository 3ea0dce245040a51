import Testing
import X86

@Suite struct ConditionalTests {
  @Test func setAndMove() {
    var cases: [InstructionCase] = []
    for condition in 0..<16 {
      for (text, rm) in Forms.all {
        cases.append(
          InstructionCase(
            "set \(condition) \(text)", Encoding.modRM([0x0f, 0x90 + UInt8(condition)], width: 8, reg: 0, rm: rm),
            prepare: Forms.smallIndex))
        for width in [16, 32, 64] {
          for reg in [R.rcx, R.r8] {
            cases.append(
              InstructionCase(
                "cmov \(condition):\(width) \(reg), \(text)",
                Encoding.modRM([0x0f, 0x40 + UInt8(condition)], width: width, reg: reg, rm: rm),
                prepare: Forms.smallIndex))
          }
        }
      }
    }
    Differential.compare(cases, count: 12)
  }

  /// Conditions over flags that an instruction left lazily, of every kind.
  @Test func lazyFlags() {
    let makers: [(String, [UInt8], RFlags)] = [
      ("add", [0x01, 0xd0], []), ("sub", [0x29, 0xd0], []), ("cmp8", [0x38, 0xd0], []), ("and", [0x21, 0xd0], .adjust),
      ("inc", [0xff, 0xc0], []), ("dec", [0x48, 0xff, 0xc8], []), ("neg", [0xf7, 0xd8], []), ("adc", [0x11, 0xd0], []),
      ("sbb", [0x48, 0x19, 0xd0], []), ("shl", [0xd1, 0xe0], .adjust), ("shr", [0xd1, 0xe8], .adjust),
      ("sar16", [0x66, 0xd1, 0xf8], .adjust), ("popcnt", [0xf3, 0x0f, 0xb8, 0xc2], []),
    ]
    let users: [(String, [UInt8])] = [
      ("nothing", []), ("stc", [0xf9]), ("clc", [0xf8]), ("cmc", [0xf5]), ("bt", [0x0f, 0xba, 0xe1, 5]),
      ("inc", [0xff, 0xc6]), ("ror", [0xd1, 0xcf]), ("lahf", [0x9f]), ("sahf", [0x9e]), ("dec", [0x66, 0xff, 0xcf]),
    ]
    var cases: [InstructionCase] = []
    for (maker, first, undefined) in makers {
      for (user, second) in users {
        for condition in 0..<16 {
          let set = Encoding.modRM([0x0f, 0x90 + UInt8(condition)], width: 8, reg: 0, rm: .register(R.r11))
          let undefinedAfter = user == "bt" ? undefined.union([.adjust]) : undefined
          cases.append(
            InstructionCase("\(maker), \(user), set \(condition)", first + second + set, undefined: undefinedAfter) {
              state, generator in
              // LAHF shows AF, which logic and shifts leave undefined.
              if user == "lahf", !undefined.isEmpty { state.gpr[R.rax] = 0 }
            })
        }
      }
    }
    cases.removeAll { $0.name.contains("lahf") && !$0.undefined.isEmpty }
    Differential.compare(cases, count: 20)
  }
}
