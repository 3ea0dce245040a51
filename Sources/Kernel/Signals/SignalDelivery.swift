import CHost
import CMachine
import LinuxABI
import Machine

/// Signals that the host recorded for a thread, on their way to a handler.
///
/// The host chooses which signal comes to which thread, in which order, and what waits. One at a time is recorded in
/// the thread's slot, with everything else blocked on the host; here it becomes a frame for the guest, and the host
/// gets the guest's new mask, upon which the next may come, and its frame goes on top (arch/x86/kernel/signal.c).
extension GuestThread {
  /// A mask for this thread, here and on the host.
  ///
  /// While a signal is recorded the host goes on blocking all others; its delivery gives the host the mask.
  func setMask(_ new: UInt64) {
    mask = new & ~SignalState.unblockable
    _ = setHostMask(mask)
    noticeOwnSignals()
  }

  /// False if a signal is recorded, or comes before the host has the mask: then nothing was changed.
  func setHostMask(_ mask: UInt64) -> Bool {
    var host = SignalState.hostMask(mask)
    let result = withUnsafeMutablePointer(to: &host) {
      swemu_interruptible_syscall(
        slot.fullWord, SyscallNumber.rt_sigprocmask.rawValue, 2, Int(bitPattern: $0), 0, 8, 0, 0)
    }
    return result == 0
  }

  /// SIGSEGV and SIGBUS wait here while they are blocked.
  func noticeOwnSignals() {
    if slot.pointee.own_pending != 0, ownPending & ~mask != 0 {
      swemu_attention_set(cpu, SWEMU_ATTENTION_SIGNAL.rawValue)
    }
  }

  /// Pending signals of those that the host does not keep.
  var ownPending: UInt64 {
    let bits = swemu_slot_own_pending(slot)
    return (bits & 1 != 0 ? SignalState.bit(7) : 0) | (bits & 2 != 0 ? SignalState.bit(11) : 0)
  }

  /// Takes a sent SIGSEGV or SIGBUS out of its place; its siginfo goes to `info`.
  func takeOwn(_ signal: Int32, info: UnsafeMutableRawPointer) {
    let index: Int32 = signal == 11 ? 1 : 0
    swemu_slot_take_own(slot, index, info)
  }

  /// Delivers what came. Returns the signal that kills the process, if one does.
  func deliverSignals() -> Int32? {
    let info = UnsafeMutableRawPointer.allocate(byteCount: 128, alignment: 16)
    defer {
      info.deallocate()
      scratch.reset()
      temporaryMask = nil
      interruptedCall = nil
    }
    while true {
      swemu_attention_clear(cpu, SWEMU_ATTENTION_SIGNAL.rawValue)
      var signal: Int32
      let own = ownPending & ~(temporaryMask ?? mask)
      if own != 0 {
        signal = Int32(own.trailingZeroBitCount + 1)
        takeOwn(signal, info: info)
      } else {
        signal = swemu_slot_take(slot, info)
        if signal == 0 { return nil }
      }
      if let killer = deliver(signal, info) { return killer }
      // Another one may come in here.
      setMask(mask)
      temporaryMask = nil
      if swemu_slot_is_empty(slot) != 0, ownPending & ~mask == 0 { return nil }
    }
  }

  /// Does what the disposition says, without telling the host of the new mask.
  private func deliver(_ signal: Int32, _ info: UnsafeMutableRawPointer) -> Int32? {
    var signal = signal
    if let supervisor = process.supervisor {
      let wanted = supervisor.signalArrived(SignalInfo(sent: signal, info), cpu)
      if wanted == 0 { return nil }
      if wanted != signal {
        signal = wanted
        Self.makeAnonymous(signal, info)
      }
    }
    return act(signal, info)
  }

  /// What a debugger sends comes from nobody (ptrace_signal).
  private static func makeAnonymous(_ signal: Int32, _ info: UnsafeMutableRawPointer) {
    info.initializeMemory(as: UInt8.self, repeating: 0, count: 128)
    info.storeBytes(of: signal, as: Int32.self)
  }

  /// Delivers a signal that a debugger put in the place of another. Returns it if it kills.
  func deliverAnonymously(_ signal: Int32) -> Int32? {
    let info = scratch.allocate(128)
    Self.makeAnonymous(signal, info)
    if let killer = act(signal, info) { return killer }
    setMask(mask)
    return nil
  }

  private func act(_ signal: Int32, _ info: UnsafeMutableRawPointer) -> Int32? {
    // Nobody survives this one.
    if signal == Signal.SIGKILL.rawValue { return signal }
    let action = process.system.signals.takeAction(signal)
    if action.isIgnored { return nil }
    if action.isDefault { return takeDefault(signal, info) }
    return enterHandler(signal, info, action)
  }

