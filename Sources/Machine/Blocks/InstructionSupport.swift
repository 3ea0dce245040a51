import X86

/// What becomes of an instruction (docs/Instructions.md).
package enum InstructionSupport: String, Sendable {
  case executed = "yes"
  /// As on a processor: privileged, or without a meaning in 64-bit mode at privilege level 3.
  case generalProtection = "#GP"
  case invalidOpcode = "#UD"
  /// A rule is missing: #UD, with a report.
  case missing = "no"
}

extension Machine {
  /// What a block makes of `instruction`, on a model that has its features.
  package static func support(of instruction: Instruction) -> InstructionSupport {
    withUnsafePointer(to: instruction) { place in
      var lowering = Lowering(
        place, blockAddress: instruction.address, position: 0, flagsAreLive: true, checksFloat: false)
      guard let rule = LoweringRules.rule(for: instruction.mnemonic) else { return .missing }
      switch rule(&lowering) {
      case .unsupported: return .missing
      default: break
      }
      if lowering.op.handler == Handlers.trap[0] { return .invalidOpcode }
      return lowering.op.handler == Handlers.trap[1] ? .generalProtection : .executed
    }
  }
}
