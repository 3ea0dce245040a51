// SYSCALL, and what blocks need besides instructions.

import CMachine
import X86

enum SystemCall: Semantics {
  /// RCX gets the return address, R11 the flags (SDM vol. 2, SYSCALL).
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    try c.finishBlock(p)
    let next = p.rip &+ 2
    c.cpu.rcx = next
    c.cpu[gpr: 11] = LazyFlags.packed(c.cpu)
    c.cpu.pointee.rip = next
    c.cpu.pointee.exit_reason = SWEMU_EXIT_SYSCALL.rawValue
    throw Departure()
  }
}

/// Planted where a block must be looked up again; RIP is set already.
enum LeaveForResume: Semantics {
  @inline(__always) static func execute<P: Path>(_ c: Context<P>, _ p: OpPointer) throws(Departure) -> OpPointer {
    c.cpu.pointee.exit_reason = SWEMU_EXIT_RESUME.rawValue
    throw Departure()
  }
}

extension LoweringRules {
  static let system: [LoweringRow] = [
    LoweringRow(.syscall) { $0.end(Handlers.system[1]) }
  ]

  /// String instructions and others whose memory operand is not written down.
  static func touchesMemoryImplicitly(_ mnemonic: Mnemonic) -> Bool {
    switch mnemonic {
    case .movsb, .movsw, .movsdString, .movsq, .stosb, .stosw, .stosd, .stosq, .lodsb, .lodsw, .lodsd, .lodsq, .scasb,
      .scasw, .scasd, .scasq, .cmpsb, .cmpsw, .cmpsdString, .cmpsq, .xlatb, .pushfq, .pushf, .popfq, .popf, .maskmovdqu,
      .maskmovq, .vmaskmovdqu:
      true
    default: false
    }
  }
}

extension Lowering {
  /// Ends the block with a terminator that has no links.
  mutating func end(_ handler: HandlerBits) -> Lowered {
    guard handler != 0 else { return .unsupported }
    op.handler = handler
    return .terminator(extensionImm: 0)
  }
}
