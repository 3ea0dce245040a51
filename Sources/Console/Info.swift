import Debugger
import Kernel
import LinuxABI
import Machine

/// One topic of `info`.
struct InfoRow: Sendable {
  let name: String
  let help: String
  let body: @Sendable (Console, String) throws(CommandError) -> Void
}

enum InfoTable {
  static let rows: [InfoRow] = [
    InfoRow(name: "registers", help: "general registers, or those named") { (console, argument) throws(CommandError) in
      try console.showRegisters(argument)
    },
    InfoRow(name: "all-registers", help: "also x87 and SSE") { (console, _) throws(CommandError) in
      try console.showRegisters("")
      for number in 0..<8 { console.showRegister(.x87(number), "st\(number)") }
      for name in ["fctrl", "fstat", "ftag", "fop", "mxcsr"] { try console.showRegisters(name) }
      for number in 0..<16 { console.showRegister(.xmm(number), "xmm\(number)") }
    },
    InfoRow(name: "breakpoints", help: "break-, watch- and catchpoints") { (console, _) in console.showPoints() },
    InfoRow(name: "watchpoints", help: "watchpoints alone") { (console, _) in console.showPoints(onlyWatches: true) },
    InfoRow(name: "display", help: "what is shown at each stop") { (console, _) in
      for display in console.displays { console.say("\(display.number): \(display.expression.text)") }
    },
    InfoRow(name: "proc", help: "number, name and memory map of the process") { (console, argument) in
      let process = console.debugger.process
      console.say("process \(console.debugger.threads.first?.identifier ?? 0)")
      console.say("exe = '\(String(decoding: process.image.executablePath, as: UTF8.self))'")
      if argument.hasPrefix("map") { console.terminal.write(process.memory.mapsText) }
    },
    InfoRow(name: "maps", help: "the memory map, as /proc/PID/maps shows it") { (console, _) in
      console.terminal.write(console.debugger.memory.mapsText)
    },
    InfoRow(name: "page", help: "page ADDRESS: what the page table says of a page") {
      (console, argument) throws(CommandError) in
      try console.showPage(argument)
    },
    InfoRow(name: "signals", help: "which signals stop the program") { (console, _) in
      for number in 1...Signal.SIGSYS.rawValue {
        let name = Signal(number).name
        let blank = String(repeating: " ", count: max(1, 12 - name.count))
        let stops = console.debugger.silentSignals.contains(number) ? "nostop" : "stop  "
        console.say(name + blank + stops + (console.debugger.droppedSignals.contains(number) ? " nopass" : " pass"))
      }
    },
    InfoRow(name: "auxv", help: "what the kernel told the program at its start") { (console, _) in
      console.showAuxiliaryVector()
    },
    InfoRow(name: "threads", help: "the threads of the program") { (console, _) in
      for (number, thread) in console.debugger.threads.enumerated() {
        let mark = thread.cpu == console.cpu ? "*" : " "
        console.say("\(mark) \(number + 1)  \"\(thread.name)\"  \(console.placeText(thread.cpu.pointee.rip))")
      }
    },
    InfoRow(name: "symbol", help: "symbol ADDRESS: what lies there") { (console, argument) throws(CommandError) in
      let address = try console.evaluate(argument)
      guard let name = console.debugger.modules.describe(address) else {
        throw CommandError("No symbol matches \(argument).")
      }
      console.say("\(name) in \(console.debugger.modules.module(at: address)?.path ?? "")")
    },
    InfoRow(name: "line", help: "line [PLACE]: the source line and its addresses") {
      (console, argument) throws(CommandError) in
      let address = try console.place(argument).address
      guard let place = console.debugger.modules.line(at: address) else {
        throw CommandError("No line information for \(hex(address)).")
      }
      console.say(
        "Line \(place.line) of \(SourceFiles.shown(place.file)) starts at \(console.placeText(place.range.lowerBound)) and ends at "
          + "\(console.placeText(place.range.upperBound)).")
    },
    InfoRow(name: "frame", help: "the innermost frame") { (console, _) in
      for frame in console.debugger.backtrace(console.cpu, limit: 1) {
        console.say(
          "rip \(console.placeText(frame.rip)), caller's stack pointer \(hex(frame.cfa)), found by \(frame.method)")
      }
    },
    InfoRow(name: "sharedlibrary", help: "the files that are mapped") { (console, _) in
      for module in console.debugger.modules.all {
        let symbols = module.symbols.isEmpty ? "no symbols" : "\(module.symbols.count) symbols"
        console.say("\(hex(module.bias))  \(module.path) (\(symbols)\(module.lines.isEmpty ? "" : ", lines"))")
      }
    },
    InfoRow(name: "stats", help: "instructions, faults and pages so far") { (console, _) in
      let memory = console.debugger.memory
      console.say("instructions    \(console.cpu.pointee.instructions)")
      console.say("page faults     \(memory.statistics.minorFaults) minor, \(memory.statistics.majorFaults) major")
      console.say("resident pages  \(memory.residentPages)")
      console.say("blocks built    \(console.debugger.machine.builtBlockCount)")
    },
    InfoRow(name: "syscalls", help: "the latest system calls") { (console, _) in
      for line in console.events.history.suffix(20) { console.say(line) }
    },
  ]
}

