import CHost
import LinuxABI
import Machine

extension Process {
  /// Makes a signal of an exception, and does with it what has been chosen for the signal.
  ///
  /// Guest handlers do not run yet, so it is the default action: all these signals kill. One that is ignored or blocked
  /// kills as well, because the instruction cannot go on (kernel/signal.c, force_sig_info_to_task).
  func deliver(_ exception: Exception, to cpu: CPU) -> ProcessEnd? {
    let info = SignalInfo(exception, cpu: cpu)
    if let supervisor {
      let number = supervisor.signalArrived(info, cpu)
      guard number != 0 else { return nil }
      if number != info.signal.rawValue { return .killed(number) }
    }
    lastSignal = info
    if exception.vector == .invalidOpcode { reportUnimplemented(exception, cpu) }
    return .killed(info.signal.rawValue)
  }

  /// Ends the emulator as the guest ended: of the same signal, so that whoever waits for it sees no difference.
  ///
  /// No core file is written: it would show the emulator. Does not return.
  package static func die(of signal: Int32) -> Never { swemu_host_die(signal) }
}
