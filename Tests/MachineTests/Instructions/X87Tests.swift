import Testing
import X86

@Suite struct X87Tests {
  /// Register forms that exist; `(opcode, modRM)`.
  static let registerForms: [(UInt8, UInt8)] = (0xd8...0xdf).flatMap { opcode in
    (0xc0...0xff).compactMap { modRM in exists(UInt8(opcode), UInt8(modRM)) ? (UInt8(opcode), UInt8(modRM)) : nil }
  }

  /// SDM vol. 2D, tables; aliases that the SDM does not list are left out.
  static func exists(_ opcode: UInt8, _ modRM: UInt8) -> Bool {
    let (digit, i) = (modRM >> 3 & 7, modRM & 7)
    switch opcode {
    case 0xd8: return true
    case 0xd9:
      switch digit {
      case 0, 1, 6, 7: return true
      case 2: return i == 0
      case 4: return [0, 1, 4, 5].contains(i)
      case 5: return i != 7
      default: return false
      }
    case 0xda: return digit < 4 || modRM == 0xe9
    case 0xdb: return digit < 4 || [0xe2, 0xe3].contains(modRM) || digit == 5 || digit == 6
    case 0xdc: return digit < 2 || digit > 3
    case 0xdd: return [0, 2, 3, 4, 5].contains(digit)
    case 0xde: return digit < 2 || digit > 3 || modRM == 0xd9
    default: return modRM == 0xe0 || digit == 5 || digit == 6
    }
  }

  /// FCMOV and the comparisons into RFLAGS leave no flag undefined.
  static func registerCases(unmasks: Bool, after following: [UInt8] = []) -> [InstructionCase] {
    registerForms.map { opcode, modRM in
      InstructionCase(String(opcode, radix: 16) + " " + String(modRM, radix: 16), [opcode, modRM] + following) {
        X87States.randomize(&$0, &$1, unmasks: unmasks)
      }
    }
  }

  /// All memory forms but environments: opcode and digit.
  static let memoryForms: [(UInt8, Int)] = (0xd8...0xdf).flatMap { opcode in
    (0..<8).compactMap { digit in
      switch (opcode, digit) {
      case (0xd9, 1), (0xd9, 4), (0xd9, 6), (0xdb, 4), (0xdb, 6), (0xdd, 4...6): nil
      default: (UInt8(opcode), digit)
      }
    }
  }

  static func memoryCases(unmasks: Bool, after following: [UInt8] = []) -> [InstructionCase] {
    memoryForms.flatMap { opcode, digit in
      Forms.memory.map { text, rm in
        InstructionCase(
          String(opcode, radix: 16) + "/\(digit) \(text)", Encoding.modRM([opcode], reg: digit, rm: rm) + following
        ) { state, generator in
          X87States.randomize(&state, &generator, unmasks: unmasks)
          Forms.smallIndex(&state, &generator)
          state.gpr[R.r12] &= 0x1f
          X87States.fillOperands(&generator)
        }
      }
    }
  }

  @Test func registerFormsMasked() { Differential.compare(Self.registerCases(unmasks: false), count: 120, options: []) }

  @Test func memoryFormsMasked() { Differential.compare(Self.memoryCases(unmasks: false), count: 120, options: []) }

  /// With exceptions open; the FWAIT behind reports them.
  @Test func registerFormsUnmasked() {
    Differential.compare(Self.registerCases(unmasks: true), count: 60, options: [])
    Differential.compare(Self.registerCases(unmasks: true, after: [0x9b]), count: 60, options: [])
  }

  @Test func memoryFormsUnmasked() {
    Differential.compare(Self.memoryCases(unmasks: true), count: 60, options: [])
    Differential.compare(Self.memoryCases(unmasks: true, after: [0xd9, 0xd0]), count: 60, options: [])
  }

  /// Several instructions in a row, with changes of the control word between.
  @Test func sequences() {
    var generator = SplitMix(seed: 77)
    var cases: [InstructionCase] = []
    for number in 0..<600 {
      var bytes: [UInt8] = []
      for _ in 0..<12 {
        switch generator.next() % 8 {
        case 0:
          bytes += Encoding.modRM(
            [0xd9], reg: 5, rm: .memory(base: R.rsi, displacement: Int32(generator.next() % 8) * 2))
        case 1: bytes += [0xdf, 0xe0]
        case 4 where number % 4 == 1:
          // MMX instructions see and change the same registers: PADDW mm1, mm2; MOVQ mm5, [rbx]; CVTPI2PS xmm3, [rbx]; EMMS.
          let mmx: [[UInt8]] = [[0x0f, 0xfd, 0xca], [0x0f, 0x6f, 0x2b], [0x0f, 0x2a, 0x1b], [0x0f, 0x77]]
          bytes += mmx[Int(generator.next() & 3)]
        case 2, 3:
          let form = Self.memoryForms[Int(generator.next() % UInt64(Self.memoryForms.count))]
          bytes += Encoding.modRM(
            [form.0], reg: form.1, rm: .memory(base: R.rbx, displacement: Int32(generator.next() % 8) * 16))
        default:
          let form = Self.registerForms[Int(generator.next() % UInt64(Self.registerForms.count))]
          bytes += [form.0, form.1]
        }
      }
      let unmasks = number % 3 == 0
      cases.append(
        InstructionCase("sequence \(number)", bytes) { state, generator in
          X87States.randomize(&state, &generator, unmasks: unmasks)
          X87States.fillOperands(&generator)
          // Control words that FLDCW above takes.
          state.gpr[R.rsi] = Differential.middle + 0x400
          let words = TestMachine.data(state.gpr[R.rsi], 16)
          for index in 0..<8 {
            let word = UInt16(truncatingIfNeeded: generator.next()) & 0x1f00 | (unmasks && index == 0 ? 0x3e : 0x3f)
            words.storeBytes(of: word, toByteOffset: index * 2, as: UInt16.self)
          }
        })
    }
    Differential.compare(cases, count: 30, options: [])
  }
}
