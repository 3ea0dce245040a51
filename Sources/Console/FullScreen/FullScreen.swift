import Debugger
import Glibc
import Kernel
import LinuxABI
import Machine
import TUI

/// `--tui`: the debugger on the whole screen. Draws pictures of the program where it stands, and turns keys into
/// commands of the console or steps.
package final class FullScreen: DebuggerFrontEnd {
  private let debugger: Debugger
  private let terminal: ScreenTerminal
  private let program: ProgramTerminal
  private let answers = CapturingTerminal()
  let console: Console
  private var encoder: TerminalEncoder
  private var keys = KeyDecoder()
  private var pump: OutputPump!
  private var output = OutputText()

  var view: View
  var picture = Picture()
  var gatherer: Gatherer
  private var stop: Stop?
  /// Lines typed before.
  private var history: [String] = []
  /// What a finished input line is for.
  private var purpose = Purpose.command
  /// Resumes by itself until a key is pressed.
  private var isAnimating = false
  private var repetition: (left: UInt64, action: (Console) -> Resume)?
  /// A catchpoint for one stop (`f`, `y`).
  private var temporaryPoint: Int?
  package private(set) var outcome = ConsoleOutcome.ended
  /// Instructions between two pictures while the program runs slowly.
  private static let animationSteps: UInt64 = 1000

  private enum Purpose { case command, breakpoint, watchpoint, code, memory, search }

  /// The terminals, made before there is a program: nil with errno set where there is none.
  package struct Terminals {
    let screen: ScreenTerminal
    let program: ProgramTerminal

    package init?() {
      guard let screen = ScreenTerminal() else { return nil }
      let size = screen.size
      guard let program = ProgramTerminal(rows: size.rows, columns: size.columns) else { return nil }
      (self.screen, self.program) = (screen, program)
    }

    package func hide(in files: FileTable) {
      screen.hide(in: files)
      program.hide(in: files)
    }
  }

  package init(debugger: Debugger, terminals: Terminals) {
    self.debugger = debugger
    terminal = terminals.screen
    program = terminals.program
    console = Console(commandsOf: debugger, terminal: answers)
    gatherer = Gatherer(console: console)
    encoder = TerminalEncoder(isASCII: terminal.isASCII)
    let size = terminal.size
    view = View(rows: size.rows, columns: size.columns)
    debugger.frontEnd = self
    debugger.recordsEffects = true
    console.events.observe(debugger)
    pump = OutputPump(
      descriptors: { [unowned self] in (terminal.descriptor, program.master) },
      onEvent: { [unowned self] in happened($0) })
    pump.hide(in: debugger.process.files)
    terminal.begin()
  }

  /// A new process has taken the place of the old one.
  package func adopted(_ process: Process) {
    terminal.hide(in: process.files)
    program.hide(in: process.files)
    pump.hide(in: process.files)
    gatherer.forget()
    output = OutputText()
    outcome = .ended
  }

  /// The debugger has the new process.
  package func watch() { console.adoptEvents() }

  /// Gives the terminal back as it was.
  package func close() { terminal.end() }

  package var nextArguments: [[UInt8]]? {
    get { console.nextArguments }
    set { console.nextArguments = newValue }
  }

  // MARK: - Stops

  package func stopped(_ stop: Stop) -> Resume {
    pump.stop()
    view.isRunning = false
    self.stop = stop
    console.beginStop(stop)
    if let number = temporaryPoint {
      debugger.removePoints { $0 == number }
      temporaryPoint = nil
    }
    if let (left, action) = repetition {
      repetition = left > 1 ? (left - 1, action) : nil
      if stop.reasons.count == 1, case .stepped = stop.reasons[0] { return goOn(action(console)) }
      repetition = nil
    }
    output.append(program.read())
    // Where the program stands is where one looks.
    gatherer.codeAddress = nil
    view.scroll[.code] = 0
    refresh(isNew: true)
    if isAnimating, stop.reasons.allSatisfy({ if case .stepped = $0 { true } else { false } }) {
      draw()
      if keysWaiting(milliseconds: 30).isEmpty { return goOn(.steps(Self.animationSteps)) }
    }
    isAnimating = false
    return goOn(converse())
  }

  private func goOn(_ resume: Resume) -> Resume {
    console.events.clear()
    view.message = ""
    pump.start()
    return resume
  }

  package func noticed(_ text: String) { view.message = text }
  package func executed() { console.executed() }

  /// The program is over. Returns what to do next.
  package func ended(_ end: ProcessEnd) -> ConsoleOutcome {
    pump.stop()
    view.isRunning = false
    output.append(program.read())
    picture.output = output.all
    picture.calls = console.events.history
    stop = nil
    if outcome != .ended { return outcome }
    if debugger.isDetached { return .quit }
    switch end {
    case .exited(let status): picture.status = "exited with status \(status)"
    case .killed(let signal): picture.status = "killed by \(Signal(signal).name)"
    case .instructionLimit, .stopped: picture.status = "stopped"
    }
    view.message = "The program is over: r runs it again, q quits."
    if view.focus == .code { view.focus = .output }
    _ = converse()
    return outcome == .ended ? .quit : outcome
  }

  private func refresh(isNew: Bool) {
    guard let stop else { return }
    let status = stop.reasons.map { console.shortText($0) }.joined(separator: ", ")
    picture = gatherer.gather(stop, status: status, isNew: isNew, old: picture)
    picture.output = output.all
  }

  func draw() {
    let size = terminal.size
    if size.rows != view.rows || size.columns != view.columns {
      (view.rows, view.columns) = (size.rows, size.columns)
      program.resize(rows: size.rows, columns: size.columns)
      encoder.forget()
    }
    terminal.write(encoder.encode(view.draw(picture)))
  }

  // MARK: - While the program runs

  private func happened(_ event: OutputPump.Event) {
    switch event {
    case .keys(let bytes):
      if isAnimating || bytes.contains(3) {
        isAnimating = false
        debugger.interrupt()
      }
      let rest = bytes.filter { $0 != 3 }
      if !rest.isEmpty { program.type(rest) }
    case .output:
      output.append(program.read())
      picture.output = output.all
    case .tick: if view.isRunning && terminal.size == (view.rows, view.columns) { return }
    }
    view.isRunning = true
    draw()
  }

  // MARK: - Keys

  /// Keys that were pressed; empty if none was for so long.
  private func keysWaiting(milliseconds: Int32) -> [Key] {
    guard let bytes = terminal.read(milliseconds: milliseconds) else {
      outcome = .quit
      return [.control("c")]
    }
    return bytes.isEmpty ? keys.isPending ? keys.flush() : [] : keys.take(bytes)
  }

  /// Shows the program and obeys the user until it is to go on.
  private func converse() -> Resume {
    while outcome == .ended {
      draw()
      var pressed: [Key] = []
      while pressed.isEmpty {
        pressed = keysWaiting(milliseconds: keys.isPending ? 30 : 200)
        if terminal.size != (view.rows, view.columns) { break }
      }
      for key in pressed {
        if let resume = take(key) { return resume }
        if outcome != .ended { break }
      }
    }
    return .kill
  }

  private func take(_ key: Key) -> Resume? {
    view.message = ""
    if view.input != nil { return takeInput(key) }
    if view.showsHelp || view.answer != nil { return takeOverlay(key) }
    if key == .character("q") {
      outcome = .quit
      return nil
    }
    if look(key) { return nil }
    return act(key)
  }

  private func takeOverlay(_ key: Key) -> Resume? {
    switch key {
    case .down: view.answerScroll += 1
    case .up: view.answerScroll = max(0, view.answerScroll - 1)
    case .pageDown: view.answerScroll += view.rows / 2
    case .pageUp: view.answerScroll = max(0, view.answerScroll - view.rows / 2)
    default:
      let isCommand = view.answer != nil && key == .character(":")
      (view.showsHelp, view.answer, view.answerScroll) = (false, nil, 0)
      if isCommand { return take(key) }
    }
    return nil
  }

  /// Keys that change what is seen; false for others.
  private func look(_ key: Key) -> Bool {
    let page = max(1, view.layout.lines(of: view.focus) - 1)
    switch key {
    case .character("?"), .function(1): view.showsHelp = true
    case .tab: view.moveFocus(1)
    case .backTab: view.moveFocus(-1)
    case .character("z"): view.isZoomed.toggle()
    case .up, .character("k"): move(-1)
    case .down, .character("j"): move(1)
    case .pageUp: move(-page)
    case .pageDown: move(page)
    case .home: view.scroll[view.focus] = 0
    case .control("l"): encoder.forget()
    case .character("l"):
      gatherer.showsSource.toggle()
      refresh(isNew: false)
    case .character("."):
      gatherer.codeAddress = nil
      view.scroll[.code] = 0
      refresh(isNew: false)
    case .character(":"): ask("(swemu) ", .command)
    case .character("/"): ask("search: ", .search)
    case .character("g"): ask("code at: ", .code)
    case .character("m"): ask("memory at: ", .memory)
    case .character("b"): ask("break ", .breakpoint)
    case .character("w"): ask("watch ", .watchpoint)
    case .character("p"): perform("info breakpoints")
    default: return false
    }
    return true
  }

  private func move(_ distance: Int) {
    let old = view.scroll[view.focus] ?? 0
    switch view.focus {
    case .code: view.scroll[.code] = max(-600, min(600, old + distance))
    case .calls, .output:
      let count = view.focus == .calls ? picture.calls.count : picture.output.count
      view.scroll[view.focus] = max(-count, min(0, old + distance))
    default: view.scroll[view.focus] = max(0, min(1000, old + distance))
    }
  }

  private func ask(_ prompt: String, _ purpose: Purpose) {
    self.purpose = purpose
    view.input = InputLine(prompt: prompt)
  }

  /// Keys that let the program go on, or change its points.
  private func act(_ key: Key) -> Resume? {
    if key == .character("r") {
      outcome = .restart
      return nil
    }
    guard stop != nil else {
      view.message = "The program is over: r runs it again, q quits."
      return nil
    }
    switch key {
    case .character("s"), .enter: return .steps(1)
    case .character("n"): return debugger.stepOver(console.cpu)
    case .character("S"): return .line(entersCalls: true)
    case .character("N"): return .line(entersCalls: false)
    case .character("c"): return .run
    case .character("o"):
      if let resume = debugger.stepOut(console.cpu) { return resume }
      view.message = "There is no caller to return to."
    case .character("a"):
      isAnimating = true
      return .steps(Self.animationSteps)
    case .character("f"): return runTo(.pageFault(nil))
    case .character("y"): return runTo(.systemCalls(nil))
    case .character("B"):
      let here = console.cpu.pointee.rip
      if debugger.breakpoints.contains(where: { !$0.isInternal && $0.address == here }) {
        debugger.removeBreakpoints { !$0.isInternal && $0.address == here }
      } else {
        debugger.add(Breakpoint(address: here))
      }
      refresh(isNew: false)
    default: break
    }
    return nil
  }

  private func runTo(_ kind: Catchpoint.Kind) -> Resume {
    temporaryPoint = debugger.add(Catchpoint(kind: kind)).number
    return .run
  }

  // MARK: - The command line

  private func takeInput(_ key: Key) -> Resume? {
    guard var input = view.input else { return nil }
    let outcome = input.take(key, history: history)
    view.input = input
    switch outcome {
    case .goOn: break
    case .cancelled: view.input = nil
    case .complete: complete(input)
    case .done(let text):
      view.input = nil
      let line = text.trimmed
      if !line.isEmpty, history.last != line { history.append(line) }
      return line.isEmpty ? nil : finish(line)
    }
    return nil
  }

  private func complete(_ input: InputLine) {
    let typed = String(input.text.prefix(input.cursor))
    let words = console.complete(purpose == .command ? typed : "break " + typed)
    let last = typed.split(separator: " ", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    guard var common = words.first else { return }
    for word in words { while !word.hasPrefix(common) { common.removeLast() } }
    view.input?.insert(String(common.dropFirst(last.count)) + (words.count == 1 ? " " : ""))
  }

  private func finish(_ line: String) -> Resume? {
    switch purpose {
    case .command: return perform(line)
    case .breakpoint: return perform("break " + line)
    case .watchpoint: return perform("watch " + line)
    case .code:
      if let address = address(line) { show(code: address) }
    case .memory:
      if let address = address(line) { show(memory: address) }
    case .search: search(line)
    }
    return nil
  }

  private func address(_ text: String) -> UInt64? {
    do throws(CommandError) { return try console.place(text).address } catch {
      view.message = error.message
      return nil
    }
  }

  func show(code address: UInt64) {
    gatherer.codeAddress = address
    (view.focus, view.scroll[.code]) = (.code, 0)
    refresh(isNew: false)
  }

  func show(memory address: UInt64) {
    gatherer.memoryAddress = address
    (view.focus, view.scroll[.memory]) = (.memory, 0)
    refresh(isNew: false)
  }

  /// Text or bytes in memory, else a place in the code.
  private func search(_ line: String) {
    guard view.focus == .memory else {
      if let address = address(line) { show(code: address) }
      return
    }
    let bytes = MemorySearch.pattern(line)
    let start = (gatherer.memoryAddress ?? console.cpu.rsp) &+ 16
    if let found = MemorySearch.find(bytes, from: start, debugger) {
      show(memory: found)
      view.message = "found at \(hex(found))"
    } else {
      view.message = "not found behind \(hex(start))"
    }
  }

  @discardableResult
  private func perform(_ line: String) -> Resume? {
    let resume = console.perform(line, at: stop)
    repetition = console.repetition
    console.repetition = nil
    switch console.outcome {
    case .restart, .quit: outcome = console.outcome
    case .ended, .failed: break
    }
    let lines = answers.take().split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
    if lines.count == 1 { view.message = lines[0] } else if !lines.isEmpty { view.answer = Array(lines) }
    refresh(isNew: false)
    return resume
  }
}
