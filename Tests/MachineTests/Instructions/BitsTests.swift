import Testing
import X86

@Suite struct BitsTests {
  static let operations: [(name: String, opcode: UInt8, number: Int)] = [
    ("bt", 0xa3, 4), ("bts", 0xab, 5), ("btr", 0xb3, 6), ("btc", 0xbb, 7),
  ]
  static let undefined: RFlags = [.overflow, .sign, .adjust, .parity]

  @Test func bitTests() {
    var cases: [InstructionCase] = []
    for (name, opcode, number) in Self.operations {
      for width in [16, 32, 64] {
        for (text, rm) in Forms.all {
          for lock in [false, true] {
            guard case .memory = rm, !lock || number > 4 else {
              if !lock { addRegister() }
              continue
            }
            addRegister(lock ? [0xf0] : [])
            func addRegister(_ prefixes: [UInt8] = []) {
              cases.append(
                InstructionCase(
                  "\(name):\(width) \(text), si \(prefixes)",
                  Encoding.modRM([0x0f, opcode], width: width, reg: R.rsi, rm: rm, prefixes: prefixes),
                  undefined: Self.undefined
                ) { state, generator in
                  Forms.smallIndex(&state, &generator)
                  // As far as the data pages reach, in both directions.
                  state.gpr[R.rsi] = UInt64(bitPattern: Int64(generator.next() & 0x3fff) - 0x2000)
                  if width == 16 { state.gpr[R.rsi] |= 0x5555_0000 }
                })
              for bit in [0, 5, 15, 16, 31, 33, 63, 64, 200] as [UInt8] {
                cases.append(
                  InstructionCase(
                    "\(name):\(width) \(text), \(bit) \(prefixes)",
                    Encoding.modRM(
                      [0x0f, 0xba], width: width, reg: number, rm: rm, immediate: [bit], prefixes: prefixes),
                    undefined: Self.undefined, prepare: Forms.smallIndex))
              }
            }
          }
        }
      }
    }
    Differential.compare(cases, count: 20)
  }

  @Test func scansAndCounts() {
    var cases: [InstructionCase] = []
    for width in [16, 32, 64] {
      for (text, rm) in Forms.all {
        for reg in [R.rcx, R.r14] {
          func add(_ name: String, _ opcode: UInt8, _ prefixes: [UInt8], _ undefined: RFlags) {
            cases.append(
              InstructionCase(
                "\(name):\(width) \(reg), \(text)",
                Encoding.modRM([0x0f, opcode], width: width, reg: reg, rm: rm, prefixes: prefixes),
                undefined: undefined,
                prepare: Forms.smallIndex))
          }
          let scan: RFlags = [.carry, .overflow, .sign, .adjust, .parity]
          add("bsf", 0xbc, [], scan)
          add("bsr", 0xbd, [], scan)
          add("tzcnt", 0xbc, [0xf3], [.overflow, .sign, .adjust, .parity])
          add("lzcnt", 0xbd, [0xf3], [.overflow, .sign, .adjust, .parity])
          add("popcnt", 0xb8, [0xf3], [])
        }
      }
    }
    Differential.compare(cases, count: 60)
  }

  @Test func byteOrder() {
    var cases: [InstructionCase] = []
    for width in [16, 32, 64] {
      for (text, rm) in Forms.memory {
        for opcode in [0xf0, 0xf1] as [UInt8] {
          cases.append(
            InstructionCase(
              "movbe:\(width) \(text) \(opcode)",
              Encoding.modRM([0x0f, 0x38, opcode], width: width, reg: R.r9, rm: rm), prepare: Forms.smallIndex))
        }
      }
    }
    for (name, bytes) in [
      ("bswap eax", [0x0f, 0xc8]), ("bswap r9d", [0x41, 0x0f, 0xc9]), ("bswap rdx", [0x48, 0x0f, 0xca]),
      ("bswap r15", [0x49, 0x0f, 0xcf]), ("bswap cx", [0x66, 0x0f, 0xc9]),
    ] as [(String, [UInt8])] {
      cases.append(InstructionCase(name, bytes))
    }
    Differential.compare(cases)
  }
}
