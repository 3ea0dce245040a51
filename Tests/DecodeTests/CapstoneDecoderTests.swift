import Testing
import X86

@testable import Decode

@Suite struct CapstoneDecoderTests {
  @Test func loadsThroughBaseAndIndex() throws {
    let instruction = try #require(try CapstoneDecoder().decode("48 8b 44 d8 f8"))
    #expect(instruction.mnemonic == .mov)
    #expect(instruction.length == 5 && instruction.nextAddress == 0x1005)
    #expect(instruction.bytes == hexBytes("48 8b 44 d8 f8"))
    #expect(instruction.opcodeMap == 0 && instruction.opcode == 0x8B && instruction.modRM == 0x44)
    #expect(instruction.rex == 0x48 && instruction.sib == 0xD8 && instruction.displacementSize == 1)
    #expect(instruction.op0.register == Register(.general64, 0))
    #expect(instruction.op1.base == Register(.general64, 0))
    #expect(instruction.op1.index == Register(.general64, 3))
    #expect(instruction.op1.scale == 8 && instruction.op1.displacement == -8 && instruction.op1.width == 64)
    #expect(
      instruction.op0.isWritten && !instruction.op0.isRead && instruction.op1.isRead && !instruction.op1.isWritten)
    #expect(instruction.operandWidth == 64 && instruction.addressWidth == 64)
  }

  @Test func oneFormServesAllRegisters() throws {
    let decoder = try CapstoneDecoder()
    let first = try #require(decoder.decode("01 c8"))
    let count = decoder.formCount
    let second = try #require(decoder.decode("45 01 fe"))
    #expect(decoder.formCount == count)
    #expect(first.description == "add    eax,ecx")
    #expect(second.description == "add    r14d,r15d")
  }

  @Test func nothingOfOneInstructionIsLeftInTheNext() throws {
    let decoder = try CapstoneDecoder()
    _ = decoder.decode("c4 e2 e9 98 84 d8 00 01 00 00")
    let instruction = try #require(decoder.decode("01 c8"))
    #expect(instruction.op0.base == .none && instruction.op1.index == .none && instruction.op2 == Operand())
    #expect(instruction.sib == nil && !instruction.vex.isPresent && instruction.bytesHigh == 0)
  }

  @Test func relativeBranchesCarryTheirTarget() throws {
    let decoder = try CapstoneDecoder()
    #expect(try #require(decoder.decode("e9 10 00 00 00")).branchTarget == 0x1015)
    #expect(try #require(decoder.decode("eb fe")).branchTarget == 0x1000)
    #expect(try #require(decoder.decode("0f 84 00 f0 ff ff")).branchTarget == 0x6)
    #expect(try #require(decoder.decode("e8 00 f0 ff ff", at: 0)).branchTarget == 0xFFFF_FFFF_FFFF_F005)
    #expect(try #require(decoder.decode("e8 00 10 00 00", at: 0xFFFF_FFFF_FFFF_F000)).branchTarget == 5)
  }

  @Test func highByteRegistersNeedTheAbsenceOfREX() throws {
    let decoder = try CapstoneDecoder()
    #expect(try #require(decoder.decode("88 e0")).op1.register == Register(.high8, 0))
    #expect(try #require(decoder.decode("40 88 e0")).op1.register == Register(.general8, 4))
  }

  @Test(arguments: [
    ("48 83 c0 ff", -1), ("83 c0 80", -128), ("04 ff", -1), ("b8 ff ff ff ff", -1),
    ("48 c7 c0 00 00 00 80", -2_147_483_648),
    ("6a ff", -1), ("66 68 00 80", -32768), ("c1 e0 ff", 255), ("c2 ff ff", 65535), ("cd 80", 128), ("e4 ff", 255),
    ("0f ba e0 ff", 255), ("66 0f 70 c1 ff", 255), ("d1 e0", 1), ("48 6b c1 f0", -16),
  ]) func immediatesAreExtendedAsTheInstructionDoesIt(text: String, value: Int64) throws {
    let instruction = try #require(try CapstoneDecoder().decode(text))
    #expect(instruction[operand: Int(instruction.operandCount) - 1].immediate == value)
  }

  @Test func segmentOverrides() throws {
    let decoder = try CapstoneDecoder()
    #expect(try #require(decoder.decode("64 48 8b 04 25 28 00 00 00")).segment == .fs)
    #expect(try #require(decoder.decode("2e 8b 00")).segment == .none)
    #expect(try #require(decoder.decode("65 64 8b 00")).segment == .fs)
  }
}
