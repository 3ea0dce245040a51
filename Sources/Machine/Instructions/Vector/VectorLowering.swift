// Operands of vector instructions beyond SSE2, and of VEX encodings of SSE's.

import CMachine
import X86

extension Lowering {
  /// Any instruction of the vector table whose operands are what ModRM and VEX.vvvv say.
  mutating func vector() -> Lowered {
    let i = instruction
    return vector(i.mnemonic.name + (i.op0.kind == .memory ? ".s" : ""))
  }

  /// The same with the table's line called `name`.
  mutating func vector(_ name: String) -> Lowered {
    let i = instruction
    if i.op0.register.file == .mmx || i.op1.register.file == .mmx { return mmx() }
    switch (i.op0.kind, i.op1.kind, i.op2.kind) {
    // Stores: the register comes second; a mask before it.
    case (.memory, .register, .register): return vector(name, reg: i.op2, vvvv: i.op1, rm: i.op0)
    case (.memory, .register, _): return vector(name, reg: i.op1, vvvv: i.op1, rm: i.op0)
    case (.register, .register, .register), (.register, .register, .memory):
      // XMM0 of the legacy blends and of SHA256RNDS2 is no operand of the encoding.
      if !i.vex.isPresent { return vector(name, reg: i.op0, vvvv: i.op0, rm: i.op1) }
      return vector(name, reg: i.op0, vvvv: i.op1, rm: i.op2)
    case (.register, .register, _), (.register, .memory, _):
      return vector(name, reg: i.op0, vvvv: i.op0, rm: i.op1)
    case (.none, _, _): return vector(name, reg: Operand.xmm0, vvvv: Operand.xmm0, rm: Operand.xmm0)
    default: return .unsupported
    }
  }

  /// Fills in the operands; `part` is added to the register offset of `rm`.
  mutating func vector(_ name: String, reg: Operand, vvvv: Operand, rm: Operand, part: Int32 = 0) -> Lowered {
    let length = VectorTable.Length(instruction)
    // Scalars ignore VEX.L.
    let found = VectorTable.find(name, length) ?? (length == .vex256 ? VectorTable.find(name, .vex128) : nil)
    guard let entry = found, let dst = Offset.of(reg.register), let src = Offset.of(vvvv.register) else {
      return .unsupported
    }
    op.dst = dst
    op.src = src
    op.imm = UInt64(UInt(bitPattern: entry)) | UInt64(immediateByte) << 56
    let isChecked = checksFloat && Int32(entry.pointee.flags) & SWEMU_VECTOR_FLOAT != 0
    switch rm.kind {
    case .register:
      guard let offset = Offset.of(rm.register) else { return .unsupported }
      op.disp = Int32(offset) + part
      return emit(isChecked ? Handlers.vectorChecked[0] : HandlerBits(swemu_vector_register_form(entry)))
    case .memory:
      _ = setMemory(rm, general: true)
      if isChecked { return emit(Handlers.vectorChecked[1]) }
      let isBaseAlone = op.kind == 0 && op.index == Offset.zero
      return emit(HandlerBits(isBaseAlone ? swemu_vector_base_form(entry) : swemu_vector_memory_form(entry)))
    default: return .unsupported
    }
  }
}

extension Operand {
  fileprivate static let xmm0: Operand = {
    var operand = Operand()
    operand.kind = .register
    operand.register = Register(.xmm, 0)
    return operand
  }()
}
