/// Which of no prefix, 66, F3 and F2 an opcode of the escaped maps takes as its mandatory prefix.
///
/// A combination that is not listed raises #UD; capstone accepts many of them (`F3 0F 54` reads as ANDPS). One grid a
/// map, laid out as the SDM's opcode maps (vol. 2D, tables ). Each hexadecimal digit is a set of VEX.pp
/// values: 1 no prefix, 2 `66`, 4 `F3`, 8 `F2`; F where the prefixes do not choose. The grids were compared with a
/// processor's #UD over every opcode, prefix, REX.W, ModRM.mod and ModRM.reg.
enum PrefixRules {
  static func allows(pp: UInt8, isVEX: Bool, isWide: Bool, l: Bool, map: UInt8, opcode: UInt8) -> Bool {
    let digit: UInt8
    let index = Int(opcode)
    switch (isVEX, map) {
    case (_, 0): return !isVEX
    case (false, 1): digit = (legacy1.utf8Start + index).pointee
    case (false, 2): digit = (legacy2.utf8Start + index).pointee
    case (false, _): digit = (legacy3.utf8Start + index).pointee
    case (true, 1): digit = ((l ? vex1L1 : vex1L0).utf8Start + index).pointee
    case (true, 2): digit = ((l ? vex2L1 : vex2L0).utf8Start + index).pointee
    case (true, _): digit = ((l ? vex3L1 : vex3L0).utf8Start + index).pointee
    }
    let set: UInt8
    switch digit {
    case UInt8(ascii: "1")...UInt8(ascii: "9"): set = digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): set = digit - UInt8(ascii: "A") + 10
    default: return false
    }
    guard set >> pp & 1 != 0 else { return false }
    return !(isVEX && isWide && requiresW0(map: map, opcode: opcode))
  }

  /// VEX encodings that the SDM lists with W0 only; others with one W have another mnemonic at the other W, or ignore it.
  private static func requiresW0(map: UInt8, opcode: UInt8) -> Bool {
    switch (map, opcode) {
    case (2, 0x0C...0x0F), (2, 0x13), (2, 0x16), (2, 0x18...0x1A), (2, 0x2C...0x2F), (2, 0x36), (2, 0x46),
      (2, 0x58...0x5A), (2, 0x78...0x79), (3, 0x02), (3, 0x04...0x06), (3, 0x18...0x19), (3, 0x1D), (3, 0x38...0x39),
      (3, 0x46), (3, 0x4A...0x4C):
      true
    default: false
    }
  }

  /// Whether 66 under F3 or F2 has no effect, because the opcode is a vector one without an operand size.
  static func isVector(map: UInt8, opcode: UInt8) -> Bool {
    switch map {
    case 0: false
    case 1:
      switch opcode {
      case 0x10...0x17, 0x28...0x2F, 0x50...0x7F, 0xC2, 0xC4...0xC6, 0xD0...0xFE: true
      default: false
      }
    case 2: opcode < 0xF0
    default: true
    }
  }

  /// Whether REX.W has no effect on a legacy vector opcode: all but those with a general register or, in the string
  /// compares, the lengths in RAX and RDX (SDM vol. 2, "REX.W" rows of the instruction pages).
  static func ignoresW(map: UInt8, opcode: UInt8, repeatCode: UInt32) -> Bool {
    guard isVector(map: map, opcode: opcode) else { return false }
    switch (map, opcode) {
    case (1, 0x2A), (1, 0x2C...0x2D), (1, 0x50), (1, 0x6E), (1, 0xD7): return false
    case (1, 0x7E): return repeatCode != 0
    case (3, 0x14...0x17), (3, 0x20), (3, 0x22), (3, 0x60...0x61): return false
    default: return true
    }
  }

  /// Whether F3 or F2 chooses among the instructions of an opcode of map 1 that is not a vector one.
  static func repeatChooses(map: UInt8, opcode: UInt8) -> Bool {
    switch map {
    case 0: opcode == 0x90
    case 1:
      switch opcode {
      case 0x01, 0x1E, 0xAE, 0xB8, 0xBC, 0xBD, 0xC3, 0xC7: true
      default: isVector(map: 1, opcode: opcode)
      }
    default: true
    }
  }
}

private let legacy1: StaticString = """
  FFFF.FFFFF.F.F..\
  FFF33373FFFFFFFF\
  FFFF....33F3FF33\
  FFFFFF..........\
  FFFFFFFFFFFFFFFF\
  3F553333FFF7FFFF\
  3333333333332237\
  F3333331....AA77\
  FFFFFFFFFFFFFFFF\
  FFFFFFFFFFFFFFFF\
  FFFFFF..FF.FFFFF\
  FFFFFFFF4FFFFFFF\
  FFF1333FFFFFFFFF\
  A33333E333333333\
  333333E333333333\
  833333333333333F
  """

private let legacy2: StaticString = """
  333333333333....\
  2...22.2....333.\
  222222..2222....\
  222222.222222222\
  22..............\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................\
  ........111111..\
  ...........22222\
  ................\
  BB....6.........
  """

private let legacy3: StaticString = """
  ........22222223\
  ....2222........\
  222.............\
  ................\
  222.2...........\
  ................\
  2222............\
  ................\
  ................\
  ................\
  ................\
  ................\
  ............1...\
  ...............2\
  ................\
  ................
  """

private let vex1L0: StaticString = """
  ................\
  FFF33373........\
  ........33C3CC33\
  ................\
  ................\
  3F553333FFF7FFFF\
  2222222222222226\
  E2222221....AA66\
  ................\
  ................\
  ..............1.\
  ................\
  ..F.223.........\
  A222222222222222\
  222222E222222222\
  822222222222222.
  """

private let vex1L1: StaticString = """
  ................\
  FFC.334.........\
  ........33C3CC33\
  ................\
  ................\
  3F553333FFF7FFFF\
  22222222222222.6\
  E2222221....AA.6\
  ................\
  ................\
  ................\
  ................\
  ..F...3.........\
  A22222.222222222\
  222222E222222222\
  8222222.2222222.
  """

private let vex2L0: StaticString = """
  2222222222222222\
  ...2...22...222.\
  222222..22222222\
  222222.222222222\
  22...222........\
  ........22......\
  ................\
  ........22......\
  ............2.2.\
  2222..2222222222\
  ......2222222222\
  ......2222222222\
  ................\
  ...........22222\
  ................\
  ..11.D8F........
  """

private let vex2L1: StaticString = """
  2222222222222222\
  ...2..22222.222.\
  222222..22222222\
  2222222222222222\
  2....222........\
  ........222.....\
  ................\
  ........22......\
  ............2.2.\
  2222..2222222222\
  ......2222222222\
  ......2222222222\
  ................\
  ................\
  ................\
  ................
  """

private let vex3L0: StaticString = """
  ..2.22..22222222\
  ....2222.....2..\
  222.............\
  ................\
  222.2.....222...\
  ................\
  2222............\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................\
  ...............2\
  ................\
  8...............
  """

private let vex3L1: StaticString = """
  222.222.22222222\
  ........22...2..\
  ................\
  ........22......\
  2.2...2...222...\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................\
  ................
  """
