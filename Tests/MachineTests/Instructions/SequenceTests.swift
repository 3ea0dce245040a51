import Testing
import X86

/// Random runs of instructions in one block: what one leaves lazily or not at all because nobody needs it, the next ones
/// see.
@Suite struct SequenceTests {
  /// Instructions whose flags are all defined whatever the operands, by width.
  static func random(_ generator: inout SplitMix) -> [UInt8] {
    let width = [8, 16, 32, 64][Int(generator.next() & 3)]
    let wide = width == 8 ? 32 : width
    // RAX RCX RDX RSI RDI R8…R11.
    let free = [0, 1, 2, 6, 7, 8, 9, 10, 11]
    func register() -> Int { free[Int(generator.next() % 9)] }
    let reg = register()
    let rm: Encoding.RM =
      generator.next() & 3 == 0
      ? .memory(base: R.rbx, displacement: Int32(generator.next() & 0x7f)) : .register(register())
    let condition = UInt8(generator.next() & 15)
    switch generator.next() % 22 {
    case 0...5:
      let operation = [0, 2, 3, 5, 7][Int(generator.next() % 5)]
      return Encoding.modRM(
        [sized(UInt8(operation * 8 + (generator.next() & 1 == 0 ? 0 : 2)), width)], width: width, reg: reg, rm: rm)
    case 6, 7:
      let operation = [0, 2, 3, 5, 7][Int(generator.next() % 5)]
      return Encoding.modRM(
        [sized(0x80, width)], width: width, reg: operation, rm: rm,
        immediate: Encoding.immediate(generator.interesting(), width: width))
    case 8, 9: return Encoding.modRM([sized(0xfe, width)], width: width, reg: Int(generator.next() & 1), rm: rm)
    case 10: return Encoding.modRM([sized(0xf6, width)], width: width, reg: 2 + Int(generator.next() & 1), rm: rm)
    case 11: return Encoding.modRM([0x0f, 0x90 + condition], width: 8, reg: 0, rm: rm)
    case 12: return Encoding.modRM([0x0f, 0x40 + condition], width: wide, reg: reg, rm: rm)
    case 13: return Encoding.modRM([sized(0x8a, width)], width: width, reg: reg, rm: rm)
    case 14: return Encoding.modRM([0x8d], width: 64, reg: reg, rm: .memory(base: R.rbx, displacement: 5))
    case 15: return [[0xf9], [0xf8], [0xf5], [0x9e], [0x9f]][Int(generator.next() % 5)]
    case 16: return Encoding.modRM([0x0f, 0xb8], width: wide, reg: reg, rm: rm, prefixes: [0xf3])
    // ADC and SBB with the carry of rotations and bit tests.
    case 17:
      return Encoding.modRM([sized(0xd0, width)], width: width, reg: Int(generator.next() & 3), rm: rm)
        + Encoding.modRM([0x13], width: wide, reg: reg, rm: .register(register()))
    case 18:
      return Encoding.modRM(
        [0x0f, 0xba], width: wide, reg: 4 + Int(generator.next() & 3), rm: rm, immediate: [UInt8(generator.next() & 63)]
      )
        + Encoding.modRM([0x1b], width: wide, reg: reg, rm: .register(register()))
    case 19: return Encoding.modRM([0x0f, 0xc0 | (width == 8 ? 0 : 1)], width: width, reg: reg, rm: rm)
    case 20: return Encoding.modRM([0x0f, 0xb0 | (width == 8 ? 0 : 1)], width: width, reg: reg, rm: rm)
    // Shifts leave AF undefined; an addition makes it known again before anybody looks.
    default:
      return Encoding.modRM([sized(0xd0, width)], width: width, reg: 4 + Int(generator.next() % 4) % 4, rm: rm)
        + Encoding.modRM([0x03], width: wide, reg: reg, rm: .register(register()))
    }
  }

  @Test func arithmetic() {
    var generator = SplitMix(seed: 2024)
    let cases = (0..<1500).map { number in
      var bytes: [UInt8] = []
      for _ in 0..<10 { bytes += Self.random(&generator) }
      return InstructionCase("sequence \(number)", bytes)
    }
    Differential.compare(cases, count: 12)
  }
}
