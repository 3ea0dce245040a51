import Testing
import X86

@Suite struct StringsTests {
  static let operations: [(name: String, opcode: UInt8)] = [
    ("movs", 0xa4), ("cmps", 0xa6), ("stos", 0xaa), ("lods", 0xac), ("scas", 0xae),
  ]

  /// Source and destination in the data pages, at distances that overlap, cross pages or meet an unmapped page.
  static func place(_ state: inout ProcessorState, _ generator: inout SplitMix, reach: UInt64, equal: Bool) {
    let start = TestMachine.dataAddress
    let size = UInt64(TestMachine.dataSize)
    if generator.next() & 3 == 0 { state.rflags |= RFlags.direction.rawValue }
    func somewhere() -> UInt64 {
      switch generator.next() & 7 {
      case 0: start + generator.next() % 64
      case 1: start + size - generator.next() % 64
      case 2: start + 0x1000 - generator.next() % 32
      default: start + generator.next() % size
      }
    }
    state.gpr[R.rsi] = somewhere()
    state.gpr[R.rdi] = generator.next() & 1 == 0 ? somewhere() : state.gpr[R.rsi] &+ generator.next() % 80 &- 40
    state.gpr[R.rcx] = generator.next() & 7 == 0 ? generator.next() % 0x2000 : generator.next() % reach
    guard equal, generator.next() & 3 != 0 else { return }
    // Long runs of equal elements, for comparisons.
    let value = UInt8(truncatingIfNeeded: generator.next())
    TestMachine.data().initializeMemory(as: UInt8.self, repeating: value)
    state.gpr[R.rax] = UInt64(value) &* 0x0101_0101_0101_0101
    for _ in 0..<generator.next() % 6 {
      TestMachine.data()[Int(generator.next() % size)] = UInt8(truncatingIfNeeded: generator.next())
    }
  }

  static func cases(prefixes: [[UInt8]], addressPrefix: [UInt8] = []) -> [InstructionCase] {
    var cases: [InstructionCase] = []
    for (name, opcode) in operations {
      for width in Forms.widths {
        for prefix in prefixes {
          cases.append(
            InstructionCase(
              "\(name):\(width) \(addressPrefix + prefix)",
              Encoding.plain([sized(opcode, width)], width: width, prefixes: addressPrefix + prefix)
            ) { state, generator in
              place(&state, &generator, reach: 300, equal: opcode == 0xa6 || opcode == 0xae)
              if addressPrefix == [0x67] {
                for register in [R.rsi, R.rdi, R.rcx] { state.gpr[register] |= generator.next() << 32 }
                if generator.next() & 7 == 0 { state.gpr[R.rcx] &= ~0xffff_ffff }
              }
            })
        }
      }
    }
    return cases
  }

  @Test func single() { Differential.compare(Self.cases(prefixes: [[]]), count: 60) }

  @Test func repeated() { Differential.compare(Self.cases(prefixes: [[0xf3], [0xf2]]), count: 200) }

  @Test func narrowAddresses() {
    Differential.compare(Self.cases(prefixes: [[], [0xf3], [0xf2]], addressPrefix: [0x67]), count: 60)
  }
}
