import Debugger
import Kernel
import LinuxABI

extension CommandTable {
  static let stopping: [Command] = [
    Command(
      "break b br", .stopping, "break [PLACE] [if CONDITION]", needsProgram: false,
      "Stops at PLACE: FUNCTION, FILE:LINE, LINE, *ADDRESS; here if none is given."
    ) { (console, argument) throws(CommandError) in try console.addBreakpoint(argument, isTemporary: false) },
    Command("tbreak tb", .stopping, "tbreak PLACE [if CONDITION]", needsProgram: false, "As break, but only once.") {
      (console, argument) throws(CommandError) in
      try console.addBreakpoint(argument, isTemporary: true)
    },
    Command(
      "watch", .stopping, "watch WHAT[, LENGTH] [if CONDITION]", needsProgram: false,
      "Stops when something in memory changes.\n"
        + "WHAT is a symbol, *(TYPE *)ADDRESS or {TYPE}ADDRESS, or an address with a LENGTH. Any number, any length."
    ) { (console, argument) throws(CommandError) in try console.addWatchpoint(argument, .write) },
    Command("rwatch", .stopping, "rwatch WHAT[, LENGTH]", needsProgram: false, "Stops when something is read.") {
      (console, argument) throws(CommandError) in
      try console.addWatchpoint(argument, .read)
    },
    Command(
      "awatch", .stopping, "awatch WHAT[, LENGTH]", needsProgram: false, "Stops when something is read or written."
    ) {
      (console, argument) throws(CommandError) in
      try console.addWatchpoint(argument, .access)
    },
    Command(
      "catch", .stopping, "catch EVENT", needsProgram: false,
      "Stops at an event:\n"
        + "syscall [NAME|NUMBER …], signal [SIGNAL …], fault [START, END], load START, END (first touch of a page), fork, exec"
    ) { (console, argument) throws(CommandError) in try console.addCatchpoint(argument) },
    Command("delete d del", .stopping, "delete [N …]", needsProgram: false, "Takes points away; all without numbers.") {
      (console, argument) throws(CommandError) in
      if argument.isEmpty {
        console.debugger.removePoints { _ in true }
        return
      }
      for number in try console.numbers(argument) {
        guard console.debugger.change(number) else { throw CommandError("No breakpoint number \(number).") }
        console.debugger.removePoints { $0 == number }
      }
    },
    Command("clear", .stopping, "clear PLACE", needsProgram: false, "Takes the breakpoints at PLACE away.") {
      (console, argument) throws(CommandError) in
      let addresses = try console.places(argument, isBreakpoint: true).addresses
      console.debugger.removeBreakpoints { !$0.isInternal && addresses.contains($0.address) }
    },
    Command("enable en", .stopping, "enable [N …]", needsProgram: false, "Makes points stop again.") {
      (console, argument) throws(CommandError) in
      try console.setEnabled(argument, true)
    },
    Command("disable dis", .stopping, "disable [N …]", needsProgram: false, "Keeps points from stopping.") {
      (console, argument) throws(CommandError) in
      try console.setEnabled(argument, false)
    },
    Command(
      "condition", .stopping, "condition N [EXPRESSION]", needsProgram: false,
      "Lets point N stop only if EXPRESSION is not 0."
    ) {
      (console, argument) throws(CommandError) in
      let (first, text) = argument.headAndTail
      guard let number = Int(first) else { throw CommandError("Which breakpoint?") }
      let condition = text.isEmpty ? nil : try console.expression(text)
      guard
        console.debugger.change(
          number, breakpoint: { $0.condition = condition }, watchpoint: { $0.condition = condition })
      else { throw CommandError("No breakpoint number \(number).") }
    },
    Command("ignore", .stopping, "ignore N COUNT", needsProgram: false, "Lets the next COUNT hits of point N pass.") {
      (console, argument) throws(CommandError) in
      let (first, text) = argument.headAndTail
      guard let number = Int(first) else { throw CommandError("Which breakpoint?") }
      let count = try console.evaluate(text)
      guard console.debugger.change(number, breakpoint: { $0.ignored = count }, watchpoint: { $0.ignored = count })
      else {
        throw CommandError("No breakpoint number \(number).")
      }
      console.say("Will ignore next \(count) crossings of breakpoint \(number).")
    },
    Command(
      "handle", .stopping, "handle SIGNAL stop|nostop|pass|nopass", needsProgram: false,
      "Says whether a signal stops the program, and whether the program gets it."
    ) {
      (console, argument) throws(CommandError) in
      let words = argument.split(separator: " ").map(String.init)
      guard words.count >= 2 else { throw CommandError("usage: handle SIGNAL|all stop|nostop|pass|nopass") }
      let numbers = words[0] == "all" ? Array(1...Signal.highest) : [try console.signal(words[0])]
      for word in words.dropFirst() {
        switch word {
        case "stop", "print": console.debugger.silentSignals.subtract(numbers)
        case "nostop", "noprint": console.debugger.silentSignals.formUnion(numbers)
        case "pass", "noignore": console.debugger.droppedSignals.subtract(numbers)
        case "nopass", "ignore": console.debugger.droppedSignals.formUnion(numbers)
        default: throw CommandError("\(word) is none of stop, nostop, pass and nopass.")
        }
      }
    },
  ]
}

