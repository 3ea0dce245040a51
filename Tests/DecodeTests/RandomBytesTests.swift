import Testing
import X86

@testable import Decode

@Suite struct RandomBytesTests {
  /// 50,000 by default, a million with `SWEMU_TEST_DECODER=full`.
  @Test func neverFailOtherwiseThanByRefusing() throws {
    let decoder = try CapstoneDecoder()
    var random = Splitter(state: 3)
    var accepted = 0
    for _ in 0..<(Objdump.isComplete ? 1_000_000 : 50_000) {
      let count = Int(random.next() % 16)
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      guard let instruction = decoder.decode(bytes, at: random.next()) else { continue }
      accepted += 1
      check(instruction, bytes)
    }
    #expect(accepted > 0)
  }

  /// Chains of prefixes, which plain random bytes rarely make.
  @Test func prefixesInAnyNumber() throws {
    let decoder = try CapstoneDecoder()
    let prefixes: [UInt8] = [
      0x26, 0x2E, 0x36, 0x3E, 0x40, 0x48, 0x4F, 0x64, 0x65, 0x66, 0x67, 0xC4, 0xC5, 0xF0, 0xF2, 0xF3,
    ]
    var random = Splitter(state: 4)
    for _ in 0..<(Objdump.isComplete ? 1_000_000 : 20_000) {
      var bytes = (0..<Int(random.next() % 14)).map { _ in prefixes[Int(random.next() % 16)] }
      while bytes.count < 15 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
      if let instruction = decoder.decode(bytes, at: 0) { check(instruction, bytes) }
    }
  }

  @Test func cutShortIsNothing() throws {
    let decoder = try CapstoneDecoder()
    var random = Splitter(state: 5)
    for _ in 0..<5_000 {
      let bytes = (0..<15).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      guard let instruction = decoder.decode(bytes, at: 0) else { continue }
      for count in 0..<Int(instruction.length) { #expect(decoder.decode(Array(bytes[..<count]), at: 0) == nil) }
      #expect(decoder.decode(Array(bytes[..<Int(instruction.length)]), at: 0)?.mnemonic == instruction.mnemonic)
    }
  }

  private func check(_ instruction: Instruction, _ bytes: [UInt8]) {
    let isSound =
      instruction.mnemonic != .invalid && instruction.length >= 1 && Int(instruction.length) <= bytes.count
      && instruction.bytes == Array(bytes[..<Int(instruction.length)]) && instruction.operandCount <= 4
      && (0..<4).allSatisfy { (instruction[operand: $0].kind == .none) == ($0 >= Int(instruction.operandCount)) }
      && !instruction.description.isEmpty
    if !isSound { Issue.record("\(bytes) became \(instruction)") }
  }
}