  private func takeDefault(_ signal: Int32, _ info: UnsafeRawPointer) -> Int32? {
    switch Signal(signal).defaultAction {
    case .ignore, .resume: return nil
    // It had a handler a moment ago; now the host does what it is to do.
    case .stop:
      // (For a debugger it has one still, and only SIGSTOP stops for sure.)
      let stopping = process.system.signals.reportsAll ? Signal.SIGSTOP.rawValue : signal
      _ = hostCall(.tgkill, hostCall(.getpid), Int(number), Int(stopping))
      return nil
    case .terminate, .dumpCore:
      process.lastSignal = SignalInfo(sent: signal, info)
      die(signal, info, systemCall: undoRewinding())
      return signal
    }
  }

  /// Sets the guest's registers for a handler, and the mask. Returns SIGSEGV where there is no room for the frame.
  func enterHandler(_ signal: Int32, _ info: UnsafeRawPointer, _ action: SignalAction) -> Int32? {
    settleInterruptedCall(action)
    do throws(Errno) {
      try SignalFrame.push(self, signal, info: info, action: action, oldMask: mask)
    } catch {
      return forceSegmentationFault(after: signal)
    }
    var blocked = (temporaryMask ?? mask) | action.mask
    if action.flags & SignalAction.noDefer == 0 { blocked |= SignalState.bit(signal) }
    mask = blocked & ~SignalState.unblockable
    temporaryMask = nil
    return nil
  }

  /// Shows a call that was interrupted as it was, since the thread dies in it: its number, -1 without one.
  private func undoRewinding() -> Int {
    guard let error = interruptedCall else { return -1 }
    interruptedCall = nil
    let number = Int(truncatingIfNeeded: cpu.rax)
    cpu.rax = UInt64(bitPattern: -Int64(error.rawValue))
    cpu.pointee.rip &+= 2
    return number
  }

  /// Remembers for a core file what ends the process; `info` has 128 bytes.
  func die(_ signal: Int32, _ info: UnsafeRawPointer, systemCall: Int = -1) {
    process.fatalSignal = FatalSignal(
      signal: signal, info: Array(UnsafeRawBufferPointer(start: info, count: 128)), thread: self,
      systemCall: systemCall)
  }

  /// Whether the interrupted call is made again after the handler (signal(7), handle_signal).
  private func settleInterruptedCall(_ action: SignalAction) {
    guard let error = interruptedCall else { return }
    interruptedCall = nil
    switch error {
    case .ERESTARTNOINTR: return
    case .ERESTARTSYS where action.flags & SignalAction.restart != 0: return
    default:
      cpu.rax = UInt64(bitPattern: -Int64(Errno.EINTR.rawValue))
      cpu.pointee.rip &+= 2
    }
  }

  // MARK: - Signals that cannot wait

  /// force_sigsegv: a frame could not be written.
  private func forceSegmentationFault(after signal: Int32) -> Int32? {
    // The handler of SIGSEGV itself has no room: nothing helps any more.
    if signal == 11 {
      let info = SignalInfo(signal: .SIGSEGV, code: .kernel)
      process.lastSignal = info
      let bytes = scratch.allocate(128)
      info.write(to: bytes)
      die(11, bytes)
      return 11
    }
    return force(SignalInfo(signal: .SIGSEGV, code: .kernel))
  }

  /// force_sig_info: a signal that the thread's own doing caused. Returns it if it kills.
  func force(_ info: SignalInfo) -> Int32? {
    let signal = info.signal.rawValue
    process.lastSignal = info
    let action = process.system.signals.takeAction(signal)
    // The instruction cannot go on: blocked or ignored is as good as default.
    let bytes = scratch.allocate(128)
    info.write(to: bytes)
    guard action.isCaught, (temporaryMask ?? mask) & SignalState.bit(signal) == 0 else {
      die(signal, bytes)
      return signal
    }
    if let killer = enterHandler(signal, bytes, action) { return killer }
    setMask(mask)
    return nil
  }
}

extension SignalInfo {
  /// siginfo_t as the kernel fills it for a fault; `bytes` has 128.
  func write(to bytes: UnsafeMutableRawPointer) {
    bytes.initializeMemory(as: UInt8.self, repeating: 0, count: 128)
    bytes.storeBytes(of: signal.rawValue, as: Int32.self)
    bytes.storeBytes(of: code.rawValue, toByteOffset: 8, as: Int32.self)
    bytes.storeBytes(of: address, toByteOffset: 16, as: UInt64.self)
  }

  /// What somebody sent.
  init(sent signal: Int32, _ info: UnsafeRawPointer) {
    self.init(
      signal: Signal(signal), code: SignalCode(rawValue: info.loadUnaligned(fromByteOffset: 8, as: Int32.self)),
      details: Array(UnsafeRawBufferPointer(start: info + 16, count: 112)))
  }
}

extension UnsafeMutablePointer where Pointee == swemu_signal_slot {
  fileprivate var fullWord: UnsafePointer<UInt32> {
    (UnsafeRawPointer(self) + (MemoryLayout<swemu_signal_slot>.offset(of: \.is_full) ?? 0))
      .assumingMemoryBound(to: UInt32.self)
  }
}
