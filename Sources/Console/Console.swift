import Debugger
import Kernel
import LinuxABI
import Machine

/// Where commands come from and text goes to.
package protocol ConsoleTerminal: AnyObject {
  /// The next command; nil at the end. `complete` gives the words that may stand at the end of a line.
  func readLine(prompt: String, complete: (String) -> [String]) -> String?
  func write(_ text: String)
  /// Whether a person sits there: then an empty line repeats, and nothing is echoed.
  var isInteractive: Bool { get }
}

/// What is to happen to the program when the console lets go of it.
package enum ConsoleOutcome: Sendable, Equatable { case ended, restart, quit, failed }

/// The single-step console: gdb's commands on the debugger's API.
package final class Console: DebuggerFrontEnd {
  package let debugger: Debugger
  let terminal: any ConsoleTerminal
  /// The stop that the user looks at; nil while there is no program.
  var current: Stop?
  /// How to go on, set by a command.
  var resume: Resume?
  /// What the loop around programs is to do.
  package private(set) var outcome = ConsoleOutcome.ended
  private var lastLine = ""
  /// Arguments for the next `run`; nil to keep them.
  package var nextArguments: [[UInt8]]?
  var displays: [Display] = []
  var nextDisplay = 1
  /// Values that `print` showed: `$1`, `$2`, …
  var history: [UInt64] = []
  /// Where `x` and `list` go on.
  var examine = ExamineState()
  var listedFile = ""
  var listedLine = 0
  /// Faults and system calls since the last stop.
  var events = EventLog()
  var sources = SourceFiles()
  /// `start` wants the new program to run at once.
  var startsRunning = false
  /// `finish` shows the value that is returned.
  var reportsReturn = false
  var wasKilled = false
  /// `nexti N` and its like: how often still.
  var repetition: (left: UInt64, action: (Console) -> Resume)?
  /// The frame that `up`, `down` and `frame` chose.
  var frameNumber = 0

  package init(debugger: Debugger, terminal: any ConsoleTerminal) {
    self.debugger = debugger
    self.terminal = terminal
    debugger.frontEnd = self
    debugger.recordsEffects = true
    observe()
  }

  /// The commands without their console: for a front end of another kind, which `perform` answers.
  package init(commandsOf debugger: Debugger, terminal: CapturingTerminal) {
    self.debugger = debugger
    self.terminal = terminal
  }

  /// Runs one command for another front end, at a stop of its own. Returns how to go on, if the command says so.
  package func perform(_ line: String, at stop: Stop?) -> Resume? {
    current = stop
    resume = nil
    outcome = .ended
    run(line)
    return resume
  }

  /// A new process has taken the place of the old one.
  package func adopted() {
    outcome = .ended
    observe()
  }

  private func observe() { events.observe(debugger) }

  /// For another front end: a stop that `perform` will be asked about.
  func beginStop(_ stop: Stop) {
    current = stop
    frameNumber = 0
  }

  func adoptEvents() { events.observe(debugger) }

  /// The points on symbols and lines move to where the new program has them; those that it does not have rest.
  package func executed() {
    events.forgetMemory()
    for point in debugger.breakpoints where !point.isInternal {
      let found = point.text.isEmpty ? nil : try? places(point.text, isBreakpoint: true).addresses.first
      _ = debugger.change(
        point.number,
        breakpoint: {
          if let found { $0.address = found }
          $0.isEnabled = $0.isEnabled && found != nil
        })
    }
  }

  package func gaveWay() { outcome = .quit }

  package func tookOver(_ stop: Stop, isRunning: Bool) -> Resume {
    say("[Following the child, process \(stop.thread.identifier)]")
    return isRunning ? .run : stopped(stop)
  }

  func say(_ text: String) { terminal.write(text + "\n") }

  // MARK: - Front end

  package func stopped(_ stop: Stop) -> Resume {
    current = stop
    frameNumber = 0
    resume = nil
    if let next = repeated(stop) { return next }
    if startsRunning, case .start? = stop.reasons.first {
      startsRunning = false
      return .run
    }
    showStop(stop)
    if reportsReturn, case .stepped? = stop.reasons.first {
      say("Value returned in rax: \(hex(cpu.rax)) = \(Int64(bitPattern: cpu.rax))")
    }
    reportsReturn = false
    events.clear()
    while resume == nil, outcome == .ended {
      guard let line = nextLine() else {
        outcome = .quit
        break
      }
      run(line)
    }
    current = nil
    if outcome != .ended { return .kill }
    return resume ?? .kill
  }

  /// The next of several steps, if this stop is nothing but the end of one.
  private func repeated(_ stop: Stop) -> Resume? {
    guard let (left, action) = repetition else { return nil }
    guard stop.reasons.count == 1, case .stepped = stop.reasons[0] else {
      repetition = nil
      return nil
    }
    repetition = left > 1 ? (left - 1, action) : nil
    events.clear()
    return action(self)
  }

  package func noticed(_ text: String) { say(text) }

  /// The program is over: commands that need none still work. Returns what to do next.
  package func ended(_ end: ProcessEnd) -> ConsoleOutcome {
    if outcome != .ended { return outcome }
    if debugger.isDetached { return .quit }
    for line in events.lines(debugger) { say("  " + line) }
    events.clear()
    repetition = nil
    switch end {
    case _ where wasKilled:
      wasKilled = false
      say("[Program killed]")
    case .exited(let status):
      say(status == 0 ? "[Program exited normally]" : "[Program exited with status \(status)]")
    case .killed(let signal):
      say("Program terminated with signal \(Signal(signal).name).")
      say("The program no longer exists.")
    case .instructionLimit, .stopped: say("[Program stopped]")
    }
    while outcome == .ended {
      guard let line = nextLine() else { return .quit }
      run(line)
    }
    return outcome
  }

  private func nextLine() -> String? {
    guard let line = terminal.readLine(prompt: "(swemu) ", complete: { self.complete($0) }) else { return nil }
    let text = line.trimmed
    if !text.isEmpty {
      lastLine = text
      return text
    }
    return terminal.isInteractive ? lastLine : ""
  }

  func leave(_ outcome: ConsoleOutcome) { self.outcome = outcome }

  // MARK: - Commands

  /// Runs one line.
  package func run(_ line: String) {
    guard !line.isEmpty, !line.hasPrefix("#") else { return }
    do throws(CommandError) {
      let (command, argument) = try CommandTable.find(line)
      if command.needsProgram, current == nil { throw CommandError("The program is not being run.") }
      try command.body(self, argument)
    } catch {
      say(error.message)
      // A script that went wrong must not go on as if it had not (gdb does the same).
      if !terminal.isInteractive { outcome = .failed }
    }
  }

  var cpu: CPU { current?.thread.cpu ?? debugger.process.mainThread }

  func evaluate(_ text: String) throws(CommandError) -> UInt64 {
    do throws(ExpressionError) {
      return try Expression(text).evaluate(debugger, cpu, history: history)
    } catch {
      throw CommandError(error.message)
    }
  }
}

/// Why a command cannot be carried out.
struct CommandError: Error {
  var message: String
  init(_ message: String) { self.message = message }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    var part = self[...]
    while let first = part.first, first.isWhitespace { part.removeFirst() }
    while let last = part.last, last.isWhitespace { part.removeLast() }
    return String(part)
  }

  /// The first word, and what follows it.
  var headAndTail: (head: String, tail: String) {
    guard let blank = firstIndex(where: { $0.isWhitespace }) else { return (self, "") }
    return (String(self[..<blank]), String(self[blank...]).trimmed)
  }
}
