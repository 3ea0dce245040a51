import LinuxABI
import Machine
import X86

/// Saying where in the program something is.
extension Process {
  /// `0x401136 (main+0x12)`.
  package func place(_ address: UInt64) -> String {
    let name = symbolizer.describe(address, program: image.executablePath)
    return hex(address) + (name.map { " (\($0))" } ?? "")
  }

  /// The instruction at `address`, decoded without any effect on the program; nil where there is none.
  package func instruction(at address: UInt64) -> Instruction? {
    let bytes = memory.peek(address, count: 15)
    return bytes.withUnsafeBytes { machine.decode($0, at: address) }
  }

  /// `48 89 c7`, at most 15 bytes from `address` on.
  package func codeBytes(_ address: UInt64, count: Int) -> String {
    memory.peek(address, count: UInt64(count)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined(separator: " ")
  }

  /// One line for an instruction that the processor refused, if it is one that a processor could know.
  func reportUnimplemented(_ exception: Exception, _ cpu: CPU) {
    let rip = cpu.pointee.rip
    guard let instruction = instruction(at: rip), instruction.isMeantToRun else { return }
    let bytes = codeBytes(rip, count: Int(instruction.length))
    let missing = instruction.requiredFeatures.subtracting(machine.model.features).names
    let what =
      missing.isEmpty
      ? "unimplemented instruction" : "instruction beyond the CPU model (\(missing.joined(separator: ", ")))"
    diagnostics?("\(what) at \(place(rip)): \(bytes): \(instruction.description)")
  }
}

extension Instruction {
  /// False for the encodings that exist to raise #UD, and for LOCK before registers.
  fileprivate var isMeantToRun: Bool {
    switch mnemonic {
    case .ud0, .ud1, .ud2, .ud2b, .invalid: false
    default: !prefixes.contains(.lock) || op0.kind == .memory
    }
  }
}
