@testable import ELF

/// The bytes of `value`, least significant first.
func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
  (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> T($0 * 8)) }
}

/// A small generator, so that every run sees the same sequence (Vigna's splitmix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// An ELF file with a PT_LOAD, symbols and section names: header, program header, code, symbols, strings, sections.
func exampleFile() -> [UInt8] {
  let names: [UInt8] = Array("\0main\0helper\0table\0label\0main_alias\0".utf8)
  func symbol(_ name: UInt32, _ info: UInt8, _ section: UInt16, _ value: UInt64, _ size: UInt64) -> [UInt8] {
    little(name) + [info, 0] + little(section) + little(value) + little(size)
  }
  var symbols = [UInt8](repeating: 0, count: 24)
  symbols += symbol(1, 0x12, 1, 0x401000, 0x20)
  symbols += symbol(6, 0x02, 1, 0x401020, 0x10)
  symbols += symbol(13, 0x11, 2, 0x402000, 0x100)
  symbols += symbol(19, 0x10, 1, 0x401040, 0)
  symbols += symbol(25, 0x02, 1, 0x401000, 0x20)
  symbols += symbol(1, 0x12, 0, 0x409000, 8)
  let sectionNames: [UInt8] = Array("\0.symtab\0.strtab\0.shstrtab\0".utf8)
  let code = [UInt8](repeating: 0x90, count: 0x100)
  let codeOffset = 64 + 56
  let symbolOffset = codeOffset + code.count
  let nameOffset = symbolOffset + symbols.count
  let sectionNameOffset = nameOffset + names.count
  let table = (sectionNameOffset + sectionNames.count + 7) & ~7
  func section(_ name: UInt32, _ type: UInt32, _ offset: Int, _ size: Int, _ link: UInt32) -> [UInt8] {
    var bytes = little(name) + little(type)
    bytes += little(UInt64(0)) + little(UInt64(0)) + little(UInt64(offset)) + little(UInt64(size))
    return bytes + little(link) + little(UInt32(0)) + little(UInt64(8)) + little(UInt64(24))
  }
  var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
  bytes += little(UInt16(2)) + little(UInt16(62)) + little(UInt32(1)) + little(UInt64(0x401000))
  bytes += little(UInt64(64)) + little(UInt64(table)) + little(UInt32(0)) + little(UInt16(64))
  bytes += little(UInt16(56)) + little(UInt16(1)) + little(UInt16(64)) + little(UInt16(4)) + little(UInt16(3))
  bytes += little(UInt32(1)) + little(UInt32(5)) + little(UInt64(codeOffset)) + little(UInt64(0x401000))
  bytes += little(UInt64(0)) + little(UInt64(code.count)) + little(UInt64(code.count)) + little(UInt64(4096))
  bytes += code + symbols + names + sectionNames
  bytes += [UInt8](repeating: 0, count: table - bytes.count)
  bytes += [UInt8](repeating: 0, count: 64) + section(1, 2, symbolOffset, symbols.count, 2)
  bytes += section(9, 3, nameOffset, names.count, 0) + section(17, 3, sectionNameOffset, sectionNames.count, 0)
  return bytes
}