/// Names that complete after `$`.
enum DebugRegisterNames {
  static let all =
    DebugRegister.generalNames + [
      "rip", "eflags", "fs_base", "gs_base", "mxcsr", "eax", "ecx", "edx", "ebx", "esi", "edi", "al", "pc", "sp",
    ]
    + (0..<16).map { "xmm\($0)" } + (0..<8).map { "st\($0)" }
}

extension Console {
  func info(_ argument: String) throws(CommandError) {
    let (name, rest) = argument.headAndTail
    guard !name.isEmpty else {
      for row in InfoTable.rows {
        say("info \(row.name)" + String(repeating: " ", count: max(1, 16 - row.name.count)) + row.help)
      }
      return
    }
    let exact = InfoTable.rows.first { $0.name == name }
    guard let row = exact ?? InfoTable.rows.first(where: { $0.name.hasPrefix(name) }) else {
      throw CommandError("There is no info \(name); `info` lists them.")
    }
    try row.body(self, rest)
  }

  func showRegisters(_ argument: String) throws(CommandError) {
    let general = ["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp"] + (8..<16).map { "r\($0)" }
    let names =
      argument.isEmpty
      ? general + ["rip", "eflags", "cs", "ss", "ds", "es", "fs", "gs", "fs_base", "gs_base"]
      : argument.split(separator: " ").map { $0.hasPrefix("$") ? String($0.dropFirst()) : String($0) }
    for name in names {
      if let register = DebugRegister(gdb: name), register.size > 8 {
        showRegister(register, name)
        continue
      }
      guard let value = debugger.value(named: name, cpu) else { throw CommandError("Invalid register `\(name)'") }
      let second: String
      switch name {
      case "eflags", "rflags": second = Debugger.text(flags: value)
      case "rip", "pc": second = placeText(value)
      default: second = String(Int64(bitPattern: value))
      }
      say(pad(name, 15) + pad(hex(value), 19) + second)
    }
  }

  func showRegister(_ register: DebugRegister, _ name: String) {
    say(pad(name, 15) + Debugger.text(number: debugger.read(register, cpu)))
  }

