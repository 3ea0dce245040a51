import Kernel
import LinuxABI
import Machine

// What the kernel tells.
extension Debugger {
  package func systemCallEntered(_ cpu: CPU) {
    let number = Int(Int32(truncatingIfNeeded: cpu.rax))
    systemCall = number
    guard !isDetached, !isKilled, isCaught(number) else { return }
    stop(cpu, [.systemCall(number: number, isReturn: false)])
    // The front end may have put another call in the place of this one, through RAX or, as under ptrace, orig_rax.
    let inRegister = Int(Int32(truncatingIfNeeded: cpu.rax))
    if inRegister == number, systemCall != number { cpu.rax = UInt64(truncatingIfNeeded: systemCall ?? -1) }
    systemCall = Int(Int32(truncatingIfNeeded: cpu.rax))
    // The call itself may touch what is watched from here on.
    synchronize()
  }

  package func systemCallReturned(_ cpu: CPU) {
    let number = systemCall
    defer { systemCall = nil }
    guard !isDetached, !isKilled else { return }
    var reasons: [StopReason] = watchReports(memory.takeKernelHits(), cpu).map { .watchpoint($0) }
    // execve and execveat: other files are mapped now.
    if number == 59 || number == 322, cpu.rax == 0 {
      modules.reset(memory: memory)
      removeBreakpoints { $0.isInternal }
      removeWatchpoints { $0.isInternal }
      frontEnd?.executed()
      if isExecCaught() || frontEnd?.wantsExecs ?? false { reasons.append(.exec) }
    }
    if awaitsVforkDone {
      awaitsVforkDone = false
      reasons.append(.vforkDone)
    }
    if let number, isCaught(number) { reasons.append(.systemCall(number: number, isReturn: true)) }
    if !reasons.isEmpty { stop(cpu, reasons) } else { planAfterKernel(cpu) }
  }

  private func isCaught(_ number: Int) -> Bool {
    var isCaught = false
    for index in catchpoints.indices where catchpoints[index].isEnabled {
      guard case .systemCalls(let numbers) = catchpoints[index].kind, numbers?.contains(number) ?? true else {
        continue
      }
      catchpoints[index].hits += 1
      isCaught = true
    }
    return isCaught
  }

  private func isExecCaught() -> Bool {
    var isCaught = false
    for index in catchpoints.indices where catchpoints[index].isEnabled && catchpoints[index].kind == .exec {
      catchpoints[index].hits += 1
      isCaught = true
    }
    return isCaught
  }

  /// The instruction that the kernel completed may have been the last of a plan.
  private func planAfterKernel(_ cpu: CPU) {
    switch plans.last {
    case .steps(0): _ = finishPlan(cpu)
    case .range(let range) where !range.contains(cpu.pointee.rip): _ = finishPlan(cpu)
    default: break
    }
  }

  package func signalArrived(_ signal: SignalInfo, _ cpu: CPU) -> Int32 {
    let number = signal.signal.rawValue
    guard !isDetached else { return number }
    if isKilled { return Signal.SIGKILL.rawValue }
    guard !silentSignals.contains(number) else {
      stepOverHandler(number, cpu)
      return droppedSignals.contains(number) ? 0 : number
    }
    for index in catchpoints.indices where catchpoints[index].isEnabled {
      if case .signals(let numbers) = catchpoints[index].kind, numbers?.contains(number) ?? true {
        catchpoints[index].hits += 1
      }
    }
    pendingSignal = droppedSignals.contains(number) ? 0 : number
    stopSignal = signal
    stopHere(cpu, [.signal(signal)])
    stopSignal = nil
    return isKilled ? Signal.SIGKILL.rawValue : pendingSignal
  }

  /// A signal in the middle of a step by lines or over a range: its handler is run through, as gdb does it.
  private func stepOverHandler(_ number: Int32, _ cpu: CPU) {
    switch plans.last {
    case .range, .line:
      guard process.system.signals.action(number).isCaught else { return }
      plans.append(.reach(address: cpu.pointee.rip, stack: cpu.rsp))
      markStale()
    default: break
    }
  }

  package func processEnded(_ end: ProcessEnd) {}
}
