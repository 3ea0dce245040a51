import CMachine
import Glibc
import Kernel
import LinuxABI
import Machine
import Synchronization
import X86

/// One program under control: console, full screen and gdb drive it through this type alone.
///
/// It stands between the process and its processor (`ProcessSupervisor`). Where a thread has to stop, the front end is
/// asked, on that thread, how to go on; nothing of the guest runs meanwhile. Only `interrupt` may be called from elsewhere.
package final class Debugger: ProcessSupervisor {
  package private(set) var process: Process
  package var frontEnd: (any DebuggerFrontEnd)?
  package let modules: Modules

  package var machine: Machine { process.machine }
  package var memory: AddressSpace { process.memory }

  package internal(set) var breakpoints: [Breakpoint] = []
  package internal(set) var watchpoints: [Watchpoint] = []
  package internal(set) var catchpoints: [Catchpoint] = []
  private var nextNumber = 1
  /// Signals that are delivered without a stop, by Linux' numbers.
  package var silentSignals: Set<Int32> = [
    Signal.SIGALRM.rawValue, Signal.SIGCHLD.rawValue, Signal.SIGURG.rawValue, Signal.SIGIO.rawValue,
    Signal.SIGVTALRM.rawValue, Signal.SIGPROF.rawValue, Signal.SIGWINCH.rawValue,
  ]
  /// Signals that stop the program but do not reach it unless the user says so: those that debuggers use themselves.
  package var droppedSignals: Set<Int32> = [Signal.SIGINT.rawValue, Signal.SIGTRAP.rawValue]
  /// The signal that goes on to the program after a stop for one; the front end may change it, 0 drops it.
  package var pendingSignal: Int32 = 0

  // Running
  var plans: [Plan] = []
  /// The thread stands here and the front end has seen it: the breakpoint here does not count.
  var seenAddress: UInt64?
  var wasStarted = false
  package private(set) var isDetached = false
  package private(set) var isKilled = false
  /// The system call that is being served, for the register orig_rax.
  package internal(set) var systemCall: Int?
  /// Faults that a catchpoint waits for, seen while an instruction ran.
  var caughtFaults: [FaultEvent] = []
  var faultsAreCaught = false
  /// Whether the last step before a stop is to be looked at closely.
  package var recordsEffects = false
  var effectRecord: EffectRecord?
  /// What the instruction in front of the stop did, where it was stepped.
  package internal(set) var lastEffects: Effects?
  var earlierFaultObserver: ((FaultEvent) -> Void)?
  /// The signal that the program stands at.
  package internal(set) var stopSignal: SignalInfo?
  private let interruption = Atomic<Bool>(false)
  /// Through which a child that was just made hears whether it stays under the debugger.
  var forkPipe: ForkPipe?
  /// Who of the two goes on under the debugger after a fork; the front end may change it while it shows the fork.
  package var forkSide = ForkSide.parent
  /// `set follow-fork-mode`
  package var followsChild = false
  /// A vfork whose end is to be told.
  var awaitsVforkDone = false
  /// The points in the machine are not as the lists say.
  private var isStale = true

  package init(process: Process) {
    self.process = process
    modules = Modules(memory: process.memory)
    control()
  }

  /// Takes the process under control.
  private func control() {
    process.supervisor = self
    process.system.signals.setReportsAll(true)
    process.forkObservers.append(ForkObserver(willFork: {}, isChild: { [unowned self] in becameChild() }))
  }

  /// Goes on with a new process of the same program; breakpoints stay.
  package func adopt(_ process: Process) {
    self.process = process
    modules.reset(memory: process.memory)
    control()
    plans = []
    seenAddress = nil
    (wasStarted, isDetached, isKilled) = (false, false, false)
    systemCall = nil
    caughtFaults = []
    isStale = true
  }

  // MARK: - Threads

  package var threads: [DebugThread] {
    [
      DebugThread(
        identifier: Int(getpid()), cpu: process.mainThread, name: String(decoding: process.commandName, as: UTF8.self))
    ]
  }

  func thread(_ cpu: CPU) -> DebugThread {
    threads.first { $0.cpu == cpu } ?? DebugThread(identifier: Int(getpid()), cpu: cpu, name: "")
  }

  /// Stops the program soon; from any host thread.
  ///
  /// A thread in guest code sees it at its next branch; one in a system call of the host is woken by a signal.
  package func interrupt() {
    interruption.store(true, ordering: .releasing)
    process.leader.interrupt(SWEMU_ATTENTION_STOP)
  }

  var isInterrupted: Bool { interruption.load(ordering: .acquiring) }
  func forgetInterruption() { interruption.store(false, ordering: .releasing) }

  // MARK: - Points

  func takeNumber() -> Int {
    defer { nextNumber += 1 }
    return nextNumber
  }

  /// Adds a breakpoint; its number is given here.
  @discardableResult
  package func add(_ breakpoint: Breakpoint) -> Breakpoint {
    var breakpoint = breakpoint
    breakpoint.number = breakpoint.isInternal ? 0 : takeNumber()
    breakpoints.append(breakpoint)
    isStale = true
    return breakpoint
  }

  @discardableResult
  package func add(_ watchpoint: Watchpoint) -> Watchpoint {
    var watchpoint = watchpoint
    watchpoint.number = watchpoint.isInternal ? 0 : takeNumber()
    watchpoints.append(watchpoint)
    isStale = true
    return watchpoint
  }

  @discardableResult
  package func add(_ catchpoint: Catchpoint) -> Catchpoint {
    var catchpoint = catchpoint
    catchpoint.number = takeNumber()
    catchpoints.append(catchpoint)
    isStale = true
    return catchpoint
  }

  package func removePoints(where matches: (_ number: Int) -> Bool) {
    breakpoints.removeAll { !$0.isInternal && matches($0.number) }
    watchpoints.removeAll { !$0.isInternal && matches($0.number) }
    catchpoints.removeAll { matches($0.number) }
    isStale = true
  }

  package func removeBreakpoints(where matches: (Breakpoint) -> Bool) {
    breakpoints.removeAll(where: matches)
    isStale = true
  }

  package func removeWatchpoints(where matches: (Watchpoint) -> Bool) {
    watchpoints.removeAll(where: matches)
    isStale = true
  }

  /// Changes the points with a number; false if there is none.
  package func change(
    _ number: Int, breakpoint: (inout Breakpoint) -> Void = { _ in }, watchpoint: (inout Watchpoint) -> Void = { _ in },
    catchpoint: (inout Catchpoint) -> Void = { _ in }
  ) -> Bool {
    isStale = true
    for index in breakpoints.indices where !breakpoints[index].isInternal && breakpoints[index].number == number {
      breakpoint(&breakpoints[index])
      return true
    }
    for index in watchpoints.indices where !watchpoints[index].isInternal && watchpoints[index].number == number {
      watchpoint(&watchpoints[index])
      return true
    }
    for index in catchpoints.indices where catchpoints[index].number == number {
      catchpoint(&catchpoints[index])
      return true
    }
    return false
  }

  func markStale() { isStale = true }

  /// Makes the machine's breakpoints and watches those that are wanted now.
  func synchronize() {
    guard isStale else { return }
    isStale = false
    var wanted = Set(breakpoints.lazy.filter(\.isEnabled).map(\.address))
    for plan in plans { if case .reach(let address, _) = plan { wanted.insert(address) } }
    let present = machine.breakpoints
    for address in present.subtracting(wanted) { machine.setBreakpoint(address, false) }
    for address in wanted.subtracting(present) { machine.setBreakpoint(address, true) }
    let watches = watchpoints.indices.lazy.filter { self.watchpoints[$0].isEnabled }.map { index in
      let point = self.watchpoints[index]
      return Watch(
        identifier: index, start: point.address, end: point.address &+ point.length,
        includesReads: point.kind != .write)
    }
    let list = Array(watches)
    if !list.isEmpty || memory.watches != nil { machine.setWatches(list) }
    observeFaults()
  }

  // MARK: - Stopping

  /// Asks the front end how to go on.
  func stop(_ cpu: CPU, _ reasons: [StopReason]) {
    forgetInterruption()
    swemu_attention_clear(cpu, SWEMU_ATTENTION_STOP.rawValue)
    plans = []
    lastEffects = effectRecord.map { finishEffects($0, cpu) }
    effectRecord = nil
    isStale = true
    // What a temporary breakpoint was for has happened.
    for reason in reasons {
      if case .breakpoint(let point) = reason, point.isTemporary { breakpoints.removeAll { $0.number == point.number } }
    }
    guard let frontEnd else { return }
    goOn(frontEnd.stopped(Stop(thread: thread(cpu), reasons: reasons)), cpu)
  }

  /// Does what a front end decided.
  func goOn(_ resume: Resume, _ cpu: CPU) {
    switch resume {
    case .run: plans = []
    case .steps(let count): plans = [.steps(count)]
    case .range(let range): plans = [.range(range)]
    case .reach(let address, let stack): plans = [.reach(address: address, stack: stack)]
    case .line(let enters): plans = [linePlan(cpu, entersCalls: enters)]
    case .detach: detach()
    case .kill: isKilled = true
    }
    isStale = true
  }

  /// From here on the program runs free.
  func detach() {
    breakpoints = []
    watchpoints = []
    catchpoints = []
    plans = []
    isStale = true
    synchronize()
    isDetached = true
    process.system.signals.setReportsAll(false)
  }
}

/// What a running thread is to do; the last of a list comes first.
enum Plan {
  case steps(UInt64)
  case range(Range<UInt64>)
  case reach(address: UInt64, stack: UInt64)
  /// Until another line begins.
  case line(LinePlan)
}

struct LinePlan {
  /// The code of the line.
  var range: Range<UInt64>
  /// The canonical frame address where it began.
  var frame: UInt64
  var entersCalls: Bool
}
