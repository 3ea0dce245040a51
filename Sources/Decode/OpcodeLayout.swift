/// What follows an opcode byte: a ModRM byte or not, and which immediate (Intel SDM vol. 2D, appendix A opcode maps).
struct OpcodeLayout: Equatable {
  enum Immediate: UInt8 {
    case none, byte, word
    /// ENTER: imm16 then imm8.
    case wordAndByte
    case double
    /// 2 or 4 bytes by operand size (`Iz`).
    case operandUpTo4
    /// 2, 4 or 8 bytes by operand size (`Iv`).
    case operandUpTo8
    /// `F6` and `F7`: an immediate only for TEST, reg field 0 or 1.
    case group3Byte, group3
    /// `A0`…`A3`: an address of address size.
    case memoryOffset
  }

  struct Parts: OptionSet {
    let rawValue: UInt8
    static let modRM = Parts(rawValue: 1)
    static let invalid = Parts(rawValue: 2)
  }

  var parts: Parts
  var immediate: Immediate

  static let invalid = OpcodeLayout(parts: .invalid, immediate: .none)
  static let bare = OpcodeLayout(parts: [], immediate: .none)
  static let modRM = OpcodeLayout(parts: .modRM, immediate: .none)
  static let modRMByte = OpcodeLayout(parts: .modRM, immediate: .byte)

  private init(parts: Parts, immediate: Immediate) {
    self.parts = parts
    self.immediate = immediate
  }

  private init(immediate: Immediate) { self.init(parts: [], immediate: immediate) }

  func contains(_ part: Parts) -> Bool { parts.contains(part) }

  static func legacy(map: UInt8, opcode: UInt8) -> OpcodeLayout {
    switch map {
    case 0: oneByte(opcode)
    case 1: twoByte(opcode)
    case 2: .modRM
    default: .modRMByte
    }
  }

  /// VEX keeps the layout of the legacy maps; only VZEROUPPER and VZEROALL have no ModRM.
  static func vex(map: UInt8, opcode: UInt8) -> OpcodeLayout {
    switch map {
    case 1:
      switch opcode {
      case 0x77: .bare
      case 0x70...0x73, 0xC2, 0xC4...0xC6: .modRMByte
      default: .modRM
      }
    case 2: .modRM
    default: .modRMByte
    }
  }

  /// SDM vol. 2D, table A-2, with the opcodes that 64-bit mode dropped.
  private static func oneByte(_ opcode: UInt8) -> OpcodeLayout {
    switch opcode {
    case 0x06, 0x07, 0x0E, 0x16, 0x17, 0x1E, 0x1F, 0x27, 0x2F, 0x37, 0x3F: .invalid
    case 0x00...0x3F:
      switch opcode & 7 {
      case 0...3: .modRM
      case 4: OpcodeLayout(immediate: .byte)
      default: OpcodeLayout(immediate: .operandUpTo4)
      }
    case 0x60...0x62, 0x82, 0x9A, 0xCE, 0xD4...0xD6, 0xEA: .invalid
    case 0x63, 0x84...0x8F, 0xD0...0xD3, 0xD8...0xDF, 0xFE, 0xFF: .modRM
    case 0x68, 0xA9: OpcodeLayout(immediate: .operandUpTo4)
    case 0x69, 0x81, 0xC7: OpcodeLayout(parts: .modRM, immediate: .operandUpTo4)
    case 0x6A, 0x70...0x7F, 0xA8, 0xB0...0xB7, 0xCD, 0xE0...0xE7, 0xEB: OpcodeLayout(immediate: .byte)
    case 0x6B, 0x80, 0x83, 0xC0, 0xC1, 0xC6: .modRMByte
    case 0xA0...0xA3: OpcodeLayout(immediate: .memoryOffset)
    case 0xB8...0xBF: OpcodeLayout(immediate: .operandUpTo8)
    case 0xC2, 0xCA: OpcodeLayout(immediate: .word)
    case 0xC8: OpcodeLayout(immediate: .wordAndByte)
    // A near branch's displacement is 32 bits; Intel ignores 66 here, AMD would read 16 (SDM vol. 2A, JMP; see
    // docs of `Corrections`).
    case 0xE8, 0xE9: OpcodeLayout(immediate: .double)
    case 0xF6: OpcodeLayout(parts: .modRM, immediate: .group3Byte)
    case 0xF7: OpcodeLayout(parts: .modRM, immediate: .group3)
    default: .bare
    }
  }

  /// SDM vol. 2D, table A-3.
  private static func twoByte(_ opcode: UInt8) -> OpcodeLayout {
    switch opcode {
    case 0x04, 0x0A, 0x0C, 0x0E, 0x0F, 0x24...0x27, 0x36, 0x37, 0x39, 0x3B...0x3F, 0x7A, 0x7B, 0xA6, 0xA7: .invalid
    case 0x05...0x09, 0x0B, 0x30...0x35, 0x77, 0xA0...0xA2, 0xA8...0xAA, 0xC8...0xCF: .bare
    case 0x70...0x73, 0xA4, 0xAC, 0xBA, 0xC2, 0xC4...0xC6: .modRMByte
    case 0x80...0x8F: OpcodeLayout(immediate: .double)
    default: .modRM
    }
  }
}
