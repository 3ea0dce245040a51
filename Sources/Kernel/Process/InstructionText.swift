import X86

extension Instruction {
  /// The instruction as an assembler writes it.
  package var text: String { mnemonic.name }
}
