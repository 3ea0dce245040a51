import CHost
import CHostCore
import LinuxABI
import Machine

extension Process {
  /// Makes a signal of an exception, and delivers it. Returns the end of the process if it kills.
  func deliver(_ exception: Exception, to thread: GuestThread) -> ProcessEnd? {
    let cpu = thread.cpu
    let info = SignalInfo(exception, cpu: cpu)
    if let supervisor {
      let number = supervisor.signalArrived(info, cpu)
      guard number != 0 else { return nil }
      if number != info.signal.rawValue {
        defer { thread.scratch.reset() }
        return thread.deliverAnonymously(number).map(ProcessEnd.killed)
      }
    }
    thread.lastTrap.number = info.trap
    thread.lastTrap.errorCode = info.errorCode
    if exception.vector == .pageFault {
      thread.lastTrap.address = exception.address
      let access: Access = info.errorCode & 16 != 0 ? .execute : info.errorCode & 2 != 0 ? .write : .read
      thread.lastTrap.errorCode = memory.faultErrorCode(address: exception.address, access: access)
    }
    if exception.vector == .invalidOpcode { reportUnimplemented(exception, cpu) }
    defer { thread.scratch.reset() }
    return thread.force(info).map(ProcessEnd.killed)
  }

  /// Ends the emulator as the guest ended: of the same signal, so that whoever waits for it sees no difference.
  ///
  /// The host writes no core file of its own, which would show the emulator. Does not return.
  ///
  /// - Parameter hasCore: whether whoever waits is to be told of a core file, where the host lets it be told.
  package static func die(of signal: Int32, hasCore: Bool = false) -> Never {
    if hasCore { swemu_host_die_dumped(signal) }
    swemu_host_die(signal)
  }
}
