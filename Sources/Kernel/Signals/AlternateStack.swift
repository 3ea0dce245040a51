import LinuxABI

/// struct stack_t (asm-generic/signal-defs.h).
package struct AlternateStack: BitwiseCopyable, Sendable, Equatable {
  package var address: UInt64 = 0
  /// As the program gave them: 0, SS_ONSTACK or SS_DISABLE, and SS_AUTODISARM.
  package var flags: UInt32 = AlternateStack.disabled
  var padding: UInt32 = 0
  package var size: UInt64 = 0

  package static let onStack: UInt32 = 1, disabled: UInt32 = 2, autodisarm: UInt32 = 1 << 31
  /// `MINSIGSTKSZ`.
  package static let minimum: UInt64 = 2048

  package init() {}

  /// Whether a stack pointer lies on it (on_sig_stack).
  package func contains(_ pointer: UInt64) -> Bool {
    flags & Self.autodisarm == 0 && spans(pointer)
  }

  /// The same, whether or not the stack disarms itself (__on_sig_stack).
  func spans(_ pointer: UInt64) -> Bool { pointer > address && pointer &- address <= size }

  /// SS_DISABLE, SS_ONSTACK, or 0 for a stack that is there and not in use (sas_ss_flags).
  func state(at pointer: UInt64) -> UInt32 { size == 0 ? Self.disabled : contains(pointer) ? Self.onStack : 0 }
}

extension GuestThread {
  /// do_sigaltstack: the error, if the stack is refused.
  @discardableResult
  func setAlternateStack(address: UInt64, flags: UInt32, size: UInt64) -> Errno? {
    var new = AlternateStack()
    (new.address, new.flags, new.size) = (address, flags, size)
    if alternateStack.contains(cpu.rsp) { return .EPERM }
    let mode = flags & ~AlternateStack.autodisarm
    guard mode == AlternateStack.disabled || mode == AlternateStack.onStack || mode == 0 else { return .EINVAL }
    if new == alternateStack { return nil }
    if mode == AlternateStack.disabled {
      (new.address, new.size) = (0, 0)
    } else if size < AlternateStack.minimum {
      return .ENOMEM
    }
    alternateStack = new
    return nil
  }
}
