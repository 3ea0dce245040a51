import CMachine
import Glibc
import LinuxABI
import Machine

/// Signals (man 2 rt_sigaction, rt_sigprocmask, kill, sigaltstack; man 7 signal): dispositions, masks, waiting, sending.
enum SignalCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.rt_sigaction, [.symbol(.signal), .in(.sigaction), .out(.sigaction), .size], action),
    SyscallRow(.rt_sigprocmask, [.symbol(.maskHow), .in(.signalSet), .out(.signalSet), .size], mask),
    SyscallRow(.rt_sigpending, [.out(.signalSet), .size], pending),
    SyscallRow(.rt_sigsuspend, [.in(.signalSet), .size], suspend),
    SyscallRow(.rt_sigtimedwait, [.in(.signalSet), .pointer, .in(.timespec), .size], timedWait),
    SyscallRow(.rt_sigqueueinfo, [.int, .symbol(.signal), .pointer], queue),
    SyscallRow(.rt_tgsigqueueinfo, [.int, .int, .symbol(.signal), .pointer], queueToThread),
    SyscallRow(.rt_sigreturn, [], sigreturn),
    SyscallRow(.sigaltstack, [.in(.stack), .out(.stack)], alternateStack),
    SyscallRow(.kill, [.int, .symbol(.signal)], kill),
    SyscallRow(.tkill, [.int, .symbol(.signal)], tkill),
    SyscallRow(.tgkill, [.int, .int, .symbol(.signal)], tgkill),
    SyscallRow(.pidfd_send_signal, [.fd, .symbol(.signal), .pointer, .hex], pidfdSend),
    SyscallRow(.pause, [], pause),
  ]

  /// sizeof(sigset_t) of the kernel.
  private static let setSize: UInt64 = 8

  // MARK: - Dispositions and masks

  private static func action(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(3) == setSize else { throw .EINVAL }
    let signals = c.system.signals
    let signal = c.int(0)
    let new = c.raw(1) == 0 ? nil : try c.load(c.raw(1), as: SignalAction.self)
    guard signal >= 1, signal <= 64 else { throw .EINVAL }
    if new != nil, SignalState.bit(signal) & SignalState.unblockable != 0 { throw .EINVAL }
    let old = signals.action(signal)
    if var new {
      new.flags &= SignalAction.knownFlags
      new.mask &= ~SignalState.unblockable
      signals.setAction(signal, new)
      if new.isIgnored || new.isDefault && SignalState.isIgnoredByDefault(signal) { dropPending(c, signal) }
    }
    try c.storeIfPresent(old, to: c.raw(2))
    return .zero
  }

  private static func mask(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(3) == setSize else { throw .EINVAL }
    let thread = c.thread
    let old = thread.mask
    if c.raw(1) != 0 {
      let set: UInt64 = try c.load(c.raw(1))
      let new: UInt64
      switch c.int(0) {
      case SIG_BLOCK: new = old | set
      case SIG_UNBLOCK: new = old & ~set
      case SIG_SETMASK: new = set
      default: throw .EINVAL
      }
      // A signal that came before the call has its handler run before it.
      guard thread.setHostMask(new) else { throw .ERESTARTNOINTR }
      thread.mask = new & ~SignalState.unblockable
      thread.noticeOwnSignals()
    }
    try c.storeIfPresent(old, to: c.raw(2))
    return .zero
  }

  /// What is pending of a signal that is ignored from now on is gone (sigaction(2)); the host sees to its own.
  private static func dropPending(_ c: SyscallContext, _ signal: Int32) {
    guard c.thread.ownPending & SignalState.bit(signal) != 0 else { return }
    c.thread.takeOwn(signal, info: c.scratch.allocate(128))
  }

  private static func pending(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let size = c.raw(1)
    guard size <= setSize else { throw .EINVAL }
    var set: UInt64 = 0
    _ = withUnsafeMutablePointer(to: &set) { hostCall(.rt_sigpending, Int(bitPattern: $0), 8) }
    set |= c.thread.ownPending
    let bytes = withUnsafeBytes(of: set) { Array($0.prefix(Int(size))) }
    try c.memory.copyOut(bytes, to: c.raw(0))
    return .zero
  }

  // MARK: - Waiting

  private static func suspend(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(1) == setSize else { throw .EINVAL }
    let set: UInt64 = try c.load(c.raw(0))
    if c.thread.ownPending & ~set != 0 {
      c.thread.temporaryMask = set & ~SignalState.unblockable
      swemu_attention_set(c.cpu, SWEMU_ATTENTION_SIGNAL.rawValue)
      throw .ERESTARTNOHAND
    }
    return try c.pass(try c.temporaryMask(c.raw(0), size: setSize), 8, restart: .ERESTARTNOHAND)
  }

  private static func pause(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(restart: .ERESTARTNOHAND)
  }

  private static func timedWait(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(3) == setSize else { throw .EINVAL }
    let set: UInt64 = try c.load(c.raw(0))
    var time = 0
    if c.raw(2) != 0 {
      let limit: timespec = try c.load(c.raw(2))
      guard limit.isValid else { throw .EINVAL }
      let place = c.scratch.allocate(16)
      place.storeBytes(of: limit, as: timespec.self)
      time = Int(bitPattern: place)
    }
    if let outcome = try takeOwn(c, set) { return outcome }
    let hostSet = c.scratch.allocate(8)
    hostSet.storeBytes(of: SignalState.hostMask(set), as: UInt64.self)
    let result = c.hostOnce(.rt_sigtimedwait, Int(bitPattern: hostSet), c.output(1, 128), time, 8)
    if result >= 0 { return .value(result) }
    guard result == -Int(Errno.EINTR.rawValue) else { throw Errno(Int32(truncatingIfNeeded: -result)) }
    // Never restarted, neither after a handler nor after a stop (signal(7)).
    guard let outcome = try takeOwn(c, set) else { throw .EINTR }
    return outcome
  }

  /// SIGSEGV and SIGBUS, which wait with swemu.
  private static func takeOwn(_ c: SyscallContext, _ set: UInt64) throws(Errno) -> SyscallOutcome? {
    let ready = c.thread.ownPending & set
    guard ready != 0 else { return nil }
    let signal = Int32(ready.trailingZeroBitCount + 1)
    let info = c.scratch.allocate(128)
    c.thread.takeOwn(signal, info: info)
    if c.raw(1) != 0 { try c.memory.copyOut(UnsafeRawBufferPointer(start: info, count: 128), to: c.raw(1)) }
    return .value(Int(signal))
  }

  // MARK: - Sending

  private static func kill(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    if c.int(0) == getpid(), let outcome = toItself(c, c.int(1), code: .user) { return outcome }
    return try c.pass(c.arg(0), c.arg(1))
  }

  private static func tkill(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    if c.int(0) == (try thread(c)), let outcome = toItself(c, c.int(1), code: .thread) { return outcome }
    return try c.pass(c.arg(0), c.arg(1))
  }

  private static func tgkill(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    if c.int(0) == getpid(), c.int(1) == (try thread(c)), let outcome = toItself(c, c.int(2), code: .thread) {
      return outcome
    }
    return try c.pass(c.arg(0), c.arg(1), c.arg(2))
  }

  private static func thread(_ c: SyscallContext) throws(Errno) -> Int32 {
    c.thread.number
  }

  /// A signal that the guest sends itself, if it ends the process, so that the emulator can say good-bye.
  private static func toItself(_ c: SyscallContext, _ signal: Int32, code: SignalCode) -> SyscallOutcome? {
    let info = c.scratch.allocate(infoSize)
    SignalInfo(signal: Signal(signal), code: code).write(to: info)
    info.storeBytes(of: getpid(), toByteOffset: 16, as: Int32.self)
    info.storeBytes(of: getuid(), toByteOffset: 20, as: UInt32.self)
    return toItself(c, signal, info: info)
  }

  private static func toItself(_ c: SyscallContext, _ signal: Int32, info: UnsafeRawPointer) -> SyscallOutcome? {
    guard c.system.signals.isDeadly(signal, mask: c.thread.mask) else { return nil }
    c.cpu.rax = 0
    c.thread.die(signal, info, systemCall: c.number)
    return .killed(signal)
  }

  /// sizeof(siginfo_t).
  private static let infoSize = 128

  private static func queue(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let info = try signalInfo(c, 2, signal: c.int(1), to: c.int(0))
    if c.int(0) == getpid(), let info = UnsafeRawPointer(bitPattern: info),
      let outcome = toItself(c, c.int(1), info: info)
    {
      return outcome
    }
    return try c.pass(c.arg(0), c.arg(1), info)
  }

  private static func queueToThread(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.int(0) > 0, c.int(1) > 0 else { throw .EINVAL }
    let info = try signalInfo(c, 3, signal: c.int(2), to: c.int(0))
    if c.int(0) == getpid(), c.int(1) == (try thread(c)), let info = UnsafeRawPointer(bitPattern: info),
      let outcome = toItself(c, c.int(2), info: info)
    {
      return outcome
    }
    return try c.pass(c.arg(0), c.arg(1), c.arg(2), info)
  }

  /// Nobody may pretend to be the kernel, or kill, towards others (man 2 rt_sigqueueinfo).
  private static func signalInfo(
    _ c: SyscallContext, _ index: Int, signal: Int32, to process: Int32
  ) throws(Errno) -> Int {
    let copy = try c.copyIn(c.raw(index), infoSize)
    let code = copy.loadUnaligned(fromByteOffset: 8, as: Int32.self)
    if code >= 0 || code == -6, process != getpid() { throw .EPERM }
    return Int(bitPattern: copy.baseAddress)
  }

  private static func pidfdSend(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.arg(1), c.input(2, infoSize), c.arg(3))
  }

  /// A frame that cannot be returned to is a segmentation fault (signal_fault).
  private static func sigreturn(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    do throws(Errno) {
      c.thread.setMask(try SignalFrame.pop(c.thread))
      return .resumed
    } catch {
      return c.thread.force(SignalInfo(signal: .SIGSEGV, code: .kernel)).map(SyscallOutcome.killed) ?? .resumed
    }
  }

  // MARK: - Alternate stack

  private static func alternateStack(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let old = c.thread.alternateStack
    if c.raw(0) != 0 {
      let new: AlternateStack = try c.load(c.raw(0))
      if let error = c.thread.setAlternateStack(address: new.address, flags: new.flags, size: new.size) { throw error }
    }
    if c.raw(1) != 0 {
      var shown = old
      shown.flags = old.state(at: c.cpu.rsp) | old.flags & AlternateStack.autodisarm
      try c.store(shown.address, to: c.raw(1))
      try c.store(shown.flags, to: c.raw(1) &+ 8)
      try c.store(shown.size, to: c.raw(1) &+ 16)
    }
    return .zero
  }
}

extension SyscallContext {
  /// A mask that holds while a call waits, for the host; 0 without one (set_user_sigmask).
  func temporaryMask(_ address: UInt64, size: UInt64) throws(Errno) -> Int {
    guard address != 0 else { return 0 }
    guard size == 8 else { throw .EINVAL }
    let copy = scratch.allocate(8)
    let mask: UInt64 = try load(address)
    thread.temporaryMask = mask & ~SignalState.unblockable
    copy.storeBytes(of: SignalState.hostMask(mask), as: UInt64.self)
    return Int(bitPattern: copy)
  }
}
