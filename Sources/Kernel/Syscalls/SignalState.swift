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
  static let restart: UInt64 = 0x1000_0000, resetHandler: UInt64 = 0x8000_0000, noDefer: UInt64 = 0x4000_0000
}

/// Dispositions of the guest's signals, which all its threads share.
///
/// The host keeps the same dispositions and the same masks, as far as it can: what the guest ignores, blocks or leaves
/// at the default is ignored, blocked or deadly for swemu too, pending signals wait with the host, and stopping and
/// continuing are the host's own. Handlers are the exception: they cannot run on the host, so the host only records
/// that the signal came (CHostSignals.c). SIGSEGV and SIGBUS are swemu's own on the host.
///
/// A lock guards the dispositions; it is held for a few instructions only.
package final class SignalState {
  private let actions: UnsafeMutablePointer<SignalAction>
  /// Bit n - 1: the disposition of signal n is in `actions`.
  private var known: UInt64 = 0
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  /// The mask that swemu was started with.
  let inheritedMask: UInt64
  /// Whether deadly signals with a core file are recorded, because RLIMIT_CORE allows one.
  private(set) var writesCores = false
  /// Whether a debugger wants to hear of signals that the program leaves at the default, too.
  private(set) var reportsAll = false

  /// SIGKILL and SIGSTOP, which nobody blocks.
  static let unblockable = bit(9) | bit(19)
  /// SIGBUS and SIGSEGV.
  static let own = bit(7) | bit(11)

  static func bit(_ signal: Int32) -> UInt64 { signal >= 1 && signal <= 64 ? 1 << UInt64(signal - 1) : 0 }

  package init() {
    var inherited: UInt64 = 0
    _ = withUnsafeMutablePointer(to: &inherited) { hostCall(.rt_sigprocmask, 0, 0, Int(bitPattern: $0), 8) }
    inheritedMask = inherited
    actions = .allocate(capacity: 65)
    actions.initialize(repeating: SignalAction(), count: 65)
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    actions.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  // MARK: - Dispositions

  /// A signal's disposition; at first what the host's was when swemu started, for handlers the default.
  package func action(_ signal: Int32) -> SignalAction {
    guard signal >= 1, signal <= 64 else { return SignalAction() }
    return locked { lockedAction(signal) }
  }

  private func lockedAction(_ signal: Int32) -> SignalAction {
    if known & Self.bit(signal) != 0 { return actions[Int(signal)] }
    var action = SignalAction()
    var host = swemu_sigaction()
    // exec keeps ignored signals ignored (man 7 signal).
    if Self.own & Self.bit(signal) == 0, swemu_get_signal(signal, &host) == 0, host.handler == 1 { action.handler = 1 }
    actions[Int(signal)] = action
    known |= Self.bit(signal)
    return action
  }

  /// Sets a disposition, here and on the host.
  package func setAction(_ signal: Int32, _ action: SignalAction) {
    guard signal >= 1, signal <= 64 else { return }
    locked { lockedSet(signal, action) }
  }

  private func lockedSet(_ signal: Int32, _ action: SignalAction) {
    actions[Int(signal)] = action
    known |= Self.bit(signal)
    guard Self.own & Self.bit(signal) == 0 else { return }
    // SA_NOCLDSTOP and SA_NOCLDWAIT change what the host does about children.
    let flags = action.flags & 3
    if action.isCaught || action.isDefault && mustCome(signal) {
      swemu_catch_signal(signal, flags)
    } else {
      swemu_set_signal(signal, action.handler, flags)
    }
  }

  /// Whether a signal has to come to swemu although the program leaves it at the default.
  private func mustCome(_ signal: Int32) -> Bool {
    // Continuing is the host's own, whatever the disposition.
    reportsAll && signal != Signal.SIGCONT.rawValue || writesCores && Signal(signal).defaultAction == .dumpCore
  }

  /// A debugger wants to hear of all signals, or does so no more. (Those that the program ignores never come.)
  package func setReportsAll(_ value: Bool) {
    locked {
      guard value != reportsAll else { return }
      reportsAll = value
      for signal: Int32 in 1...64 where (Self.unblockable | Self.own) & Self.bit(signal) == 0 {
        let action = lockedAction(signal)
        if action.isDefault { lockedSet(signal, action) }
      }
    }
  }

  /// The disposition for a delivery that is under way. A handler with SA_RESETHAND is had only once.
  func takeAction(_ signal: Int32) -> SignalAction {
    locked {
      let action = lockedAction(signal)
      if action.isCaught, action.flags & SignalAction.resetHandler != 0 {
        // Flags and mask stay (kernel/signal.c, get_signal).
        var reset = action
        reset.handler = 0
        lockedSet(signal, reset)
      }
      return action
    }
  }

  /// RLIMIT_CORE allows a core file, or does so no more: deadly signals that write one have to come to swemu.
  func setWritesCores(_ value: Bool) {
    locked {
      guard value != writesCores else { return }
      writesCores = value
      for signal: Int32 in 1...64 where Signal(signal).defaultAction == .dumpCore {
        let action = lockedAction(signal)
        if action.isDefault { lockedSet(signal, action) }
      }
    }
  }

  /// Handlers become the default action (flush_signal_handlers), as exec and CLONE_CLEAR_SIGHAND have it.
  func resetHandlers() {
    locked {
      for signal: Int32 in 1...64 where known & Self.bit(signal) != 0 {
        let old = actions[Int(signal)]
        var action = SignalAction()
        if old.isIgnored { action.handler = old.handler }
        if old.isCaught || old.flags != 0 || old.mask != 0 { lockedSet(signal, action) }
      }
    }
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

  /// Whether a signal, sent now to a thread with this mask, ends the process.
  func isDeadly(_ signal: Int32, mask: UInt64) -> Bool {
    guard signal >= 1, signal <= 64 else { return false }
    if signal == 9 { return true }
    // A debugger is asked first.
    if reportsAll { return false }
    return mask & Self.bit(signal) == 0 && action(signal).isDefault && !Self.isIgnoredByDefault(signal)
      && !Self.stopsByDefault(signal)
  }

  /// The mask that the host gets for a mask of the guest.
  static func hostMask(_ mask: UInt64) -> UInt64 { mask & ~(unblockable | own) }
}

/// Makes a system call of the host outside of any guest's call.
@discardableResult
func hostCall(_ number: SyscallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0) -> Int {
  swemu_syscall(number.rawValue, a, b, c, d, 0, 0)
}
