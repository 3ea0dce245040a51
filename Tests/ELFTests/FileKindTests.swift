import Testing

@testable import ELF

@Suite struct FileKindTests {
  private func kind(_ bytes: [UInt8]) -> FileKind {
    let padded = bytes + [UInt8](repeating: 0, count: max(0, 256 - bytes.count))
    return padded.withUnsafeBytes { FileKind($0, size: UInt64(bytes.count)) }
  }

  private func elf(bits: UInt8 = 2, order: UInt8 = 1, type: UInt16 = 2, machine: UInt16 = 62) -> [UInt8] {
    var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, bits, order, 1, 0] + [UInt8](repeating: 0, count: 56)
    let (t, m) = order == 2 ? (type.byteSwapped, machine.byteSwapped) : (type, machine)
    bytes.replaceSubrange(16..<20, with: little(t) + little(m))
    return bytes
  }

  @Test func namesELFFiles() {
    #expect(kind(elf(bits: 1, machine: 3)).sentence == "is a 32-bit ELF file for Intel 80386")
    #expect(kind(elf(machine: 183)).sentence == "is a 64-bit ELF file for AArch64")
    #expect(kind(elf(order: 2, machine: 21)).sentence == "is a 64-bit ELF file for 64-bit PowerPC, big-endian")
    #expect(kind(elf(machine: 9999)).sentence == "is a 64-bit ELF file for unknown machine 9999")
    #expect(kind(elf(bits: 1)).sentence.contains("x32"))
    #expect(kind(elf(type: 1)) == .relocatable)
    #expect(kind(elf(type: 4)) == .core)
    #expect(kind(elf(type: 77)) == .otherELF(type: 77))
    #expect(kind(Array(elf()[..<30])) == .shortELF)
    #expect(kind(Array(elf()[..<6])) == .shortELF)
  }

  @Test(
    arguments: [
      ([], .empty), (Array("#!x".utf8), .script), (Array("echo hello\n".utf8), .text),
      ([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52], .javaClass), ([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2], .machO),
      ([0xcf, 0xfa, 0xed, 0xfe], .machO), ([0x1f, 0x8b, 8], .compressed("gzip")), (Array("PK\u{3}\u{4}".utf8), .zip),
      ([0xfd] + Array("7zXZ".utf8), .compressed("xz")), (Array("!<arch>\n".utf8), .archive), ([0, 1, 2, 3], .data),
      (Array("\0asm".utf8), .wasm), (Array("MZ".utf8), .msdos),
    ] as [([UInt8], FileKind)])
  func recognizes(_ bytes: [UInt8], _ expected: FileKind) { #expect(kind(bytes) == expected) }

  @Test func tellsWindowsProgramsFromThoseOfDOS() {
    var bytes = Array("MZ".utf8) + [UInt8](repeating: 0, count: 200)
    #expect(kind(bytes) == .msdos)
    bytes[0x3c] = 0x80
    bytes[0x80] = UInt8(ascii: "P")
    bytes[0x81] = UInt8(ascii: "E")
    #expect(kind(bytes) == .portableExecutable)
  }

  @Test func recognizesTheOldFormat() {
    #expect(kind([0x0b, 0x01] + [UInt8](repeating: 0, count: 40)) == .aout)
  }
}
