import CHost
import CMachine
import LinuxABI
import Machine

/// How a run came to its end.
package enum ProcessEnd: Sendable, Equatable {
  case exited(Int32)
  /// Killed by this signal.
  case killed(Int32)
  /// `Machine.instructionLimit` was reached.
  case instructionLimit
  /// Somebody asked it to stop (the attention word).
  case stopped
}

extension Process {
  /// Runs the main thread until the process ends. The calling host thread is the host process's own main thread.
  package func run() -> ProcessEnd {
    defer { releaseVforkParent() }
    swemu_catch_own_signals { cpu, signal, address, context in
      guard let context else { return 0 }
      return swemu_recover(cpu?.assumingMemoryBound(to: swemu_cpu.self), signal, address, context)
    }
    leader.adopt()
    noticeCoreLimit()
    leader.setMask(leader.mask)
    let end = run(leader)
    supervisor?.processEnded(end)
    return end
  }

  /// Runs a thread until it, or the process, ends.
  func run(_ thread: GuestThread) -> ProcessEnd {
    let cpu = thread.cpu
    while true {
      if supervisor == nil, cpu.pointee.attention & ~SWEMU_ATTENTION_SAFEPOINT.rawValue != 0, let end = attend(thread) {
        return end
      }
      switch supervisor == nil ? machine.run(cpu) : runSupervised(cpu) {
      case .systemCall:
        switch serveSystemCall(cpu) {
        case .exit(let status): return .exited(status)
        case .killed(let signal): return .killed(signal)
        case .value, .resumed: supervisor?.systemCallReturned(cpu)
        }
      case .exception(let exception):
        if let end = deliver(exception, to: thread) { return end }
      case .attention: if let end = attend(thread) { return end }
      case .breakpoint, .observed: return .stopped
      case .instructionLimit:
        return .instructionLimit
      }
    }
  }

  private func runSupervised(_ cpu: CPU) -> Exit {
    guard let supervisor else { return machine.run(cpu) }
    let exit = supervisor.run(cpu)
    if case .systemCall = exit { supervisor.systemCallEntered(cpu) }
    return exit
  }

  /// Does what the thread was asked to leave guest code for.
  private func attend(_ thread: GuestThread) -> ProcessEnd? {
    if thread.cpu.pointee.attention & SWEMU_ATTENTION_STOP.rawValue != 0 { return .stopped }
    return thread.deliverSignals().map(ProcessEnd.killed)
  }
}
