@testable import Machine

/// One encoding of a vector instruction, with a choice of operands left open.
struct VectorForm {
  enum Operand: Equatable {
    case xmm, mm, gpr
    /// ModRM's reg field is part of the opcode.
    case digit(UInt8)
    case none
  }

  /// What the operands are, which decides the values they are given.
  enum Values { case singles, doubles, integers }

  var name: String
  /// Mandatory prefix, 0 for none.
  var prefix: UInt8
  var opcode: UInt8
  var reg: Operand
  var rm: Operand
  var values: Values
  /// Whether rm may be memory.
  var takesMemory = true
  var takesRegister = true
  var isWide = false
  var immediates: [UInt8] = []

  /// Encodings of the form: registers of both halves of the file, each addressing mode's handler, operands that are
  /// misaligned, and operands across and beyond the end of memory.
  func cases(_ random: inout SplitMix, _ prepare: @escaping (inout ProcessorState, inout SplitMix) -> Void)
    -> [InstructionCase]
  {
    var result: [InstructionCase] = []
    for _ in 0..<(immediates.count > 8 ? 4 : 1) {
      if takesRegister {
        for choice in 0..<3 {
          let number = registerNumber(rm, &random)
          let same = choice == 2 && reg == rm ? number : nil
          add(&random, &result, ".register", .register(number), reg: same, prepare)
        }
      }
      if takesMemory {
        add(&random, &result, "[rbx]", .memory(base: R.rbx), prepare)
        add(&random, &result, "[rbx+rsi*4+16]", .memory(base: R.rbx, index: R.rsi, scale: 4, displacement: 16), prepare)
        add(&random, &result, "[ebx+32]", .memory(base: R.rbx, displacement: 32), prefixes: [0x67], prepare)
        add(&random, &result, "[rbx+1]", .memory(base: R.rbx, displacement: 1), prepare)
        add(&random, &result, "[end-8]", .memory(base: R.rbx, displacement: 0x1ff8), prepare)
        add(&random, &result, "[end-3]", .memory(base: R.rbx, displacement: 0x1ffd), prepare)
        add(&random, &result, "[end]", .memory(base: R.rbx, displacement: 0x2000), prepare)
      }
    }
    return result
  }

  private func registerNumber(_ operand: Operand, _ random: inout SplitMix) -> Int {
    switch operand {
    case .xmm, .gpr: Int(random.next() & 15)
    case .mm: Int(random.next() & 7)
    case .digit(let digit): Int(digit)
    case .none: 0
    }
  }

  private func add(
    _ random: inout SplitMix, _ result: inout [InstructionCase], _ text: String, _ rm: Encoding.RM, reg: Int? = nil,
    prefixes: [UInt8] = [], _ prepare: @escaping (inout ProcessorState, inout SplitMix) -> Void
  ) {
    let all = prefixes + (prefix == 0 ? [] : [prefix])
    let immediate = immediates.isEmpty ? [] : [immediates[Int(random.next() % UInt64(immediates.count))]]
    let bytes =
      self.reg == .none
      ? all + [0x0f, opcode]
      : Encoding.modRM(
        [0x0f, opcode], width: isWide ? 64 : 32, reg: reg ?? registerNumber(self.reg, &random), rm: rm,
        immediate: immediate, prefixes: all)
    result.append(InstructionCase("\(name) \(text)", bytes, prepare: prepare))
  }
}

