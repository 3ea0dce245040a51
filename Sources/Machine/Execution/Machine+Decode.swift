import X86

extension Machine {
  /// Decodes without executing, for reports; nil where the bytes are no instruction that is known.
  package func decode(_ bytes: UnsafeRawBufferPointer, at address: UInt64) -> Instruction? {
    // The decoder keeps what it found.
    memory.locked { decoder.decode(bytes, at: address) }
  }
}