extension Console {
  func expression(_ text: String) throws(CommandError) -> Expression {
    do throws(ExpressionError) { return try Expression(text) } catch { throw CommandError(error.message) }
  }

  func numbers(_ argument: String) throws(CommandError) -> [Int] {
    var found: [Int] = []
    for word in argument.split(separator: " ") {
      guard let number = Int(word) else { throw CommandError("\(word) is no number of a breakpoint.") }
      found.append(number)
    }
    return found
  }

  /// `… if CONDITION` in two.
  private func split(_ argument: String) throws(CommandError) -> (String, Expression?) {
    let padded = " " + argument
    guard let range = padded.firstPlace(of: " if ") else { return (argument, nil) }
    return (String(padded[..<range.lowerBound]).trimmed, try expression(String(padded[range.upperBound...])))
  }

  func addBreakpoint(_ argument: String, isTemporary: Bool) throws(CommandError) {
    let (text, condition) = try split(argument)
    let (addresses, name) = try places(text, isBreakpoint: true)
    for address in addresses {
      let point = debugger.add(
        Breakpoint(address: address, text: name, isTemporary: isTemporary, condition: condition))
      var line = "\(isTemporary ? "Temporary breakpoint" : "Breakpoint") \(point.number) at \(placeText(address))"
      if let place = debugger.modules.line(at: address) {
        line += ": file \(SourceFiles.shown(place.file)), line \(place.line)."
      }
      say(line)
    }
  }

  func addWatchpoint(_ argument: String, _ kind: Watchpoint.Kind) throws(CommandError) {
    let (text, condition) = try split(argument)
    var what = text
    var length: UInt64?
    if let comma = text.lastIndex(of: ",") {
      what = String(text[..<comma]).trimmed
      length = try evaluate(String(text[text.index(after: comma)...]))
    }
    let parsed = try expression(what)
    let address: UInt64
    do throws(ExpressionError) {
      if let place = try parsed.place(debugger, cpu) {
        address = place.address
        length = length ?? place.size
      } else {
        address = try parsed.evaluate(debugger, cpu)
      }
    } catch {
      throw CommandError(error.message)
    }
    guard let length, length > 0, address &+ length > address else {
      throw CommandError("How many bytes? watch \(what), LENGTH")
    }
    let point = debugger.add(
      Watchpoint(kind: kind, address: address, length: length, text: what, condition: condition))
    let name = kind == .write ? "Watchpoint" : kind == .read ? "Read watchpoint" : "Access watchpoint"
    say("\(name) \(point.number): \(what) (\(length) byte\(length == 1 ? "" : "s") at \(hex(address)))")
  }