  func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(1, width - text.count)) }

  func showPoints(onlyWatches: Bool = false) {
    var rows: [(number: Int, lines: [String])] = []
    func hits(_ count: UInt64) -> [String] { count == 0 ? [] : ["\thit \(count) time\(count == 1 ? "" : "s")"] }
    for point in debugger.breakpoints where !point.isInternal && !onlyWatches {
      let kind = point.isTemporary ? "temporary breakpoint" : "breakpoint"
      var lines = [
        "\(point.number)\t\(kind)\t\(point.isEnabled ? "y" : "n")\t\(placeText(point.address)) \(point.text)"
      ]
      if let condition = point.condition { lines.append("\tstop only if \(condition.text)") }
      lines += hits(point.hits)
      if point.ignored > 0 { lines.append("\tignore next \(point.ignored) hits") }
      rows.append((point.number, lines))
    }
    for point in debugger.watchpoints where !point.isInternal {
      let kind = point.kind == .write ? "watchpoint" : point.kind == .read ? "read watchpoint" : "access watchpoint"
      var lines = [
        "\(point.number)\t\(kind)\t\(point.isEnabled ? "y" : "n")\t\(hex(point.address)), \(point.length) bytes: \(point.text)"
      ]
      if let condition = point.condition { lines.append("\tstop only if \(condition.text)") }
      rows.append((point.number, lines + hits(point.hits)))
    }
    for point in debugger.catchpoints where !onlyWatches {
      rows.append(
        (
          point.number,
          ["\(point.number)\tcatchpoint\t\(point.isEnabled ? "y" : "n")\t\(Self.text(point.kind))"] + hits(point.hits)
        ))
    }
    if rows.isEmpty { return say(onlyWatches ? "No watchpoints." : "No breakpoints or watchpoints.") }
    for row in rows.sorted(by: { $0.number < $1.number }) { for line in row.lines { say(line.trimmedEnd) } }
  }

  private static func text(_ kind: Catchpoint.Kind) -> String {
    switch kind {
    case .systemCalls(nil): "syscall"
    case .systemCalls(let numbers?): "syscall " + numbers.sorted().map { SyscallTable.name($0) }.joined(separator: " ")
    case .signals(nil): "signal"
    case .signals(let numbers?): "signal " + numbers.sorted().map { Signal($0).name }.joined(separator: " ")
    case .pageFault(nil): "fault"
    case .pageFault(let range?): "fault \(hex(range.lowerBound)), \(hex(range.upperBound))"
    case .load(let range): "load \(hex(range.lowerBound)), \(hex(range.upperBound))"
    case .exec: "exec"
    case .fork: "fork"
    }
  }

  /// The auxiliary vector as the program found it on its stack (man 3 getauxval).
  func showAuxiliaryVector() {
    let words = debugger.process.image.auxiliaryVector
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      let name = "AT_\(AuxiliaryType(rawValue: words[index]).name)"
      var text = hex(words[index + 1])
      // Those that point to text.
      if ["AT_EXECFN", "AT_PLATFORM"].contains(name) {
        let bytes = debugger.read(words[index + 1], 4096).prefix { $0 != 0 }
        text += " \"\(Self.escaped(bytes))\""
      } else if let place = debugger.modules.describe(words[index + 1]) {
        text += " <\(place)>"
      }
      say(pad(name, 22) + text)
    }
  }

  func showPage(_ argument: String) throws(CommandError) {
    let address = try evaluate(argument)
    let bits = debugger.memory.pageBits(at: address)
    let names: [(String, UInt8)] = [
      ("present", PageBits.present), ("readable", PageBits.readable), ("writable", PageBits.writable),
      ("executable", PageBits.executable), ("code", PageBits.hasCode), ("watched", PageBits.watched),
      ("accessed", PageBits.accessed), ("dirty", PageBits.dirty),
    ]
    let set = names.filter { bits & $0.1 != 0 }.map(\.0)
    let page = address & ~0xfff
    say("page \(hex(page)): " + (set.isEmpty ? "not touched yet" : set.joined(separator: " ")))
    guard let vma = debugger.memory.vma(containing: address) else { return say("  nothing is mapped there") }
    let rights = vma.protection
    let text =
      (rights.contains(.read) ? "r" : "-") + (rights.contains(.write) ? "w" : "-")
      + (rights.contains(.execute) ? "x" : "-")
    say("  \(hex(vma.start))-\(hex(vma.end)) \(text)\(vma.isShared ? "s" : "p") \(vma.backing?.path ?? "")".trimmedEnd)
  }
}

extension String {
  var trimmedEnd: String {
    var part = self[...]
    while let last = part.last, last.isWhitespace { part.removeLast() }
    return String(part)
  }
}
