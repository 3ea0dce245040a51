import Testing
import X86

@Suite struct ExchangeTests {
  /// Makes CMPXCHG find what it expects in one of two runs.
  static func expectSometimes(_ state: inout ProcessorState, _ generator: inout SplitMix) {
    Forms.smallIndex(&state, &generator)
    if generator.next() & 1 == 0 { return }
    let value = generator.interesting()
    for i in [R.rax, R.rdx, R.rdi, R.r13] { state.gpr[i] = value }
    let memory = TestMachine.data()
    for offset in -3...4 {
      memory.storeBytes(of: value, toByteOffset: memory.count / 2 + offset * 8, as: UInt64.self)
    }
  }

  @Test func exchanges() {
    var cases: [InstructionCase] = []
    for width in Forms.widths {
      for (text, rm) in Forms.all {
        for lock in [false, true] {
          if case .register = rm, lock { continue }
          let prefixes: [UInt8] = lock ? [0xf0] : []
          for reg in [R.rsi, R.r9, R.rdx] {
            func add(_ name: String, _ opcode: [UInt8]) {
              cases.append(
                InstructionCase(
                  "\(name):\(width) \(text), \(reg) lock \(lock)",
                  Encoding.modRM(opcode, width: width, reg: reg, rm: rm, prefixes: prefixes),
                  prepare: Self.expectSometimes))
            }
            add("xchg", [sized(0x86, width)])
            add("xadd", [0x0f, sized(0xc0, width)])
            add("cmpxchg", [0x0f, sized(0xb0, width)])
          }
        }
      }
      guard width > 8 else { continue }
      for number in [0x91, 0x96] as [UInt8] {
        cases.append(InstructionCase("xchg:\(width) rax, \(number)", Encoding.plain([number], width: width)))
      }
    }
    cases.append(InstructionCase("xchg eax, r8d", [0x41, 0x90]))
    cases.append(InstructionCase("xadd ah, al", [0x0f, 0xc0, 0xc4]))
    cases.append(InstructionCase("cmpxchg eax, eax", [0x0f, 0xb1, 0xc0]))
    Differential.compare(cases, count: 40)
  }

  @Test func doubleWidth() {
    var cases: [InstructionCase] = []
    for lock in [false, true] {
      for wide in [false, true] {
        for displacement in [0, 16, 8, 3] as [Int32] {
          cases.append(
            InstructionCase(
              "cmpxchg \(wide ? 16 : 8)b, lock \(lock), +\(displacement)",
              Encoding.modRM(
                [0x0f, 0xc7], width: wide ? 64 : 32, reg: 1, rm: .memory(base: R.rsi, displacement: displacement),
                prefixes: lock ? [0xf0] : [])
            ) { state, generator in
              state.gpr[R.rsi] = Differential.middle
              if generator.next() & 1 == 0 { return }
              let memory = TestMachine.data(Differential.middle + UInt64(displacement), 16)
              if wide {
                state.gpr[R.rax] = memory.loadUnaligned(as: UInt64.self)
                state.gpr[R.rdx] = memory.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
              } else {
                state.gpr[R.rax] = 0xdead_0000_0000 | UInt64(memory.loadUnaligned(as: UInt32.self))
                state.gpr[R.rdx] = 0xbeef_0000_0000 | UInt64(memory.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
              }
            })
        }
      }
    }
    Differential.compare(cases, count: 100)
  }

  @Test func lockedArithmetic() {
    var cases: [InstructionCase] = []
    for width in Forms.widths {
      for (text, rm) in Forms.memory {
        for (number, name) in ArithmeticTests.operations.dropLast().enumerated() {
          let undefined = ArithmeticTests.undefined(number)
          cases.append(
            InstructionCase(
              "lock \(name):\(width) \(text), si",
              Encoding.modRM([sized(UInt8(number * 8), width)], width: width, reg: R.rsi, rm: rm, prefixes: [0xf0]),
              undefined: undefined, prepare: Forms.smallIndex))
          cases.append(
            InstructionCase(
              "lock \(name):\(width) \(text), immediate",
              Encoding.modRM(
                [sized(0x80, width)], width: width, reg: number, rm: rm,
                immediate: Encoding.immediate(0x8123_4567, width: width), prefixes: [0xf0]),
              undefined: undefined, prepare: Forms.smallIndex))
        }
        for (opcode, number) in [(0xfe, 0), (0xfe, 1), (0xf6, 2), (0xf6, 3)] as [(UInt8, Int)] {
          cases.append(
            InstructionCase(
              "lock \(opcode)/\(number):\(width) \(text)",
              Encoding.modRM([sized(opcode, width)], width: width, reg: number, rm: rm, prefixes: [0xf0]),
              prepare: Forms.smallIndex))
        }
      }
    }
    Differential.compare(cases, count: 20)
  }

  /// LOCK on a register destination, on CMP, on loads and on anything else is #UD.
  @Test func illegalLocks() {
    let cases: [(String, [UInt8])] = [
      ("lock add eax, edx", [0xf0, 0x01, 0xd0]), ("lock cmp [rbx], eax", [0xf0, 0x39, 0x03]),
      ("lock add eax, [rbx]", [0xf0, 0x03, 0x03]), ("lock mov [rbx], eax", [0xf0, 0x89, 0x03]),
      ("lock nop", [0xf0, 0x90]), ("lock bt [rbx], eax", [0xf0, 0x0f, 0xa3, 0x03]),
      ("lock test [rbx], eax", [0xf0, 0x85, 0x03]),
      ("lock shl [rbx], 1", [0xf0, 0xd1, 0x23]), ("lock movsb", [0xf0, 0xa4]),
      ("lock xchg eax, edx", [0xf0, 0x87, 0xd0]),
      ("lock inc eax", [0xf0, 0xff, 0xc0]), ("lock cmpxchg ecx, edx", [0xf0, 0x0f, 0xb1, 0xd1]),
      ("lock mul [rbx]", [0xf0, 0xf7, 0x23]),
      ("lock push rax", [0xf0, 0x50]),
    ]
    Differential.compare(cases.map { InstructionCase($0.0, $0.1) }, count: 2)
  }
}
