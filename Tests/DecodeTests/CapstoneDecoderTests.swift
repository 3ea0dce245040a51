import Testing
import X86

@testable import Decode

@Suite struct CapstoneDecoderTests {
  func decode(_ bytes: [UInt8], at address: UInt64 = 0x1000) throws -> Instruction? {
    let decoder = try CapstoneDecoder()
    return bytes.withUnsafeBytes { decoder.decode($0, at: address) }
  }

  @Test func movLoadsThroughBaseAndIndex() throws {
    let instruction = try #require(try decode([0x48, 0x8B, 0x44, 0xD8, 0xF8]))
    #expect(instruction.mnemonic == .mov)
    #expect(instruction.length == 5)
    #expect(instruction.op0.register == Register(.general64, 0))
    #expect(instruction.op1.base == Register(.general64, 0))
    #expect(instruction.op1.index == Register(.general64, 3))
    #expect(instruction.op1.scale == 8)
    #expect(instruction.op1.displacement == -8)
    #expect(instruction.op1.width == 64)
  }

  @Test func relativeBranchesCarryTheirTarget() throws {
    let instruction = try #require(try decode([0x66, 0xE9, 0x10, 0, 0, 0, 0x90]))
    #expect(instruction.mnemonic == .jmp)
    #expect(instruction.length == 6)
    #expect(instruction.op0.immediate == 0x1016)
  }

  @Test func stringInstructionsHaveNoOperands() throws {
    let instruction = try #require(try decode([0xF3, 0xA5]))
    #expect(instruction.mnemonic == .movsdString)
    #expect(instruction.prefixes.contains(.rep))
    #expect(instruction.operandCount == 0)
    #expect(instruction.operandWidth == 32)
  }
}
