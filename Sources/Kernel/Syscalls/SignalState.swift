import CHost
import Glibc
import LinuxABI

/// A signal's disposition as a program sets it (the kernel's struct sigaction, asm/signal.h).
package struct SignalAction: BitwiseCopyable, Sendable {
  package var handler: UInt64 = 0
  package var flags: UInt64 = 0
  package var restorer: UInt64 = 0
  package var mask: UInt64 = 0

  package init() {}

  /// SIG_DFL, SIG_IGN.
  package var isDefault: Bool { handler == 0 }
  package var isIgnored: Bool { handler == 1 }
  package var isCaught: Bool { handler > 1 }

  /// `UAPI_SA_FLAGS`: the kernel clears all others, so that programs can find out what it knows (man 2 sigaction).
  static let knownFlags: UInt64 = 0xdc00_0807
  static let restart: UInt64 = 0x1000_0000
}

/// Dispositions, mask and pending signals of the guest.
///
/// The host keeps the same dispositions and the same mask, as far as it can: what the guest ignores, blocks or leaves
/// at the default is ignored, blocked or deadly for swemu too, pending signals wait with the host, and stopping and
/// continuing are the host's own. Handlers are the exception: they cannot run on the host, so the host only records
/// that the signal came. SIGSEGV and SIGBUS are swemu's own on the host, and kept here alone.
package final class SignalState {
  private var actions: [SignalAction?] = Array(repeating: nil, count: 65)
  /// Blocked signals, bit n - 1 for signal n.
  package private(set) var mask: UInt64
  /// Pending signals of those that the host does not keep.
  package private(set) var pending: UInt64 = 0
  /// The alternate stack (man 2 sigaltstack).
  package var alternateStack = AlternateStack()

  /// SIGKILL and SIGSTOP, which nobody blocks.
  static let unblockable = bit(9) | bit(19)
  /// SIGBUS and SIGSEGV.
  private static let own = bit(7) | bit(11)

  static func bit(_ signal: Int32) -> UInt64 { signal >= 1 && signal <= 64 ? 1 << UInt64(signal - 1) : 0 }

  package init() {
    var inherited: UInt64 = 0
    _ = withUnsafeMutablePointer(to: &inherited) { hostCall(.rt_sigprocmask, 0, 0, Int(bitPattern: $0), 8) }
    mask = inherited
  }

  // MARK: - Dispositions

  /// A signal's disposition; at first what the host's was when swemu started, for handlers the default.
  package func action(_ signal: Int32) -> SignalAction {
    guard signal >= 1, signal <= 64 else { return SignalAction() }
    if let known = actions[Int(signal)] { return known }
    var action = SignalAction()
    var host = swemu_sigaction()
    // exec keeps ignored signals ignored (man 7 signal).
    if Self.own & Self.bit(signal) == 0, swemu_get_signal(signal, &host) == 0, host.handler == 1 { action.handler = 1 }
    actions[Int(signal)] = action
    return action
  }

  /// Sets a disposition, here and on the host.
  package func setAction(_ signal: Int32, _ action: SignalAction) {
    guard signal >= 1, signal <= 64 else { return }
    actions[Int(signal)] = action
    if action.isIgnored || action.isDefault && Self.isIgnoredByDefault(signal) { pending &= ~Self.bit(signal) }
    guard Self.own & Self.bit(signal) == 0 else { return }
    // SA_NOCLDSTOP and SA_NOCLDWAIT change what the host does about children.
    let flags = action.flags & 3
    _ = action.isCaught ? swemu_catch_signal(signal, flags) : swemu_set_signal(signal, action.handler, flags)
  }

  /// In the child of a fork: nothing is pending (man 2 fork).
  func becomeForkChild() {
    pending = 0
    _ = swemu_take_caught_signals()
  }

  /// Handlers become the default action (flush_signal_handlers), as exec and CLONE_CLEAR_SIGHAND have it.
  func resetHandlers() {
    for signal: Int32 in 1...64 {
      guard let known = actions[Int(signal)] else { continue }
      var action = SignalAction()
      if known.isIgnored { action.handler = known.handler }
      if known.isCaught || known.flags != 0 || known.mask != 0 { setAction(signal, action) }
    }
  }

  /// exec: no handlers, no alternate stack.
  func becomeNewProgram() {
    resetHandlers()
    alternateStack = AlternateStack()
  }

  /// Signals that are ignored, or have a handler, as /proc/PID/status shows them.
  package var ignored: UInt64 { signals { $0.isIgnored } }
  package var caught: UInt64 { signals { $0.isCaught } }

  private func signals(_ condition: (SignalAction) -> Bool) -> UInt64 {
    (1...64).reduce(0) { condition(action($1)) ? $0 | Self.bit($1) : $0 }
  }

  /// SIGCHLD, SIGCONT, SIGURG, SIGWINCH (man 7 signal).
  static func isIgnoredByDefault(_ signal: Int32) -> Bool { [17, 18, 23, 28].contains(signal) }
  /// SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU.
  static func stopsByDefault(_ signal: Int32) -> Bool { (19...22).contains(signal) }

  /// Whether a signal, sent now, ends the process.
  func isDeadly(_ signal: Int32) -> Bool {
    guard signal >= 1, signal <= 64 else { return false }
    if signal == 9 { return true }
    return action(signal).isDefault && mask & Self.bit(signal) == 0 && !Self.isIgnoredByDefault(signal)
      && !Self.stopsByDefault(signal)
  }

  // MARK: - Blocking

  /// Blocks these signals and no others. Returns one that was pending, is not blocked any more, and is deadly.
  package func setMask(_ new: UInt64) -> Int32? {
    mask = new & ~Self.unblockable
    var host = Self.hostMask(mask)
    _ = withUnsafeMutablePointer(to: &host) { hostCall(.rt_sigprocmask, 2, Int(bitPattern: $0), 0, 8) }
    return takeDeadly(unblocked: mask)
  }

  /// The mask that the host gets for a mask of the guest.
  static func hostMask(_ mask: UInt64) -> UInt64 { mask & ~(unblockable | own) }

  /// A pending signal outside `mask` that ends the process.
  func takeDeadly(unblocked mask: UInt64) -> Int32? {
    let ready = pending & ~mask
    guard ready != 0 else { return nil }
    pending &= mask
    for signal: Int32 in 1...64 where ready & Self.bit(signal) != 0 && action(signal).isDefault { return signal }
    return nil
  }

  /// Whether the host does not keep this signal, so that sending it to this process is for `post`.
  static func isKeptHere(_ signal: Int32) -> Bool { own & bit(signal) != 0 }

  /// The guest sends itself a signal that the host does not keep, and that is not deadly now.
  func post(_ signal: Int32) {
    if mask & Self.bit(signal) != 0, !action(signal).isIgnored { pending |= Self.bit(signal) }
  }

  /// Takes pending signals of `set` away (sigtimedwait).
  func take(from set: UInt64) -> Int32? {
    let ready = pending & set
    guard ready != 0 else { return nil }
    let signal = Int32(ready.trailingZeroBitCount + 1)
    pending &= ~Self.bit(signal)
    return signal
  }

  // MARK: - Interrupted calls

  enum Interruption {
    /// Nothing of the guest's.
    case none
    /// Only handlers with SA_RESTART.
    case restarting
    case ending
  }

  /// Whether signals with handlers came since the last time.
  func takeInterruption() -> Interruption {
    let caught = swemu_take_caught_signals()
    guard caught != 0 else { return .none }
    for signal: Int32 in 1...64 where caught & Self.bit(signal) != 0 {
      if action(signal).flags & SignalAction.restart == 0 { return .ending }
    }
    return .restarting
  }
}

/// struct stack_t (asm-generic/signal-defs.h).
package struct AlternateStack: BitwiseCopyable, Sendable {
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
    flags & Self.autodisarm == 0 && pointer > address && pointer &- address <= size
  }
}

/// Makes a system call of the host outside of any guest's call.
@discardableResult
func hostCall(_ number: SyscallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0) -> Int {
  swemu_syscall(number.rawValue, a, b, c, d, 0, 0)
}