/// Values at which floating point and packed integers do something special.
enum VectorValues {
  static let singles: [UInt32] = [
    0, 0x8000_0000, 0x3f80_0000, 0xbf80_0000, 1, 0x8000_0001, 0x007f_ffff, 0x807f_ffff, 0x0080_0000, 0x8080_0000,
    0x7f7f_ffff, 0xff7f_ffff, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0xffc0_0000, 0x7fc1_2345, 0xffff_ffff, 0x7f80_0001,
    0xff81_2345, 0x7fbf_ffff, 0x4f00_0000, 0xcf00_0000, 0x4eff_ffff, 0xcf00_0001, 0x5f00_0000, 0xdf00_0000, 0x3f00_0000,
    0x3fc0_0000, 0x4020_0000, 0x3eaa_aaab, 0x4b00_0001, 0x4b80_0001, 0x1f80_0000, 0x2000_0000, 0x5f80_0001,
  ]
  static let doubles: [UInt64] = [
    0, 0x8000_0000_0000_0000, 0x3ff0_0000_0000_0000, 0xbff0_0000_0000_0000, 1, 0x8000_0000_0000_0001,
    0x000f_ffff_ffff_ffff, 0x800f_ffff_ffff_ffff, 0x0010_0000_0000_0000, 0x7fef_ffff_ffff_ffff, 0xffef_ffff_ffff_ffff,
    0x7ff0_0000_0000_0000, 0xfff0_0000_0000_0000, 0x7ff8_0000_0000_0000, 0xfff8_0000_0000_0000, 0x7ff8_0000_1234_5678,
    0x7ff0_0000_0000_0001, 0xfff4_0000_1234_5678, 0x7ff7_ffff_e000_0000, 0x41e0_0000_0000_0000, 0xc1e0_0000_0000_0000,
    0x41df_ffff_ffc0_0000, 0x41df_ffff_ffe0_0000, 0xc1e0_0000_0010_0000, 0xc1e0_0000_0020_0000, 0x43e0_0000_0000_0000,
    0xc3e0_0000_0000_0000, 0x43df_ffff_ffff_ffff, 0x3fe0_0000_0000_0000, 0x3ff8_0000_0000_0000, 0x4004_0000_0000_0000,
    0x47ef_ffff_e000_0000, 0x47ef_ffff_f000_0000, 0x47f0_0000_0000_0000, 0x3810_0000_0000_0000, 0x380f_ffff_e000_0000,
    0x36a0_0000_0000_0000, 0x3690_0000_0000_0000, 0x380f_ffff_ffff_ffff, 0x3fd5_5555_5555_5555,
  ]
  static let integers: [UInt64] = [
    0, .max, 1, 0x8000_0000_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8080_8080_8080_8080, 0x7f7f_7f7f_7f7f_7f7f,
    0x8000_8000_8000_8000, 0x7fff_7fff_7fff_7fff, 0x8000_0000_8000_0000, 0x7fff_ffff_7fff_ffff, 0x0001_00ff_ff00_ff01,
    15, 16, 31, 32, 63, 64, 0x1_0000_0000, 7, 8,
  ]

  /// 64 bits of two singles, a double or packed integers.
  static func word(_ kind: VectorForm.Values, _ random: inout SplitMix) -> UInt64 {
    let roll = random.next() & 15
    if roll == 0 { return random.next() }
    switch kind {
    case .singles: return UInt64(single(&random)) | UInt64(single(&random)) << 32
    case .doubles: return roll < 10 ? pick(doubles, &random) : nearby(pick(doubles, &random), &random)
    case .integers: return roll < 10 ? pick(integers, &random) : random.next()
    }
  }

  private static func single(_ random: inout SplitMix) -> UInt32 {
    let value = pick(singles, &random)
    switch random.next() & 7 {
    case 0: return UInt32(truncatingIfNeeded: random.next())
    case 1, 2: return value ^ UInt32(truncatingIfNeeded: random.next() & 0x8000_00ff)
    default: return value
    }
  }

  private static func nearby(_ value: UInt64, _ random: inout SplitMix) -> UInt64 {
    let changed = value ^ (random.next() & 0x8000_0000_0000_00ff)
    return random.next() & 1 == 0 ? changed : changed ^ (random.next() & 0x000f_ffff_ffff_ffff)
  }

  private static func pick<T>(_ values: [T], _ random: inout SplitMix) -> T {
    values[Int(random.next() % UInt64(values.count))]
  }
}
