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
    let cpu = mainThread
    defer { releaseVforkParent() }
    while true {
      switch instructionObserver == nil ? machine.run(cpu) : runStepwise(cpu) {
      case .systemCall:
        switch serveSystemCall(cpu) {
        case .exit(let status): return .exited(status)
        case .killed(let signal): return .killed(signal)
        case .value, .resumed: break
        }
      case .exception(let exception):
        if let end = deliver(exception, to: cpu) { return end }
      case .attention:
        return .stopped
      case .instructionLimit:
        return .instructionLimit
      }
    }
  }

  /// As `Machine.run`, but instruction by instruction, each shown to the observer first.
  private func runStepwise(_ cpu: CPU) -> Exit {
    while true {
      if cpu.pointee.attention != 0 { return .attention }
      if cpu.pointee.instructions >= machine.instructionLimit { return .instructionLimit }
      instructionObserver?(cpu)
      if let exit = machine.step(cpu) { return exit }
    }
  }
}
