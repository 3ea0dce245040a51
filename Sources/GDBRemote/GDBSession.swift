/// One conversation with gdb: bytes in, bytes and decisions out. It never reads, writes or waits itself.
package final class GDBSession {
  /// What the owner of the connection has to do.
  package enum Decision: Sendable, Equatable {
    /// Let the program run, then call `stopped` or `ended`.
    case resume(GDBResume)
    /// gdb pressed Ctrl-C.
    case interrupt
    case detach
    /// End the program; the conversation goes on only in extended mode.
    case kill
    /// Start a program (extended mode), then call `started`.
    case start(GDBProgram)
    /// The child that waits (`GDBTarget.waitingChild`) runs free.
    case releaseChild
    /// The child goes on under gdb, the parent runs free.
    case followChild
  }

  let target: any GDBTarget
  private var reader = PacketReader()
  private var output: [UInt8] = []
  private var lastFrame: [UInt8] = []
  private var acknowledges = true
  /// After QStartNoAckMode's own answer.
  private var stopsAcknowledging = false

  /// `target extended-remote`.
  package private(set) var isExtended = false
  /// gdb understands `pPID.TID`.
  var isMultiprocess = false
  /// gdb understands `swbreak` and `hwbreak` in stop replies.
  var knowsBreakReasons = false
  package var knowsExecs = false
  package var knowsForks = false
  var knowsVforks = false
  /// Whether the program runs: then gdb waits for a stop reply.
  private var isRunning = false
  /// Whether there is a program.
  package private(set) var isAlive = true
  private var lastStop: GDBStop?
  private var lastEnd: GDBEnd?
  /// The thread for `g`, `m` and their like; nil for the one that stopped.
  var selectedThread: UInt64?
  /// The process of the last `Hg`, where gdb named one.
  private var selectedProcess: UInt64?
  private var continueThread: UInt64?
  var files = GDBFiles()
  var program = GDBProgram(arguments: [], environment: [])

  package init(target: any GDBTarget) { self.target = target }

  /// Bytes to send, which are then forgotten.
  package func takeOutput() -> [UInt8] {
    defer { output = [] }
    return output
  }

  /// Takes bytes that gdb sent, up to and including those that lead to a decision; the rest is left in `bytes`.
  package func receive(_ bytes: inout ArraySlice<UInt8>) -> Decision? {
    while let byte = bytes.popFirst() {
      guard let event = reader.take(byte) else { continue }
      switch event {
      case .acknowledged: break
      case .refused: output += lastFrame
      case .corrupt: if acknowledges { output.append(UInt8(ascii: "-")) }
      case .interrupt: return .interrupt
      case .packet(let contents):
        if acknowledges { output.append(UInt8(ascii: "+")) }
        if let decision = handle(contents) { return decision }
      }
    }
    return nil
  }

  // MARK: - What happened

  /// The program stopped.
  package func stopped(_ stop: GDBStop) {
    lastStop = stop
    lastEnd = nil
    isAlive = true
    selectedThread = nil
    selectedProcess = nil
    continueThread = nil
    guard isRunning else { return }
    isRunning = false
    send(stopReply(stop))
  }

  /// The program is over.
  package func ended(_ end: GDBEnd) {
    lastEnd = end
    isAlive = false
    guard isRunning else { return }
    isRunning = false
    send(endReply(end))
  }

  /// The program that was to be started cannot be.
  package func startFailed() {
    isRunning = false
    fail(2)
  }

  /// Text for the user while the program runs (packet `O`).
  package func print(_ text: String) {
    if isRunning { send([UInt8(ascii: "O")] + Hexadecimal.encode(text.utf8)) }
  }

  // MARK: - Replies

  func send(_ contents: [UInt8]) {
    lastFrame = PacketWriter.frame(contents)
    output += lastFrame
    if stopsAcknowledging {
      acknowledges = false
      stopsAcknowledging = false
    }
  }

  func send(_ text: String) { send(Array(text.utf8)) }
  func ok() { send("OK") }
  /// An error; the number has no meaning for gdb, so Linux' errno is as good as any.
  func fail(_ number: UInt8 = 1) { send([UInt8(ascii: "E")] + Hexadecimal.encode([number])) }
  func check(_ success: Bool, _ number: UInt8 = 14) { success ? ok() : fail(number) }

  func name(_ thread: GDBThread) -> String {
    let number = String(thread.thread, radix: 16)
    return isMultiprocess ? "p\(String(thread.process, radix: 16)).\(number)" : number
  }

  private func endReply(_ end: GDBEnd) -> [UInt8] {
    var text: [UInt8]
    switch end {
    case .exited(let status): text = [UInt8(ascii: "W")] + Hexadecimal.encode([status])
    case .killed(let signal): text = [UInt8(ascii: "X")] + Hexadecimal.encode([signal])
    }
    if isMultiprocess { text += Array(";process:\(String(target.currentThread.process, radix: 16))".utf8) }
    return text
  }

  private func stopReply(_ stop: GDBStop) -> [UInt8] {
    var text = [UInt8(ascii: "T")] + Hexadecimal.encode([stop.signal])
    text += Array("thread:\(name(stop.thread));".utf8)
    for register in target.expeditedRegisters(stop.thread.thread) {
      text += Array((String(register.number, radix: 16) + ":").utf8) + Hexadecimal.encode(register.bytes)
      text.append(UInt8(ascii: ";"))
    }
    switch stop.detail {
    case .none: break
    case .breakpoint(let kind):
      if knowsBreakReasons { text += Array((kind == .hardware ? "hwbreak:;" : "swbreak:;").utf8) }
    case .watchpoint(let kind, let address):
      let word = kind == .read ? "rwatch" : kind == .access ? "awatch" : "watch"
      text += Array("\(word):\(String(address, radix: 16));".utf8)
    case .systemCallEntry(let number): text += Array("syscall_entry:\(String(number, radix: 16));".utf8)
    case .systemCallReturn(let number): text += Array("syscall_return:\(String(number, radix: 16));".utf8)
    case .fork(let child, let isVfork):
      if isVfork ? knowsVforks : knowsForks { text += Array("\(isVfork ? "vfork" : "fork"):\(name(child));".utf8) }
    case .vforkDone: text += Array("vforkdone:;".utf8)
    case .exec(let path):
      if knowsExecs { text += Array("exec:".utf8) + Hexadecimal.encode(path) + [UInt8(ascii: ";")] }
    }
    return text
  }

  // MARK: - Packets

  private func handle(_ contents: [UInt8]) -> Decision? {
    guard let first = contents.first else {
      send([])
      return nil
    }
    var scanner = PacketScanner(contents.dropFirst())
    switch first {
    case UInt8(ascii: "?"): reportState()
    case UInt8(ascii: "!"):
      isExtended = true
      ok()
    case UInt8(ascii: "g"), UInt8(ascii: "G"), UInt8(ascii: "p"), UInt8(ascii: "P"):
      handleRegisters(first, &scanner)
    case UInt8(ascii: "m"), UInt8(ascii: "M"), UInt8(ascii: "x"), UInt8(ascii: "X"):
      handleMemory(first, &scanner)
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): handlePoint(isInsertion: first == UInt8(ascii: "Z"), &scanner)
    case UInt8(ascii: "H"): selectThread(&scanner)
    case UInt8(ascii: "T"):
      let thread = threadNumber(&scanner)
      check(isAlive && exists(thread), 3)
    case UInt8(ascii: "q"), UInt8(ascii: "Q"): handleQuery(contents)
    case UInt8(ascii: "v"): return handleV(contents)
    case UInt8(ascii: "c"), UInt8(ascii: "s"), UInt8(ascii: "C"), UInt8(ascii: "S"): return resumeOld(first, &scanner)
    case UInt8(ascii: "D"): return detach(&scanner)
    case UInt8(ascii: "k"): return .kill
    case UInt8(ascii: "R"): return start(GDBProgram(arguments: [], environment: program.environment))
    default: send([])
    }
    return nil
  }

  private func reportState() {
    if let lastEnd, !isAlive {
      send(endReply(lastEnd))
    } else {
      send(stopReply(lastStop ?? GDBStop(thread: target.currentThread, signal: GDBSignal.trap)))
    }
  }

  func setAcknowledging(_ value: Bool) {
    // The answer to the request is still acknowledged.
    if !value { stopsAcknowledging = true }
  }

  // MARK: - Threads

  var thread: UInt64 { selectedThread ?? target.currentThread.thread }

  /// `pPID.TID` or `TID`; 0 and -1 are nil, which stands for any and all.
  func threadNumber(_ scanner: inout PacketScanner) -> UInt64? {
    var text = scanner.until(";")
    if text.first == UInt8(ascii: "p") {
      guard let dot = text.firstIndex(of: UInt8(ascii: ".")) else { return nil }
      text = text[(dot + 1)...]
    }
    if text.first == UInt8(ascii: "-") { return nil }
    let number = Hexadecimal.number(text)
    return number == 0 ? nil : number
  }

  private func selectThread(_ scanner: inout PacketScanner) {
    let operation = scanner.character()
    var text = scanner
    let process = processNumber(&text)
    let number = threadNumber(&scanner)
    if let number, !exists(number) { return fail(3) }
    if operation == UInt8(ascii: "c") {
      continueThread = number
    } else {
      selectedThread = number
      selectedProcess = process
    }
    ok()
  }

  private func exists(_ thread: UInt64?) -> Bool {
    target.threads.contains { $0.thread == thread } || thread != nil && target.waitingChild?.thread == thread
  }

  /// Whether gdb speaks of the child of a fork, whose breakpoints are its own.
  var speaksOfChild: Bool {
    guard let child = target.waitingChild else { return false }
    return selectedProcess == child.process || selectedThread == child.thread
  }

  /// The process in `pPID.TID` or `PID`.
  func processNumber(_ scanner: inout PacketScanner) -> UInt64? {
    guard scanner.skip("p") else { return nil }
    return Hexadecimal.number(scanner.until("."))
  }

  /// `D` or `D;PID`.
  private func detach(_ scanner: inout PacketScanner) -> Decision? {
    ok()
    guard scanner.skip(";"), let process = scanner.number(";") else { return .detach }
    if let child = target.waitingChild {
      return process == child.process ? .releaseChild : .followChild
    }
    // The parent of a process that gdb followed: it runs free already.
    return process == target.currentThread.process || !isMultiprocess ? .detach : nil
  }

  /// Whether `request` lets only the child run.
  package func isForChild(_ request: GDBResume) -> Bool {
    guard let child = target.waitingChild else { return false }
    return !request.entries.isEmpty
      && request.entries.allSatisfy { $0.thread == child.thread || $0.process == child.process }
  }

  /// In the child: gdb was told of it, and let it run already if `isRunning`.
  package func becameChild(isRunning: Bool) {
    selectedThread = nil
    selectedProcess = nil
    continueThread = nil
    self.isRunning = isRunning
  }

  // MARK: - Going on

  func resume(_ request: GDBResume) -> Decision? {
    guard isAlive else {
      fail(3)
      return nil
    }
    isRunning = true
    return .resume(request)
  }

  func start(_ program: GDBProgram) -> Decision? {
    guard isExtended else {
      send([])
      return nil
    }
    isRunning = true
    return .start(program)
  }

  /// The forms from before vCont: `c`, `s`, `C signal`, `S signal`, each with an address perhaps.
  private func resumeOld(_ first: UInt8, _ scanner: inout PacketScanner) -> Decision? {
    var signal: UInt8 = 0
    if first == UInt8(ascii: "C") || first == UInt8(ascii: "S") {
      signal = UInt8(truncatingIfNeeded: scanner.number(";") ?? 0)
    }
    if let address = scanner.number(";") {
      // RIP is register 16.
      _ = target.setRegister(thread, 16, (0..<8).map { UInt8(truncatingIfNeeded: address >> ($0 * 8)) })
    }
    let isStep = first == UInt8(ascii: "s") || first == UInt8(ascii: "S")
    return resume(GDBResume([.init(action: isStep ? .step : .run, signal: signal, thread: continueThread)]))
  }
}
