import Testing
import X86

/// FNSTENV, FNSAVE, FXSAVE and their loads. What processors disagree about (the pointers to the last instruction, their
/// selectors, MXCSR_MASK) is overwritten with zero before memory is compared.
@Suite struct X87StateTests {
  /// MOV qword [rbx + offset], 0.
  static func clear(_ offset: UInt8) -> [UInt8] { [0x48, 0xc7, 0x43, offset, 0, 0, 0, 0] }

  @Test func environments() {
    var cases: [InstructionCase] = []
    for unmasks in [false, true] {
      for narrow in [false, true] {
        let prefixes: [UInt8] = narrow ? [0x66] : []
        let erase = narrow ? Self.clear(6) : Self.clear(12) + Self.clear(20)
        for (name, opcode, digit) in [
          ("fnstenv", 0xd9, 6), ("fnsave", 0xdd, 6), ("fldenv", 0xd9, 4), ("frstor", 0xdd, 4),
        ] {
          let bytes = Encoding.modRM([UInt8(opcode)], reg: digit, rm: .memory(base: R.rbx), prefixes: prefixes)
          // Something to see first, and something that uses what was loaded behind.
          for (text, before, after) in [("", [], []), (" in a row", [0xd9, 0xe8], [0xd8, 0xc1])]
            as [(String, [UInt8], [UInt8])]
          {
            cases.append(
              InstructionCase(
                "\(name) \(prefixes)\(text), unmasked \(unmasks)", before + bytes + (digit == 6 ? erase : []) + after
              ) { state, generator in
                X87States.randomize(&state, &generator, unmasks: unmasks)
                Self.fillImage(&generator, narrow: narrow, unmasks: unmasks)
              })
          }
        }
      }
    }
    Differential.compare(cases, count: 150, options: [])
  }

  /// A random environment and registers at RBX, as FLDENV and FRSTOR read them.
  static func fillImage(_ generator: inout SplitMix, narrow: Bool, unmasks: Bool) {
    let size = narrow ? 2 : 4
    let memory = TestMachine.data(Differential.middle, 512)
    for offset in stride(from: 0, to: 128, by: 8) {
      memory.storeBytes(of: generator.next(), toByteOffset: offset, as: UInt64.self)
    }
    let control = UInt16(truncatingIfNeeded: generator.next()) | (unmasks ? 0 : 0x3f)
    memory.storeBytes(of: control, as: UInt16.self)
    memory.storeBytes(of: UInt16(truncatingIfNeeded: generator.next()), toByteOffset: size, as: UInt16.self)
    memory.storeBytes(of: UInt16(truncatingIfNeeded: generator.next()), toByteOffset: 2 * size, as: UInt16.self)
    for number in 0..<8 {
      let value = X87States.value(&generator)
      memory.storeBytes(of: value.significand, toByteOffset: 7 * size + number * 10, as: UInt64.self)
      memory.storeBytes(of: value.signExponent, toByteOffset: 7 * size + number * 10 + 8, as: UInt16.self)
    }
  }

  @Test func fxsave() {
    var cases: [InstructionCase] = []
    for wide in [false, true] {
      for unmasks in [false, true] {
        for displacement in [0, 0x200, 8] as [Int32] {
          let rm = Encoding.RM.memory(base: R.rbx, displacement: displacement)
          cases.append(
            InstructionCase(
              "fxsave wide \(wide), unmasked \(unmasks), +\(displacement)",
              Encoding.modRM([0x0f, 0xae], width: wide ? 64 : 32, reg: 0, rm: rm)
                // FOP, FIP and FDP; MXCSR_MASK.
                + [0x48, 0x8d, 0x9b] + Encoding.little(displacement) + [0x66, 0xc7, 0x43, 6, 0, 0] + Self.clear(8)
                + Self.clear(16) + [0xc7, 0x43, 28, 0, 0, 0, 0]
            ) { state, generator in X87States.randomize(&state, &generator, unmasks: unmasks) })
          cases.append(
            InstructionCase(
              "fxrstor wide \(wide), unmasked \(unmasks), +\(displacement)",
              Encoding.modRM([0x0f, 0xae], width: wide ? 64 : 32, reg: 1, rm: rm)
            ) { state, generator in
              X87States.randomize(&state, &generator, unmasks: unmasks)
              Self.fillFXSAVE(&generator, at: Differential.middle + UInt64(displacement), unmasks: unmasks)
            })
        }
      }
    }
    Differential.compare(cases, count: 100, options: [])
  }

  static func fillFXSAVE(_ generator: inout SplitMix, at address: UInt64, unmasks: Bool) {
    let memory = TestMachine.data(address, 512)
    for offset in stride(from: 0, to: 512, by: 8) {
      memory.storeBytes(of: generator.next(), toByteOffset: offset, as: UInt64.self)
    }
    let control = UInt16(truncatingIfNeeded: generator.next()) | (unmasks ? 0 : 0x3f)
    memory.storeBytes(of: control, as: UInt16.self)
    // Any rounding, flags and DAZ; sometimes a reserved bit.
    let reserved: UInt32 = generator.next() & 7 == 0 ? 0x8000_0000 : 0
    let mxcsr = UInt32(truncatingIfNeeded: generator.next()) & 0xffff | 0x1f80 | reserved
    memory.storeBytes(of: mxcsr, toByteOffset: 24, as: UInt32.self)
    for number in 0..<8 {
      let value = X87States.value(&generator)
      memory.storeBytes(of: value.significand, toByteOffset: 32 + number * 16, as: UInt64.self)
      memory.storeBytes(of: value.signExponent, toByteOffset: 40 + number * 16, as: UInt16.self)
    }
  }
}
