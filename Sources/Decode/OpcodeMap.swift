/// What follows each opcode byte, and how much of the encoding chooses the instruction.
///
/// One grid a map, rows by the high and columns by the low nibble, as the SDM prints its opcode maps
/// (vol. 2D, appendix A, tables A-2 to A-5). A `StaticString` costs nothing at start-up.
///
///     .  no instruction of 64-bit mode      -  nothing follows
///     b  imm8     w  imm16    d  imm32      z  imm of 2 or 4 bytes   v  of 2, 4 or 8   e  imm16, imm8
///     o  address of 8 bytes (4 under 67)
///     m  ModRM    M  ModRM, imm8            Z  ModRM, imm of 2 or 4 bytes
///     g  ModRM whose reg field chooses      G  the same with imm8    H  with imm of 2 or 4 bytes
///     3  F6       4  F7: an immediate for reg fields 0 and 1 only
///     x  ModRM that chooses as a whole when mod is 11
///     r  low opcode bits name a register    R  the same with imm8    V  with imm of 2, 4 or 8 bytes
struct OpcodeLayout {
  enum Immediate: UInt8 {
    case none, byte, word, wordAndByte, double, operandUpTo4, operandUpTo8, group3Byte, group3, memoryOffset
  }

  var exists = true
  var hasModRM = false
  /// The reg field of ModRM is part of the opcode.
  var isGroup = false
  /// With mod 11, the rm field is part of the opcode too.
  var isWhole = false
  /// Bits 0…2 of the opcode name a register.
  var hasOpcodeRegister = false
  var immediate = Immediate.none

  @inline(__always)
  init(isVEX: Bool, map: UInt8, opcode: UInt8) {
    let letter: UInt8
    switch map {
    case 0: letter = (oneByteGrid.utf8Start + Int(opcode)).pointee
    case 1 where isVEX: letter = OpcodeLayout.vexLetter(opcode)
    case 1: letter = (twoByteGrid.utf8Start + Int(opcode)).pointee
    case 2: letter = opcode == 0xF3 ? UInt8(ascii: "g") : UInt8(ascii: "m")
    default: letter = UInt8(ascii: "M")
    }
    self.init(letter: letter)
  }

  /// VEX keeps the layout of the two-byte map, with fewer groups.
  private static func vexLetter(_ opcode: UInt8) -> UInt8 {
    switch opcode {
    case 0x77: UInt8(ascii: "-")
    case 0x70, 0xC2, 0xC4...0xC6: UInt8(ascii: "M")
    case 0x71...0x73: UInt8(ascii: "G")
    case 0xAE: UInt8(ascii: "g")
    default: UInt8(ascii: "m")
    }
  }

  @inline(__always)
  private init(letter: UInt8) {
    switch letter {
    case UInt8(ascii: "-"): break
    case UInt8(ascii: "m"): hasModRM = true
    case UInt8(ascii: "r"): hasOpcodeRegister = true
    case UInt8(ascii: "M"):
      hasModRM = true
      immediate = .byte
    case UInt8(ascii: "b"): immediate = .byte
    case UInt8(ascii: "d"): immediate = .double
    case UInt8(ascii: "z"): immediate = .operandUpTo4
    case UInt8(ascii: "w"): immediate = .word
    case UInt8(ascii: "e"): immediate = .wordAndByte
    case UInt8(ascii: "o"): immediate = .memoryOffset
    case UInt8(ascii: "Z"):
      hasModRM = true
      immediate = .operandUpTo4
    case UInt8(ascii: "g"):
      hasModRM = true
      isGroup = true
    case UInt8(ascii: "G"):
      hasModRM = true
      isGroup = true
      immediate = .byte
    case UInt8(ascii: "H"):
      hasModRM = true
      isGroup = true
      immediate = .operandUpTo4
    case UInt8(ascii: "3"):
      hasModRM = true
      isGroup = true
      immediate = .group3Byte
    case UInt8(ascii: "4"):
      hasModRM = true
      isGroup = true
      immediate = .group3
    case UInt8(ascii: "x"):
      hasModRM = true
      isGroup = true
      isWhole = true
    case UInt8(ascii: "R"):
      hasOpcodeRegister = true
      immediate = .byte
    case UInt8(ascii: "V"):
      hasOpcodeRegister = true
      immediate = .operandUpTo8
    default: exists = false
    }
  }
}

/// Table A-2. `0F`, prefixes, VEX and EVEX are taken off before a byte is looked up here.
private let oneByteGrid: StaticString = """
  mmmmbz..mmmmbz..\
  mmmmbz..mmmmbz..\
  mmmmbz..mmmmbz..\
  mmmmbz..mmmmbz..\
  ................\
  rrrrrrrrrrrrrrrr\
  ...m....zZbM----\
  bbbbbbbbbbbbbbbb\
  GH.Gmmmmmmmmgmgg\
  -rrrrrrr--.-----\
  oooo----bz------\
  RRRRRRRRVVVVVVVV\
  GGw-..GHe-w--b.-\
  gggg...-xxxxxxxx\
  bbbbbbbbdd.b----\
  .-..--34------gg
  """

/// Table A-3. Left out: 3DNow! (`0E 0F`), GETSEC, VMREAD and VMWRITE, RSM, and what no processor of today has; they
/// raise #UD outside SMX, VMX and SMM (SDM vol. 2D, GETSEC; vol. 3C, VMREAD; vol. 3C, RSM).
private let twoByteGrid: StaticString = """
  gxmm.-----.-.g..\
  mmmmmmmmgmmmmmxm\
  gggg....mmmmmmmm\
  ------..........\
  mmmmmmmmmmmmmmmm\
  mmmmmmmmmmmmmmmm\
  mmmmmmmmmmmmmmmm\
  MGGGmmm-....mmmm\
  dddddddddddddddd\
  mmmmmmmmmmmmmmmm\
  ---mMm..--.mMmxm\
  mmmmmmmmmmGmmmmm\
  mmMmMMMgrrrrrrrr\
  mmmmmmmmmmmmmmmm\
  mmmmmmmmmmmmmmmm\
  mmmmmmmmmmmmmmmm
  """