  func addCatchpoint(_ argument: String) throws(CommandError) {
    let (event, rest) = argument.headAndTail
    let words = rest.split(separator: " ").map(String.init)
    let kind: Catchpoint.Kind
    switch event {
    case "syscall":
      var numbers: Set<Int> = []
      for word in words {
        guard let number = Int(word) ?? SyscallTable.number(word) else {
          throw CommandError("There is no system call \(word).")
        }
        numbers.insert(number)
      }
      kind = .systemCalls(words.isEmpty ? nil : numbers)
    case "signal":
      var numbers: Set<Int32> = []
      for word in words { numbers.insert(try signal(word)) }
      for number in words.isEmpty ? Set(1...Signal.highest) : numbers { debugger.silentSignals.remove(number) }
      kind = .signals(words.isEmpty ? nil : numbers)
    case "fault", "load":
      if event == "fault", rest.isEmpty {
        kind = .pageFault(nil)
      } else {
        let ends = rest.split(separator: ",").map { String($0) }
        guard ends.count == 2 else { throw CommandError("usage: catch \(event) START, END") }
        let (start, end) = (try evaluate(ends[0]), try evaluate(ends[1]))
        guard start < end else { throw CommandError("START must lie below END.") }
        kind = event == "fault" ? .pageFault(start..<end) : .load(start..<end)
      }
    case "exec": kind = .exec
    case "fork", "vfork": kind = .fork
    default: throw CommandError("catch what? syscall, signal, fault, load, fork, vfork or exec")
    }
    let point = debugger.add(Catchpoint(kind: kind))
    say("Catchpoint \(point.number) (\(argument))")
  }

  func setEnabled(_ argument: String, _ value: Bool) throws(CommandError) {
    let all =
      debugger.breakpoints.filter { !$0.isInternal }.map(\.number)
      + debugger.watchpoints.filter { !$0.isInternal }.map(\.number)
      + debugger.catchpoints.map(\.number)
    for number in argument.isEmpty ? all : try numbers(argument) {
      guard
        debugger.change(
          number, breakpoint: { $0.isEnabled = value }, watchpoint: { $0.isEnabled = value },
          catchpoint: { $0.isEnabled = value })
      else { throw CommandError("No breakpoint number \(number).") }
    }
  }

  // MARK: - Places

  func place(_ text: String) throws(CommandError) -> (address: UInt64, name: String) {
    let (addresses, name) = try places(text, isBreakpoint: false)
    return (addresses[0], name)
  }

  /// The addresses that a place stands for; at least one.
  func places(_ text: String, isBreakpoint: Bool) throws(CommandError) -> (addresses: [UInt64], name: String) {
    if text.isEmpty {
      guard current != nil else { throw CommandError("Which place?") }
      return ([cpu.pointee.rip], "")
    }
    if text.hasPrefix("*") { return ([try evaluate(String(text.dropFirst()))], "") }
    if let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]) {
      let file = String(text[..<colon])
      let found = oneForEachFunction(debugger.modules.addresses(file: file, line: line))
      guard !found.isEmpty else { throw CommandError("No code for line \(line) of \(file).") }
      return (found, text)
    }
    if let line = Int(text) {
      let file = debugger.modules.line(at: cpu.pointee.rip)?.file ?? mainFile ?? ""
      let found = oneForEachFunction(debugger.modules.addresses(file: file, line: line))
      guard !found.isEmpty else {
        throw CommandError("No code for line \(line) of \(file.isEmpty ? "any file" : file).")
      }
      return (found, text)
    }
    if let address = debugger.modules.address(of: text) {
      return ([isBreakpoint ? debugger.afterPrologue(address) : address], text)
    }
    return ([try evaluate(text)], "")
  }

  private var mainFile: String? {
    debugger.modules.address(of: "main").flatMap { debugger.modules.line(at: $0)?.file }
  }

  /// A line's code may lie in several places of one function (a loop's head): the first of each function counts.
  private func oneForEachFunction(_ addresses: [UInt64]) -> [UInt64] {
    var seen: Set<UInt64> = []
    return addresses.sorted().filter { address in
      guard let module = debugger.modules.module(at: address),
        let (symbol, _) = module.symbols.find(address &- module.bias)
      else { return true }
      return seen.insert(symbol.address &+ module.bias).inserted
    }
  }
}
