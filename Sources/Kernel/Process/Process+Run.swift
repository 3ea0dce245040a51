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
  /// Runs the main thread until the process ends.
  package func run() -> ProcessEnd {
    let end = runToEnd()
    supervisor?.processEnded(end)
    return end
  }

  private func runToEnd() -> ProcessEnd {
    let cpu = mainThread
    defer { releaseVforkParent() }
    while true {
      switch supervisor == nil ? machine.run(cpu) : runSupervised(cpu) {
      case .systemCall:
        switch serveSystemCall(cpu) {
        case .exit(let status): return .exited(status)
        case .killed(let signal): return .killed(signal)
        case .value, .resumed: supervisor?.systemCallReturned(cpu)
        }
      case .exception(let exception):
        if let end = deliver(exception, to: cpu) { return end }
      case .attention, .breakpoint, .observed:
        return .stopped
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
}
