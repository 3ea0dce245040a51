import X86

/// Random x87 states with values where arithmetic is delicate.
enum X87States {
  static func value(_ generator: inout SplitMix) -> X87Value {
    let sign = UInt16(generator.next() & 1) << 15
    let integerBit: UInt64 = 1 << 63
    func make(_ exponent: UInt16, _ significand: UInt64) -> X87Value {
      X87Value(significand: significand, signExponent: sign | exponent)
    }
    switch generator.next() % 20 {
    case 0: return make(0, 0)
    case 1: return make(0x3fff, integerBit)
    case 2: return make(0x7fff, integerBit)
    // Quiet and signalling NaNs, unsupported encodings, denormals, pseudo-denormals.
    case 3: return make(0x7fff, 0xc000_0000_0000_0000 | generator.next())
    case 4: return make(0x7fff, integerBit | (generator.next() >> 2) | 1)
    case 5: return make(0x3fff, generator.next() >> 1)
    case 6: return make(0, generator.next() >> 1)
    case 7: return make(0, integerBit | generator.next())
    case 8: return make(0x7fff, generator.next() >> 1)
    // The largest and smallest normal numbers.
    case 9: return make(0x7ffe, .max)
    case 10: return make(1, integerBit)
    // Integers, small ones and around the limits of the integer formats.
    case 11: return make(0x3fff + UInt16(generator.next() % 8), integerBit | (generator.next() & 0xff) << 55)
    case 12: return make(0x3fff + 14 + UInt16(generator.next() % 3), integerBit | (generator.next() & 0xffff) << 46)
    case 13: return make(0x3fff + 30 + UInt16(generator.next() % 3), integerBit | generator.next())
    case 14: return make(0x3fff + 61 + UInt16(generator.next() % 4), integerBit | generator.next())
    // Near 1, near π/4 and the like, and any exponent.
    case 15, 16: return make(0x3fff - UInt16(generator.next() % 4), integerBit | generator.next())
    case 17: return make(0x3fff - 64 + UInt16(generator.next() % 128), integerBit | generator.next())
    default: return make(UInt16(generator.next() % 0x7ffe) + 1, integerBit | generator.next())
    }
  }

  /// `unmasks` opens some exceptions; then flags already set may be pending.
  static func randomize(_ state: inout ProcessorState, _ generator: inout SplitMix, unmasks: Bool) {
    for i in 0..<8 { state.x87.stack[i] = value(&generator) }
    // Usually a stack with something in it and something free.
    state.x87.tag = generator.next() & 3 == 0 ? UInt8(truncatingIfNeeded: generator.next()) : 0xff
    let top = UInt16(generator.next() & 7)
    if state.x87.tag == 0xff, generator.next() & 1 == 0 {
      // Free the registers just above the top, so that a push succeeds.
      for above in 1...3 { state.x87.tag &= ~(1 << UInt8((top &- UInt16(above)) & 7)) }
    }
    let conditions = UInt16(truncatingIfNeeded: generator.next()) & 0x4700
    var flags = generator.next() & 3 == 0 ? UInt16(truncatingIfNeeded: generator.next()) & 0x7f : 0
    let rounding = UInt16(generator.next() & 3) << 10
    let precision: UInt16 = [0x300, 0x300, 0x300, 0x200, 0][Int(generator.next() % 5)]
    var masks: UInt16 = 0x3f
    if unmasks {
      masks = UInt16(truncatingIfNeeded: generator.next()) & 0x3f
      if generator.next() & 3 != 0 { flags &= masks | 0x40 }
    }
    let pending: UInt16 = flags & ~masks & 0x3f != 0 ? 0x8080 : 0
    state.x87.control = 0x40 | masks | rounding | precision
    state.x87.status = top << 11 | conditions | flags | pending
  }

  /// Puts numbers of every memory format around RBX.
  static func fillOperands(_ generator: inout SplitMix) {
    let memory = TestMachine.data(Differential.middle - 64, 256)
    for offset in stride(from: 0, to: 240, by: 16) {
      let number = value(&generator)
      switch generator.next() % 6 {
      case 0:
        memory.storeBytes(of: number.significand, toByteOffset: offset, as: UInt64.self)
        memory.storeBytes(of: number.signExponent, toByteOffset: offset + 8, as: UInt16.self)
      case 1: memory.storeBytes(of: double(&generator), toByteOffset: offset, as: UInt64.self)
      case 2: memory.storeBytes(of: single(&generator), toByteOffset: offset, as: UInt32.self)
      case 3:
        // A decimal for FBLD.
        for byte in 0..<9 {
          let digits = UInt8(generator.next() % 10) << 4 | UInt8(generator.next() % 10)
          memory[offset + byte] = digits
        }
        memory[offset + 9] = UInt8(generator.next() & 0x80)
      default: memory.storeBytes(of: generator.interesting(), toByteOffset: offset, as: UInt64.self)
      }
    }
  }

  private static func double(_ generator: inout SplitMix) -> UInt64 {
    let special: [UInt64] = [
      0, 1, 0x3ff0_0000_0000_0000, 0x7ff0_0000_0000_0000, 0x7ff8_0000_0000_0001, 0x7ff0_0000_0000_0001,
      0x000f_ffff_ffff_ffff,
      0x7fef_ffff_ffff_ffff, 0x0010_0000_0000_0000, 0x4024_0000_0000_0000,
    ]
    let sign = generator.next() << 63
    return sign | (generator.next() & 1 == 0 ? special[Int(generator.next() % 10)] : generator.next() >> 1)
  }

  private static func single(_ generator: inout SplitMix) -> UInt32 {
    let special: [UInt32] = [
      0, 1, 0x3f80_0000, 0x7f80_0000, 0x7fc0_0001, 0x7f80_0001, 0x007f_ffff, 0x7f7f_ffff, 0x0080_0000, 0x4120_0000,
    ]
    let sign = UInt32(truncatingIfNeeded: generator.next() << 31)
    return sign
      | (generator.next() & 1 == 0
        ? special[Int(generator.next() % 10)] : UInt32(truncatingIfNeeded: generator.next()) >> 1)
  }
}
