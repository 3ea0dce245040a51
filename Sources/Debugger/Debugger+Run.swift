import CMachine
import Kernel
import LinuxABI
import Machine
import X86

// The loop of a thread under control.
extension Debugger {
  package func run(_ cpu: CPU) -> Exit {
    if !wasStarted {
      wasStarted = true
      stopHere(cpu, [.start])
    } else if caughtFault(cpu) {
      // A fault of a system call.
    }
    while true {
      if isDetached { return machine.run(cpu) }
      if isKilled {
        swemu_attention_set(cpu, SWEMU_ATTENTION_STOP.rawValue)
        return .attention
      }
      if cpu.pointee.attention & ~SWEMU_ATTENTION_SAFEPOINT.rawValue != 0 {
        // A signal, or somebody else's wish (`--timeout`), which ends the run.
        guard isInterrupted else { return .attention }
        stopHere(cpu, [.interrupt])
        continue
      }
      synchronize()
      guard let exit = advance(cpu) else { continue }
      switch exit {
      case .breakpoint: breakpointReached(cpu)
      case .observed: observed(cpu)
      case .attention: break
      case .instructionLimit:
        if cpu.pointee.instructions >= machine.instructionLimit {
          stopHere(cpu, [.instructionLimit])
          machine.instructionLimit = .max
        }
      case .systemCall, .exception:
        seenAddress = nil
        return exit
      }
    }
  }

  /// Stops between instructions of guest code: a breakpoint here was met.
  func stopHere(_ cpu: CPU, _ reasons: [StopReason]) {
    stop(cpu, reasons)
    seenAddress = cpu.pointee.rip
  }

  /// Runs as the plan wants, until something is to be decided; nil to look again.
  private func advance(_ cpu: CPU) -> Exit? {
    let mustLeave = seenAddress == cpu.pointee.rip && machine.breakpoints.contains(cpu.pointee.rip)
    seenAddress = nil
    switch plans.last {
    case nil, .reach:
      guard mustLeave else { return machine.run(cpu) }
      return afterStep(cpu, machine.step(cpu))
    case .steps(let count):
      return step(cpu, count)
    case .range(let range):
      let exit = machine.step(cpu)
      if exit == nil, !range.contains(cpu.pointee.rip) { return finishPlan(cpu) }
      return afterStep(cpu, exit)
    case .line(let plan): return advance(cpu, plan)
    }
  }

  /// A breakpoint where a step led counts as reached.
  func afterStep(_ cpu: CPU, _ exit: Exit?) -> Exit? {
    if exit == nil, machine.breakpoints.contains(cpu.pointee.rip) { return .breakpoint }
    return exit
  }

  /// `count` instructions, or those up to the next exit.
  private func step(_ cpu: CPU, _ count: UInt64) -> Exit? {
    var left = count
    let watchesPlaces = !machine.breakpoints.isEmpty
    while left > 0 {
      if recordsEffects { effectRecord = left == 1 ? beginEffects(cpu) : nil }
      let exit = machine.step(cpu)
      left -= 1
      if let exit {
        plans[plans.count - 1] = .steps(left)
        // The kernel completes the instruction: the plan is looked at when it is back.
        return exit
      }
      if watchesPlaces, left > 0, machine.breakpoints.contains(cpu.pointee.rip) {
        plans[plans.count - 1] = .steps(left)
        return .breakpoint
      }
      if cpu.pointee.attention != 0 || cpu.pointee.instructions >= machine.instructionLimit {
        plans[plans.count - 1] = .steps(left)
        return cpu.pointee.attention != 0 ? .attention : .instructionLimit
      }
    }
    return finishPlan(cpu)
  }

  /// What was asked for is done; a breakpoint at the same place is reported with it.
  func finishPlan(_ cpu: CPU) -> Exit? {
    plans.removeLast()
    markStale()
    // A call was the last instruction of its line: the step by lines is done, too.
    if case .line(let plan)? = plans.last, beginsAnotherLine(cpu.pointee.rip, plan) { return finishPlan(cpu) }
    guard plans.isEmpty else { return nil }
    let hit = hits(at: cpu.pointee.rip, cpu)
    stopHere(cpu, hit.isEmpty ? [.stepped] : hit.map { .breakpoint($0) })
    return nil
  }

  // MARK: - Breakpoints

  private func breakpointReached(_ cpu: CPU) {
    let rip = cpu.pointee.rip
    let hit = hits(at: rip, cpu)
    if !hit.isEmpty { return stopHere(cpu, hit.map { .breakpoint($0) }) }
    if case .reach(rip, let stack)? = plans.last, cpu.rsp >= stack {
      seenAddress = rip
      _ = finishPlan(cpu)
      return
    }
    seenAddress = rip
  }

