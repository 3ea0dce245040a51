import Testing
import X86

@testable import Decode

@Suite struct EncodingFieldsTests {
  private func fields(_ text: String) -> EncodingFields? {
    hexBytes(text).withUnsafeBytes { EncodingFields($0) }
  }

  @Test func displacementsAndImmediates() throws {
    let instruction = try #require(fields("48 81 84 d8 f8 ff ff ff 78 56 34 12"))
    #expect(instruction.length == 12 && instruction.w)
    #expect(instruction.displacementSize == 4 && instruction.displacement == -8)
    #expect(instruction.immediateSize == 4 && instruction.immediate == 0x1234_5678)
    #expect(instruction.hasSIB && instruction.sib == 0xD8)
  }

  @Test func prefixesCountOnceInAnyOrder() throws {
    let instruction = try #require(fields("66 2e 66 67 f3 64 90"))
    #expect(instruction.length == 7)
    let prefixes = Instruction.Prefixes(rawValue: instruction.prefixes)
    #expect(prefixes == [.operandSize, .addressSize, .rep, .segment])
    #expect(instruction.segment == .fs)
  }

  @Test func theLastOfF2AndF3Counts() throws {
    #expect(try #require(fields("f2 f3 0f 10 c1")).repeatPrefix == 0xF3)
    #expect(try #require(fields("f3 f2 0f 10 c1")).repeatPrefix == 0xF2)
  }

  @Test func rexCountsOnlyBeforeTheOpcode() throws {
    #expect(try #require(fields("48 66 01 c0")).rex == 0)
    #expect(try #require(fields("66 48 01 c0")).rex == 0x48)
    #expect(try #require(fields("41 48 01 c0")).rex == 0x48)
  }

  @Test func vexFields() throws {
    let short = try #require(fields("c5 e8 58 c3"))
    #expect(short.isVEX && short.map == 1 && short.vvvv == 2 && !short.vexL && short.pp == 0)
    let long = try #require(fields("c4 42 e5 98 c3"))
    #expect(long.map == 2 && long.w && long.vexL && long.vvvv == 3 && long.pp == 1)
    #expect(long.extendReg == 8 && long.extendBase == 8 && long.extendIndex == 0)
  }

  @Test(arguments: ["66 c5 e8 58 c3", "f3 c5 e8 58 c3", "f0 c5 e8 58 c3", "48 c5 e8 58 c3"])
  func prefixesBeforeVEXAreRefused(text: String) {
    #expect(fields(text) == nil)
  }

  @Test func addressesWithoutModRM() throws {
    let long = try #require(fields("48 a1 88 77 66 55 44 33 22 11"))
    #expect(long.displacementSize == 8 && long.displacement == 0x1122_3344_5566_7788 && long.length == 10)
    let short = try #require(fields("67 a0 ff ff ff ff"))
    #expect(short.displacementSize == 4 && short.displacement == 0xFFFF_FFFF && short.length == 6)
  }

  @Test func immediateSizesFollowTheOperandSize() throws {
    #expect(try #require(fields("66 b8 34 12")).immediateSize == 2)
    #expect(try #require(fields("b8 78 56 34 12")).immediateSize == 4)
    #expect(try #require(fields("48 b8 08 07 06 05 04 03 02 01")).immediateSize == 8)
    #expect(try #require(fields("66 48 81 c0 00 00 00 00")).immediateSize == 4)
    #expect(try #require(fields("c8 10 00 01")).immediateSize == 3)
    #expect(try #require(fields("f6 c0 01")).immediateSize == 1)
    #expect(try #require(fields("f7 d8")).immediateSize == 0)
  }

  @Test func cutShortIsNothing() {
    let whole = hexBytes("48 81 84 d8 f8 ff ff ff 78 56 34 12")
    for count in 0..<whole.count {
      #expect(whole[..<count].withUnsafeBytes { EncodingFields($0) } == nil)
    }
  }

  @Test func fifteenBytesAreTheLimit() {
    #expect(fields(String(repeating: "66 ", count: 14) + "90") != nil)
    #expect(fields(String(repeating: "66 ", count: 15) + "90") == nil)
    #expect(fields(String(repeating: "2e ", count: 10) + "b8 00 00 00 00") != nil)
    #expect(fields(String(repeating: "2e ", count: 11) + "b8 00 00 00 00") == nil)
  }
}
