/// Operand sizes and immediates that follow from the opcode rather than from what capstone says.
enum OperandSizes {
  static func isRelativeBranch(_ key: FormKey) -> Bool {
    switch key.map {
    case 0:
      switch key.opcode {
      case 0x70...0x7F, 0xE0...0xE3, 0xE8, 0xE9, 0xEB: true
      default: false
      }
    case 1: !key.isVEX && key.opcode & 0xF0 == 0x80
    default: false
    }
  }

  /// One-byte opcodes whose immediate is extended to the operand size as a signed number.
  static func hasSignedImmediate(_ key: FormKey) -> Bool {
    guard key.map == 0 else { return false }
    switch key.opcode {
    case 0x00...0x3F, 0x68...0x6B, 0x80...0x83, 0xA8, 0xA9, 0xB0...0xBF, 0xC6, 0xC7, 0xF6, 0xF7: return true
    default: return false
    }
  }

  /// The effective operand size of a form in bits (SDM vol. 1, table 3-4; vol. 2A, 2.2.1.7 for those that default to
  /// 64); for vector instructions 64 with W and 32 without.
  static func operandWidth(_ key: FormKey) -> UInt8 {
    let plain = key.operandWidth
    let stack: UInt8 = key.hasOperandSizePrefix && !key.w ? 16 : 64
    let isVector = key.isVEX || PrefixRules.isVector(map: key.map, opcode: key.opcode)
    if isVector { return key.w ? 64 : 32 }
    switch key.map {
    case 0: return oneByteWidth(key, plain, stack)
    case 1:
      switch key.opcode {
      case 0x20...0x23, 0x80...0x8F: return 64
      case 0x90...0x9F, 0xB0, 0xC0: return 8
      case 0xA0, 0xA1, 0xA8, 0xA9: return stack
      default: return plain
      }
    case 2:
      switch key.opcode {
      case 0xF0 where key.repeatPrefix == 0xF2: return 8  // CRC32 of a byte
      case 0xF6: return key.w ? 64 : 32  // ADCX, ADOX: the prefix is mandatory
      default: return plain
      }
    default: return plain
    }
  }

  private static func oneByteWidth(_ key: FormKey, _ plain: UInt8, _ stack: UInt8) -> UInt8 {
    switch key.opcode {
    case 0x00...0x3F: key.opcode & 1 == 0 ? 8 : plain
    case 0x6C, 0x6E, 0x80, 0x84, 0x86, 0x88, 0x8A, 0xA0, 0xA2, 0xA4, 0xA6, 0xA8, 0xAA, 0xAC, 0xAE, 0xB0...0xB7, 0xC0,
      0xC6, 0xD0, 0xD2, 0xD7, 0xE4, 0xE6, 0xEC, 0xEE, 0xF6, 0xFE:
      8
    // Ports move at most 32 bits (SDM vol. 2A, IN).
    case 0x6D, 0x6F, 0xE5, 0xE7, 0xED, 0xEF: min(plain, 32)
    case 0x50...0x57, 0x58...0x5F, 0x68, 0x6A, 0x8F, 0x9C, 0x9D, 0xC8, 0xC9: stack
    case 0x70...0x7F, 0xC2, 0xC3, 0xE0...0xE3, 0xE8, 0xE9, 0xEB: 64
    case 0xFF where key.regField == 2 || key.regField == 4: 64
    case 0xFF where key.regField == 6: stack
    default: plain
    }
  }
}
