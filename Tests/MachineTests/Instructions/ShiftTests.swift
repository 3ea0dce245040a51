import Testing
import X86

@Suite struct ShiftTests {
  static let operations = ["rol", "ror", "rcl", "rcr", "shl", "shr", "sal", "sar"]

  /// Operands: a register, another that needs REX, memory by base, memory by base and index.
  static let operands: [(String, Encoding.RM)] = [
    ("eax", .register(R.rax)), ("edi", .register(R.rdi)), ("r9", .register(R.r9)),
    ("[rbx+8]", .memory(base: R.rbx, displacement: 8)),
  ]

  /// OF is defined for counts of one only, AF never, and CF not where a shift goes past the operand.
  static func undefined(_ extension_: Int, _ width: Int, _ count: UInt64) -> RFlags {
    let masked = count & (width == 64 ? 63 : 31)
    if masked == 0 { return [] }
    var flags: RFlags = []
    if masked != 1 { flags.insert(.overflow) }
    if extension_ >= 4 {
      flags.insert(.adjust)
      if masked >= UInt64(width), extension_ != 7 { flags.insert(.carry) }
    }
    return flags
  }

  @Test func shiftsByImmediates() {
    var cases: [InstructionCase] = []
    for (number, name) in Self.operations.enumerated() {
      for width in [8, 16, 32, 64] {
        for (text, operand) in Self.operands {
          for count in [0, 1, 2, 7, 8, 9, 15, 16, 17, 18, 27, 31, 32, 33, 63, 64, 65, 255] as [UInt8] {
            cases.append(
              InstructionCase(
                "\(name) \(text):\(width), \(count)",
                Encoding.modRM([width == 8 ? 0xc0 : 0xc1], width: width, reg: number, rm: operand, immediate: [count]),
                undefined: Self.undefined(number, width, UInt64(count))))
          }
          cases.append(
            InstructionCase(
              "\(name) \(text):\(width), one",
              Encoding.modRM([width == 8 ? 0xd0 : 0xd1], width: width, reg: number, rm: operand),
              undefined: Self.undefined(number, width, 1)))
        }
      }
    }
    Differential.compare(cases, count: 12)
  }

  @Test func shiftsByCL() {
    var cases: [InstructionCase] = []
    for (number, name) in Self.operations.enumerated() {
      for width in [8, 16, 32, 64] {
        for (text, operand) in Self.operands + [("ecx", .register(R.rcx))] {
          cases.append(
            InstructionCase(
              "\(name) \(text):\(width), cl",
              Encoding.modRM([width == 8 ? 0xd2 : 0xd3], width: width, reg: number, rm: operand),
              undefinedFor: { Self.undefined(number, width, $0.gpr[R.rcx] & 0xff) }))
        }
      }
    }
    Differential.compare(cases, count: 150)
  }
}
