import Testing
import X86

@Suite struct ArithmeticTests {
  static let operations = ["add", "or", "adc", "sbb", "and", "sub", "xor", "cmp"]

  /// AF is undefined after logic.
  static func undefined(_ operation: Int) -> RFlags { [1, 4, 6].contains(operation) ? .adjust : [] }

  @Test func operandsInBothDirections() {
    var cases: [InstructionCase] = []
    for (number, name) in Self.operations.enumerated() {
      for width in Forms.widths {
        for (text, rm) in Forms.all {
          for (direction, reg) in [(0, R.rdx), (2, R.rsi), (0, R.r9), (2, R.r15)] {
            cases.append(
              InstructionCase(
                "\(name):\(width) \(text) with \(reg), direction \(direction)",
                Encoding.modRM([sized(UInt8(number * 8 + direction), width)], width: width, reg: reg, rm: rm),
                undefined: Self.undefined(number), prepare: Forms.smallIndex))
          }
        }
      }
    }
    Differential.compare(cases, count: 10)
  }

  @Test func highBytes() {
    var cases: [InstructionCase] = []
    for (number, name) in Self.operations.enumerated() {
      for (a, b) in [(4, 0), (0, 7), (5, 6), (4, 4)] {
        cases.append(
          InstructionCase(
            "\(name) high \(a), \(b)",
            Encoding.modRM([UInt8(number * 8)], width: 8, reg: b, rm: .register(a), highBytes: true),
            undefined: Self.undefined(number)))
      }
    }
    Differential.compare(cases, count: 30)
  }

  @Test func immediates() {
    var cases: [InstructionCase] = []
    for (number, name) in Self.operations.enumerated() {
      for width in Forms.widths {
        for (text, rm) in Forms.all {
          for value in [0, 1, 0x7f, 0x80, 0xff, 0x8000_0000, 0x7fff_ffff, 0x1234_5678] as [UInt64] {
            cases.append(
              InstructionCase(
                "\(name):\(width) \(text), \(value)",
                Encoding.modRM(
                  [sized(0x80, width)], width: width, reg: number, rm: rm,
                  immediate: Encoding.immediate(value, width: width)),
                undefined: Self.undefined(number), prepare: Forms.smallIndex))
          }
          guard width > 8 else { continue }
          cases.append(
            InstructionCase(
              "\(name):\(width) \(text), short",
              Encoding.modRM([0x83], width: width, reg: number, rm: rm, immediate: [0xfe]),
              undefined: Self.undefined(number), prepare: Forms.smallIndex))
        }
        cases.append(
          InstructionCase(
            "\(name):\(width) accumulator",
            Encoding.plain(
              [sized(UInt8(number * 8 + 4), width)], width: width,
              immediate: Encoding.immediate(0x89ab_cdef, width: width)),
            undefined: Self.undefined(number)))
      }
    }
    Differential.compare(cases, count: 8)
  }

  @Test func testAndUnary() {
    var cases: [InstructionCase] = []
    for width in Forms.widths {
      for (text, rm) in Forms.all {
        func add(_ name: String, _ bytes: [UInt8], _ undefined: RFlags) {
          cases.append(
            InstructionCase("\(name):\(width) \(text)", bytes, undefined: undefined, prepare: Forms.smallIndex))
        }
        add("test", Encoding.modRM([sized(0x84, width)], width: width, reg: R.rsi, rm: rm), .adjust)
        add(
          "test immediate",
          Encoding.modRM(
            [sized(0xf6, width)], width: width, reg: 0, rm: rm, immediate: Encoding.immediate(0x8000_8181, width: width)
          ),
          .adjust)
        add("inc", Encoding.modRM([sized(0xfe, width)], width: width, reg: 0, rm: rm), [])
        add("dec", Encoding.modRM([sized(0xfe, width)], width: width, reg: 1, rm: rm), [])
        add("not", Encoding.modRM([sized(0xf6, width)], width: width, reg: 2, rm: rm), [])
        add("neg", Encoding.modRM([sized(0xf6, width)], width: width, reg: 3, rm: rm), [])
      }
    }
    Differential.compare(cases, count: 30)
  }

  @Test func clearingIdioms() {
    var cases: [InstructionCase] = []
    for opcode in [0x30, 0x28, 0x18, 0x20] as [UInt8] {
      for width in Forms.widths {
        cases.append(
          InstructionCase(
            "\(opcode):\(width) edx, edx",
            Encoding.modRM([sized(opcode, width)], width: width, reg: R.rdx, rm: .register(R.rdx)), undefined: .adjust))
      }
    }
    Differential.compare(cases, count: 30)
  }
}
