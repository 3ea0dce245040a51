import GDBRemote
import Glibc
import Kernel
import LinuxABI
import Machine

/// gdb as a user of the debugger.
package final class GDBFrontEnd: DebuggerFrontEnd {
  private let debugger: Debugger
  private let connection: GDBConnection
  private let target: GDBDebuggerTarget
  private var session: GDBSession
  private var received: ArraySlice<UInt8> = []
  private var watcher: InputWatcher
  /// A program that gdb wants to have started in the place of this one.
  private var nextProgram: GDBProgram?
  private var lastStop: Stop?

  package init(debugger: Debugger, connection: GDBConnection) {
    self.debugger = debugger
    self.connection = connection
    target = GDBDebuggerTarget(debugger: debugger)
    session = GDBSession(target: target)
    watcher = InputWatcher(files: debugger.process.files) { [unowned debugger] in debugger.interrupt() }
    debugger.frontEnd = self
  }

  /// Who answers gdb's `monitor`.
  package func onMonitorCommand(_ body: @escaping (_ line: String, _ stop: Stop?) -> String) {
    target.monitorCommand = { [unowned self] line in body(line, lastStop) }
  }

  // MARK: - Events

  package func stopped(_ stop: Stop) -> Resume {
    watcher.pause()
    lastStop = stop
    let thread = GDBThread(process: UInt64(getpid()), thread: UInt64(stop.thread.identifier))
    target.stoppedThread = thread
    target.waitingChild = nil
    for reason in stop.reasons {
      if case .fork(let child, _) = reason {
        target.waitingChild = GDBThread(process: UInt64(child), thread: UInt64(child))
      }
    }
    session.stopped(describe(stop, thread))
    defer { target.waitingChild = nil }
    return converse()
  }

  package var wantsForks: Bool { session.knowsForks }
  package var wantsExecs: Bool { session.knowsExecs }

  package func gaveWay() {
    target.waitingChild = nil
    connection.hangUp()
  }

  package func tookOver(_ stop: Stop, isRunning: Bool) -> Resume {
    // The parent's watching thread stayed with the parent.
    watcher = InputWatcher(files: debugger.process.files) { [unowned debugger] in debugger.interrupt() }
    target.waitingChild = nil
    target.stoppedThread = GDBThread(process: UInt64(getpid()), thread: UInt64(stop.thread.identifier))
    session.becameChild(isRunning: isRunning)
    debugger.removeBreakpoints { $0.isInternal }
    debugger.removeWatchpoints { $0.isInternal }
    if isRunning {
      watcher.watch(connection.readable)
      return .run
    }
    return converse()
  }

  package func noticed(_ text: String) { session.print(text + "\n") }

  /// The program is over. Returns the one that gdb wants next (extended mode); nil at the end of the conversation.
  package func ended(_ end: ProcessEnd) -> GDBProgram? {
    lastStop = nil
    watcher.pause()
    if let program = takeNext() { return program }
    guard !debugger.isDetached else { return nil }
    switch end {
    case .exited(let status): session.ended(.exited(status: UInt8(truncatingIfNeeded: status)))
    case .killed(let signal): session.ended(.killed(signal: GDBSignal.number(linux: signal)))
    case .instructionLimit, .stopped: session.ended(.killed(signal: GDBSignal.number(linux: Signal.SIGKILL.rawValue)))
    }
    connection.write(session.takeOutput())
    return session.isExtended ? waitForNext() : nil
  }

  /// The program that gdb wanted could not be started. Returns another one, perhaps.
  package func startFailed() -> GDBProgram? {
    session.startFailed()
    return waitForNext()
  }

  private func waitForNext() -> GDBProgram? {
    while connection.isConnected {
      if case .detach = converse() { return nil }
      if let program = takeNext() { return program }
    }
    return nil
  }

  private func takeNext() -> GDBProgram? {
    defer { nextProgram = nil }
    return nextProgram
  }

  private func describe(_ stop: Stop, _ thread: GDBThread) -> GDBStop {
    var result = GDBStop(thread: thread, signal: GDBSignal.trap)
    for reason in stop.reasons {
      switch reason {
      case .breakpoint(let point): result.detail = .breakpoint(point.text == "hardware" ? .hardware : .software)
      case .watchpoint(let report):
        let kind: GDBPointKind =
          report.watchpoint.kind == .read ? .read : report.watchpoint.kind == .access ? .access : .write
        result.detail = .watchpoint(kind, report.watchpoint.address)
      case .systemCall(let number, let isReturn):
        let value = UInt64(truncatingIfNeeded: number)
        result.detail = isReturn ? .systemCallReturn(value) : .systemCallEntry(value)
      case .signal(let info): result.signal = GDBSignal.number(linux: info.signal.rawValue)
      case .interrupt: result.signal = GDBSignal.number(linux: Signal.SIGINT.rawValue)
      case .instructionLimit: result.signal = GDBSignal.number(linux: Signal.SIGXCPU.rawValue)
      case .exec: result.detail = .exec(debugger.process.image.executablePath)
      case .fork(let child, let isVfork):
        result.detail = .fork(GDBThread(process: UInt64(child), thread: UInt64(child)), isVfork: isVfork)
      case .vforkDone: result.detail = .vforkDone
      case .start, .stepped, .pageFault, .becameChild: break
      }
    }
    return result
  }

  // MARK: - Conversation

  /// Answers gdb until it decides how to go on.
  private func converse() -> Resume {
    while true {
      connection.write(session.takeOutput())
      if let decision = session.receive(&received) {
        if let resume = carryOut(decision) { return resume }
        continue
      }
      connection.write(session.takeOutput())
      received = connection.read()[...]
      if received.isEmpty {
        // gdb went away without a word: the program waits for another one, or ends with the pipe.
        connection.hangUp()
        // Without a program there is nothing to wait with.
        guard session.isAlive else { return .detach }
        guard reconnect() else { return .kill }
      }
    }
  }

  private func reconnect() -> Bool {
    guard connection.accept() else { return false }
    session = GDBSession(target: target)
    debugger.removeBreakpoints { $0.isInternal }
    debugger.removeWatchpoints { $0.isInternal }
    target.catchSystemCalls(nil)
    return true
  }

  private func carryOut(_ decision: GDBSession.Decision) -> Resume? {
    switch decision {
    case .interrupt: return nil
    case .detach:
      connection.write(session.takeOutput())
      connection.hangUp()
      return .detach
    case .kill:
      connection.write(session.takeOutput())
      if !session.isExtended { connection.hangUp() }
      return .kill
    case .start(let program):
      nextProgram = program
      return .kill
    case .releaseChild:
      target.waitingChild = nil
      return nil
    case .followChild:
      connection.write(session.takeOutput())
      debugger.forkSide = .child
      return .run
    case .resume(let request):
      if session.isForChild(request) {
        debugger.forkSide = .childRunning
        return .run
      }
      let thread = target.currentThread.thread
      let entry = request.entry(for: thread) ?? GDBResume.Entry(action: .run)
      if debugger.stopSignal != nil { debugger.pendingSignal = GDBSignal.linux(entry.signal) }
      switch entry.action {
      case .step: return .steps(1)
      case .stepRange(let range):
        watcher.watch(connection.readable)
        return range.isEmpty ? .steps(1) : .range(range)
      case .run, .stop:
        watcher.watch(connection.readable)
        return .run
      }
    }
  }
}
