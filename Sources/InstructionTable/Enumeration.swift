import X86

/// Every encoding that the decoder knows, one of each operand form.
struct Enumeration {
  private let decoder: any InstructionDecoder
  /// Instructions by name, in the order in which they were found.
  private(set) var byName: [String: [Instruction]] = [:]
  private var seen: Set<String> = []

  init(decoder: any InstructionDecoder) {
    self.decoder = decoder
    for map in 0...3 {
      for opcode in UInt8.min...UInt8.max {
        for modRM in [0xc1, 0x04, 0x01] as [UInt8] {
          for digit in UInt8(0)..<8 {
            // x87 instructions use all of ModRM.
            let isX87 = map == 0 && opcode & 0xf8 == 0xd8 && modRM == 0xc1
            for rm in isX87 ? UInt8(0)..<8 : 0..<1 {
              add(map, opcode, isX87 ? 0xc0 | digit << 3 | rm : modRM | digit << 3)
            }
          }
        }
      }
    }
  }

  private mutating func add(_ map: Int, _ opcode: UInt8, _ modRM: UInt8) {
    let escapes: [[UInt8]] = [[], [0x0f], [0x0f, 0x38], [0x0f, 0x3a]]
    for prefix in [[], [0x66], [0xf3], [0xf2]] as [[UInt8]] {
      for rex in [[], [0x48]] as [[UInt8]] { take(prefix + rex + escapes[map] + [opcode, modRM]) }
    }
    guard map > 0 else { return }
    for last in UInt8(0)..<8 {
      for width in [0, 0x80] as [UInt8] {
        for vvvv in [0x78, 0x60] as [UInt8] { take([0xc4, 0xe0 | UInt8(map), width | vvvv | last, opcode, modRM]) }
      }
    }
  }

  /// An index of XMM1 in a SIB byte keeps a gather's registers apart; elsewhere the bytes are displacement or immediate.
  private mutating func take(_ bytes: [UInt8]) {
    let padded = bytes + [0x88, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    let decoded = padded.withUnsafeBytes { decoder.decode(UnsafeRawBufferPointer(rebasing: $0.prefix(15)), at: 0x1000) }
    guard let instruction = decoded else { return }
    let key = "\(instruction.mnemonic.name)|\(instruction.formText)|\(instruction.vex.isPresent)"
    if seen.insert(key).inserted { byName[instruction.mnemonic.name, default: []].append(instruction) }
  }
}

extension Instruction {
  /// Operands as the manual writes them: "xmm, xmm, m128".
  var formText: String {
    (0..<Int(operandCount)).map { index in
      let operand = self[operand: index]
      switch operand.kind {
      case .memory: return operand.width == 0 ? "mem" : "m\(operand.width)"
      case .immediate: return condition != nil || mnemonic == .jmp || mnemonic == .call ? "rel" : "imm"
      default:
        switch operand.register.file {
        case .general8, .high8: return "r8"
        case .general16: return "r16"
        case .general32: return "r32"
        case .general64: return "r64"
        case .mmx: return "mm"
        case .x87: return "st"
        case .segment: return "sreg"
        case .control: return "cr"
        case .debug: return "dr"
        default: return "\(operand.register.file)"
        }
      }
    }.joined(separator: ", ")
  }
}
