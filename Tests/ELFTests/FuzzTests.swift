import Testing

@testable import ELF

/// Whatever the bytes are, reading them ends without a trap.
@Suite struct FuzzTests {
  private func readEverything(_ bytes: [UInt8]) {
    let head = Array(bytes.prefix(256))
    let kind = head.withUnsafeBytes { FileKind($0, size: UInt64(bytes.count)) }
    _ = kind.sentence + (kind.remedy ?? "")
    guard let file = ELFFile(ELFBytes(bytes)) else { return }
    for section in file.sections.prefix(16) { _ = file.name(of: section) }
    for offset: UInt64 in [0, 0x1000, .max] { _ = file.programHeaders.virtualAddress(ofFileOffset: offset) }
    let symbols = SymbolTable(file)
    for address: UInt64 in [0, 0x401000, 0x401010, 0x402000, .max] {
      if let (symbol, _) = symbols.find(address) { _ = symbols.name(of: symbol) }
    }
    _ = symbols.address(of: "main")
  }

  private static let interesting: [UInt64] = [
    0, 1, 0x7f, 0xff, 0xfff, 0x1000, 0xffff, 0x7fff_ffff, 0xffff_ffff, 1 << 47, 1 << 62, 1 << 63, .max, .max - 63,
  ]

  private func mutate(_ original: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      // Mostly the headers: there is where offsets and sizes are.
      let places = Bool.random(using: &random) ? min(120, bytes.count) : bytes.count
      guard places > 8 else { return bytes }
      let place = Int.random(in: 0..<places, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2:
        let value = Self.interesting.randomElement(using: &random) ?? 0
        let start = min(place & ~7, bytes.count - 8)
        bytes.replaceSubrange(start..<start + 8, with: little(value))
      default: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
    }
    return bytes
  }

  @Test func survivesMutatedFiles() {
    var random = SplitMix(state: 1)
    let original = exampleFile()
    for _ in 0..<20_000 { readEverything(mutate(original, &random)) }
  }

  @Test func survivesEveryTruncation() {
    let original = exampleFile()
    for count in 0...original.count { readEverything(Array(original[..<count])) }
  }

  @Test func survivesRandomBytes() {
    var random = SplitMix(state: 2)
    for round in 0..<20_000 {
      var bytes = (0..<Int.random(in: 0..<600, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      // Half of them get as far as the tables.
      if round & 1 == 0, bytes.count > 64 { bytes.replaceSubrange(0..<7, with: [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]) }
      readEverything(bytes)
    }
  }
}
