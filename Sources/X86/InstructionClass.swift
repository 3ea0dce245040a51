// Kinds of instruction by what they do to the flow of control, and which may be locked.

extension Instruction {
  /// JMP, Jcc, LOOPcc and JrCXZ, near or far; not calls and returns.
  package var isJump: Bool {
    switch mnemonic {
    case .jmp, .ljmp: true
    default: isConditionalBranch
    }
  }

  /// Jcc, LOOPcc and JrCXZ: may fall through.
  package var isConditionalBranch: Bool {
    switch mnemonic {
    case .loop, .loope, .loopne, .jrcxz, .jecxz: true
    case .ja, .jae, .jb, .jbe, .je, .jg, .jge, .jl, .jle, .jne, .jno, .jnp, .jns, .jo, .jp, .js: true
    default: false
    }
  }

  package var isCall: Bool { mnemonic == .call || mnemonic == .lcall }

  /// RET, near and far, and IRET.
  package var isReturn: Bool {
    switch mnemonic {
    case .ret, .retf, .retfq, .iret, .iretd, .iretq: true
    default: false
    }
  }

  /// Jumps, calls and returns: whatever may send control somewhere else than to `nextAddress` without a trap.
  package var isBranch: Bool { isJump || isCall || isReturn }

  /// A branch whose target is read from a register, from memory or from the stack.
  package var isIndirect: Bool { isReturn || ((isJump || isCall) && op0.kind != .immediate) }

  /// Where a direct jump or call goes.
  package var branchTarget: UInt64? {
    guard isJump || isCall, op0.kind == .immediate else { return nil }
    return UInt64(bitPattern: op0.immediate)
  }

  /// Whether the instruction may carry a LOCK prefix, which raises #UD elsewhere (SDM vol. 2A, LOCK): the listed
  /// read-modify-write instructions, and those only with memory as their destination.
  package var isLockable: Bool {
    guard op0.kind == .memory else { return false }
    switch mnemonic {
    case .add, .adc, .and, .btc, .btr, .bts, .cmpxchg, .cmpxchg8b, .cmpxchg16b, .dec, .inc, .neg, .not, .or, .sbb, .sub,
      .xadd, .xchg, .xor:
      return true
    default: return false
    }
  }

  /// False where a LOCK prefix makes the instruction raise #UD.
  package var isLockValid: Bool { !prefixes.contains(.lock) || isLockable }
}
