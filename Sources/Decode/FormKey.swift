/// The part of an encoding that chooses instruction and operand kinds, packed into 24 bits.
///
/// Two instructions with one key differ only in register numbers, addresses and immediates, so capstone needs to be
/// asked about a key only once.
struct FormKey: Hashable {
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  @inline(__always)
  init(_ fields: EncodingFields) {
    var opcode = UInt32(fields.opcode)
    var repeatCode: UInt32 = fields.isVEX ? (fields.pp == 2 ? 1 : fields.pp == 3 ? 2 : 0) : 0
    var w = fields.w
    var operandSize = fields.isVEX ? fields.pp == 1 : fields.hasOperandSizePrefix
    if !fields.isVEX {
      if fields.repeatPrefix != 0, PrefixRules.repeatChooses(map: fields.map, opcode: fields.opcode) {
        repeatCode = fields.repeatPrefix == 0xF3 ? 1 : 2
        // BSF and BSR ignore F2.
        if repeatCode == 2, fields.map == 1, fields.opcode | 1 == 0xBD { repeatCode = 0 }
        if PrefixRules.isVector(map: fields.map, opcode: fields.opcode) { operandSize = false }
      }
      if operandSize, FormKey.ignoresOperandSize(fields, repeatCode) { operandSize = false }
      if fields.layout.hasOpcodeRegister { opcode &= 0xF8 }
      if PrefixRules.ignoresW(map: fields.map, opcode: fields.opcode, repeatCode: repeatCode) { w = false }
      // CLWB and CLFLUSHOPT.
      if operandSize, fields.map == 1, fields.opcode == 0xAE { w = false }
      // XCHG with rAX is `90`+r; only without REX.B is `90` itself NOP or PAUSE (SDM vol. 2B, XCHG and NOP).
      if fields.map == 0, opcode == 0x90, fields.opcode != 0x90 || fields.extendBase != 0 {
        opcode = 0x92
        repeatCode = 0
      }
    }
    var bits = opcode | UInt32(fields.map) << 8 | repeatCode << 12
    if fields.isVEX { bits |= 1 << 10 }
    if fields.vexL { bits |= 1 << 11 }
    if operandSize { bits |= 1 << 14 }
    if w { bits |= 1 << 15 }
    if fields.hasModRM {
      if fields.mod == 3 { bits |= 1 << 16 }
      if fields.layout.isGroup { bits |= UInt32(fields.regField) << 17 }
      if fields.layout.isWhole, fields.mod == 3 { bits |= UInt32(fields.rmField) << 20 }
    }
    // JRCXZ and JECXZ, the one pair that 67 tells apart; CR8 exists and CR9 does not, so that REX.R counts there.
    if fields.map == 0, fields.opcode == 0xE3, fields.hasAddressSizePrefix { bits |= 1 << 23 }
    if fields.map == 1, !fields.isVEX, fields.opcode & 0xFC == 0x20, fields.extendReg != 0 { bits |= 1 << 23 }
    self.bits = bits
  }

  /// Where 66 has no effect: under REX.W unless it is a mandatory prefix, beside F3 in instructions of 32 or 64 bits
  /// only, and in near branches.
  ///
  /// Near branches: Intel processors ignore 66 in 64-bit mode, AMD's truncate RIP to 16 bits (SDM vol. 2A, CALL and JMP;
  /// AMD APM vol. 3, JMP near). No compiler emits it without REX.W; Intel's reading is followed.
  @inline(__always)
  private static func ignoresOperandSize(_ fields: EncodingFields, _ repeatCode: UInt32) -> Bool {
    switch fields.map {
    case 0:
      if fields.w { return true }
      switch fields.opcode {
      case 0x70...0x7F, 0xC2, 0xC3, 0xE0...0xE3, 0xE8, 0xE9, 0xEB: return true
      case 0xFF: return fields.regField == 2 || fields.regField == 4
      default: return false
      }
    case 1:
      switch fields.opcode {
      case 0x80...0x8F: return true
      case 0x1E, 0xAE, 0xC7: return repeatCode != 0
      case 0x01, 0xC3: return false  // XGETBV and MOVNTI take no prefix
      default: return fields.w && !PrefixRules.isVector(map: 1, opcode: fields.opcode)
      }
    default: return fields.map == 2 && fields.opcode >> 1 == 0xF0 >> 1 && fields.w
    }
  }

  var opcode: UInt8 { UInt8(truncatingIfNeeded: bits) }
  var map: UInt8 { UInt8(truncatingIfNeeded: bits >> 8) & 3 }
  var isVEX: Bool { bits & 1 << 10 != 0 }
  var l: Bool { bits & 1 << 11 != 0 }
  /// F3 or F2 where they choose the instruction, or 0.
  var repeatPrefix: UInt8 { bits & 1 << 12 != 0 ? 0xF3 : bits & 1 << 13 != 0 ? 0xF2 : 0 }
  var hasOperandSizePrefix: Bool { bits & 1 << 14 != 0 }
  var w: Bool { bits & 1 << 15 != 0 }
  var isRegister: Bool { bits & 1 << 16 != 0 }
  var regField: UInt8 { UInt8(truncatingIfNeeded: bits >> 17) & 7 }
  var rmField: UInt8 { UInt8(truncatingIfNeeded: bits >> 20) & 7 }
  var hasAddressSizePrefix: Bool { map == 0 && bits & 1 << 23 != 0 }
  var hasExtendedReg: Bool { map == 1 && bits & 1 << 23 != 0 }
  /// VEX.pp numbering.
  var pp: UInt8 { repeatPrefix == 0xF3 ? 2 : repeatPrefix == 0xF2 ? 3 : hasOperandSizePrefix ? 1 : 0 }
  /// The operand size that prefixes give to most instructions (SDM vol. 1, table 3-4).
  var operandWidth: UInt8 { w ? 64 : hasOperandSizePrefix ? 16 : 32 }
  var layout: OpcodeLayout { OpcodeLayout(isVEX: isVEX, map: map, opcode: opcode) }
}