  /// The user's breakpoints that count here and now; their hits are counted.
  private func hits(at address: UInt64, _ cpu: CPU) -> [Breakpoint] {
    var found: [Breakpoint] = []
    for index in breakpoints.indices where breakpoints[index].address == address && breakpoints[index].isEnabled {
      if let condition = breakpoints[index].condition {
        do throws(ExpressionError) {
          if try condition.evaluate(self, cpu) == 0 { continue }
        } catch {
          frontEnd?.noticed("condition of breakpoint \(breakpoints[index].number): \(error.message)")
        }
      }
      breakpoints[index].hits += 1
      if breakpoints[index].ignored > 0 {
        breakpoints[index].ignored -= 1
        continue
      }
      found.append(breakpoints[index])
    }
    return found
  }

  // MARK: - Watchpoints

  private func observed(_ cpu: CPU) {
    let (hits, _) = machine.takeEvents()
    let reports = watchReports(hits, cpu)
    if !reports.isEmpty {
      stopHere(cpu, reports.map { .watchpoint($0) })
      return
    }
    if caughtFault(cpu) { return }
    // A step that touched something else counts all the same.
    switch plans.last {
    case .steps(0): _ = finishPlan(cpu)
    case .range(let range) where !range.contains(cpu.pointee.rip): _ = finishPlan(cpu)
    default: break
    }
  }

  /// Those of `hits` that their watchpoints ask for.
  func watchReports(_ hits: [WatchHit], _ cpu: CPU) -> [WatchReport] {
    var reports: [WatchReport] = []
    for hit in hits {
      guard watchpoints.indices.contains(hit.watch.identifier) else { continue }
      let point = watchpoints[hit.watch.identifier]
      let after = memory.peek(hit.address, count: UInt64(hit.before.count))
      let isChanged = after != hit.before
      switch point.kind {
      case .write: guard hit.isWrite, isChanged else { continue }
      case .read: guard !hit.isWrite || readsAsWell(hit) else { continue }
      case .access: guard !hit.isKernel || !hit.isWrite || isChanged else { continue }
      }
      if let condition = point.condition, (try? condition.evaluate(self, cpu)) == 0 { continue }
      // One instruction touches a place once, however many accesses it is made of.
      if reports.contains(where: {
        $0.watchpoint.number == point.number && $0.address == hit.address && point.number != 0
      }) {
        continue
      }
      watchpoints[hit.watch.identifier].hits += 1
      if point.ignored > 0 {
        watchpoints[hit.watch.identifier].ignored -= 1
        continue
      }
      reports.append(
        WatchReport(
          watchpoint: watchpoints[hit.watch.identifier], isWrite: hit.isWrite, isKernel: hit.isKernel,
          address: hit.address, before: hit.before, after: after, rip: hit.rip))
    }
    return reports
  }

  /// Whether the instruction that wrote also reads what it writes.
  private func readsAsWell(_ hit: WatchHit) -> Bool {
    guard !hit.isKernel, let instruction = process.instruction(at: hit.rip) else { return false }
    return instruction.memory.map { $0.isRead && $0.isWritten } ?? false
  }

  // MARK: - Page faults

  /// Has the memory tell of faults if a catchpoint waits for some.
  func observeFaults() {
    let ranges = catchpoints.filter(\.isEnabled).compactMap { point -> Range<UInt64>?? in
      switch point.kind {
      case .pageFault(let range): .some(range)
      case .load(let range): .some(range)
      default: nil
      }
    }
    guard !ranges.isEmpty else {
      if faultsAreCaught { memory.faultObserver = earlierFaultObserver }
      faultsAreCaught = false
      return
    }
    machine.expectStops()
    guard !faultsAreCaught else { return }
    faultsAreCaught = true
    earlierFaultObserver = memory.faultObserver
    memory.faultObserver = { [unowned self] event in
      earlierFaultObserver?(event)
      for point in catchpoints where point.isEnabled {
        let isCaught: Bool
        switch point.kind {
        case .pageFault(let range): isCaught = range?.contains(event.address) ?? true
        case .load(let range): isCaught = range.overlaps(event.address & ~0xfff..<(event.address | 0xfff) &+ 1)
        default: isCaught = false
        }
        if isCaught {
          caughtFaults.append(event)
          machine.stopAfterInstruction()
          return
        }
      }
    }
  }

  /// Stops if a fault was caught; true if so.
  private func caughtFault(_ cpu: CPU) -> Bool {
    guard !caughtFaults.isEmpty else { return false }
    let faults = caughtFaults
    caughtFaults = []
    _ = machine.takeEvents()
    for index in catchpoints.indices {
      switch catchpoints[index].kind {
      case .pageFault, .load: catchpoints[index].hits += 1
      default: break
      }
    }
    stopHere(cpu, faults.map { .pageFault($0) })
    return true
  }
}
