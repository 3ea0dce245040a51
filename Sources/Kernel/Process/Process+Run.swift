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
  /// Runs the program until the process ends. The calling host thread is the host process's own main thread, and the
  /// leader's.
  package func run() -> ProcessEnd {
    defer { releaseVforkParent() }
    swemu_catch_own_signals { cpu, signal, address, context in
      guard let context else { return 0 }
      return swemu_recover(cpu?.assumingMemoryBound(to: swemu_cpu.self), signal, address, context)
    }
    leader.adopt()
    noticeCoreLimit()
    leader.setMask(leader.mask)
    var end = live(leader) ?? .exited(0)
    if machine.isParallel {
      if finisher != nil {
        prepareEnd(leader)
      } else {
        threads.endOthers(than: leader)
        hostStacks.waitUntilGone(living: [leader.number])
        end = leaderFate.end ?? end
      }
    }
    supervisor?.processEnded(end)
    return end
  }

  /// Runs a thread until it, or the process, ends.
  func run(_ thread: GuestThread) -> ThreadEnd {
    let cpu = thread.cpu
    while true {
      if supervisor == nil, cpu.pointee.attention & ~SWEMU_ATTENTION_SAFEPOINT.rawValue != 0, let end = attend(thread) {
        return end
      }
      switch supervisor == nil ? machine.run(cpu) : runSupervised(cpu) {
      case .systemCall:
        switch serveSystemCall(cpu) {
        case .exit(let status): return .process(.exited(status))
        case .killed(let signal): return .process(.killed(signal))
        case .threadEnded(let status): return .thread(status)
        case .value, .resumed: supervisor?.systemCallReturned(cpu)
        }
      case .exception(let exception):
        if let end = deliver(exception, to: thread) { return .process(end) }
      case .attention: if let end = attend(thread) { return end }
      case .breakpoint, .observed: return .process(.stopped)
      case .instructionLimit: return .process(.instructionLimit)
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
  private func attend(_ thread: GuestThread) -> ThreadEnd? {
    thread.standStill()
    let reasons = thread.cpu.pointee.attention
    if reasons & SWEMU_ATTENTION_END.rawValue != 0 { return .ended }
    if reasons & SWEMU_ATTENTION_STOP.rawValue != 0 { return .process(.stopped) }
    return thread.deliverSignals().map { .process(.killed($0)) }
  }
}
