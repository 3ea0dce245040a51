/// Operand combinations that tests of general-purpose instructions go through.
enum Forms {
  static let widths = [8, 16, 32, 64]

  /// Memory operands in reach of RBX: plain, displaced, indexed by R12 (which `smallIndex` sets), crossing a page.
  static let memory: [(name: String, rm: Encoding.RM)] = [
    ("[rbx]", .memory(base: R.rbx)),
    ("[rbx-3]", .memory(base: R.rbx, displacement: -3)),
    ("[rbx+r12*4+0x91]", .memory(base: R.rbx, index: R.r12, scale: 4, displacement: 0x91)),
  ]

  static let registers: [(name: String, rm: Encoding.RM)] = [
    ("eax", .register(R.rax)), ("edx", .register(R.rdx)), ("edi", .register(R.rdi)), ("r13", .register(R.r13)),
  ]

  static let all = registers + memory

  static func smallIndex(_ state: inout ProcessorState, _ generator: inout SplitMix) {
    state.gpr[R.r12] = generator.next() & 0xff
  }
}

/// Encodings of one-byte opcodes whose lowest bit tells bytes from wider operands.
func sized(_ byteOpcode: UInt8, _ width: Int) -> UInt8 { width == 8 ? byteOpcode : byteOpcode | 1 }
