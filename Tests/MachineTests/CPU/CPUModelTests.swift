import Testing

@testable import Machine

@Suite struct CPUModelTests {
  let model = CPUModel.baseline

  @Test func vendorAndLastLeaves() {
    let basic = model.leaf(0, subleaf: 0)
    #expect(basic.eax == 13)
    #expect(text([basic.ebx, basic.edx, basic.ecx]) == "AuthenticAMD")
    #expect(model.leaf(0x8000_0000, subleaf: 0).eax >= 0x8000_001e)
  }

  @Test func brand() {
    let words = (2...4 as ClosedRange<UInt32>).flatMap { part -> [UInt32] in
      let answer = model.leaf(0x8000_0000 + part, subleaf: 0)
      return [answer.eax, answer.ebx, answer.ecx, answer.edx]
    }
    #expect(text(words) == "swemu x86-64 emulator")
  }

  /// What the x86-64 baseline demands is there; what is not executed is not.
  @Test func features() {
    let leaf1 = model.leaf(1, subleaf: 0)
    for bit in [0, 8, 15, 23, 24, 25, 26] as [UInt32] { #expect(leaf1.edx >> bit & 1 == 1) }
    // SSE3, PCLMUL, SSSE3, FMA, SSE4.1, SSE4.2, AES, XSAVE, OSXSAVE, AVX, F16C, RDRAND.
    for bit in [0, 1, 9, 12, 19, 20, 25, 26, 27, 28, 29, 30] as [UInt32] { #expect(leaf1.ecx >> bit & 1 == 0) }
    #expect(leaf1.ebx >> 8 & 0xff == 8)
    let leaf7 = model.leaf(7, subleaf: 0)
    // BMI1, AVX2, BMI2, AVX512F, ADX.
    for bit in [3, 5, 8, 16, 19] as [UInt32] { #expect(leaf7.ebx >> bit & 1 == 0) }
    #expect(model.leaf(7, subleaf: 1) == CPUModel.Registers())
    #expect(model.leaf(0x8000_0001, subleaf: 0).edx >> 29 & 1 == 1)
    #expect(model.leaf(13, subleaf: 0) == CPUModel.Registers())
  }

  /// The two ways to ask for cache sizes agree.
  @Test func caches() {
    var sizes: [UInt32: UInt32] = [:]
    for subleaf in 0 as UInt32..<8 {
      let leaf = model.leaf(0x8000_001d, subleaf: subleaf)
      #expect(leaf == model.leaf(4, subleaf: subleaf))
      if leaf.eax & 31 == 0 { break }
      let ways = (leaf.ebx >> 22) + 1
      let line = (leaf.ebx & 0xfff) + 1
      if leaf.eax & 31 != 2 { sizes[leaf.eax >> 5 & 7] = ways * line * (leaf.ecx + 1) }
    }
    #expect(sizes[1] == (model.leaf(0x8000_0005, subleaf: 0).ecx >> 24) << 10)
    #expect(sizes[2] == (model.leaf(0x8000_0006, subleaf: 0).ecx >> 16) << 10)
    #expect(sizes[3] == (model.leaf(0x8000_0006, subleaf: 0).edx >> 18) << 19)
  }

  @Test func unknownLeavesAreZero() {
    for number in [14, 0x1f, 0x4000_0000, 0x8000_00ff, 0xffff_ffff] as [UInt32] {
      #expect(model.leaf(number, subleaf: 0) == CPUModel.Registers())
    }
  }

  private func text(_ words: [UInt32]) -> String {
    let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) } }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}
