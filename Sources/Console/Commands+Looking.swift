import Debugger
import Kernel
import Machine
import X86

extension CommandTable {
  static let looking: [Command] = [
    Command(
      "info i", .looking, "info TOPIC", needsProgram: false,
      "Shows a topic: " + InfoTable.rows.map(\.name).joined(separator: ", ")
    ) {
      (console, argument) throws(CommandError) in
      try console.info(argument)
    },
    Command(
      "print p inspect", .looking, "print[/FORMAT] EXPRESSION", needsProgram: false,
      "Shows a value, in format x d u o t c a."
    ) {
      (console, argument) throws(CommandError) in
      try console.printValue(argument)
    },
    Command("x", .looking, "x[/COUNT FORMAT SIZE] ADDRESS", "Shows memory: formats x d u o t c a s i, sizes b h w g.") {
      (console, argument) throws(CommandError) in
      try console.examineMemory(argument)
    },
    Command(
      "disassemble disas", .looking, "disassemble [START[, END|+LENGTH]]", "Shows the code of a function or range."
    ) {
      (console, argument) throws(CommandError) in
      try console.disassemble(argument)
    },
    Command("backtrace bt where", .looking, "backtrace [N]", "Shows the functions that are active, innermost first.") {
      (console, argument) throws(CommandError) in
      let limit = argument.isEmpty ? 100 : Int(clamping: try console.evaluate(argument))
      for (number, frame) in console.debugger.backtrace(console.cpu, limit: limit).enumerated() {
        console.say(console.text(frame, number))
      }
    },
    Command("frame f", .looking, "frame [N]", "Chooses a frame for finish and list.") {
      (console, argument) throws(CommandError) in
      try console.chooseFrame(argument.isEmpty ? console.frameNumber : Int(clamping: try console.evaluate(argument)))
    },
    Command("up", .looking, "up", "Chooses the caller's frame.") { (console, _) throws(CommandError) in
      try console.chooseFrame(console.frameNumber + 1)
    },
    Command("down", .looking, "down", "Chooses the called function's frame.") { (console, _) throws(CommandError) in
      guard console.frameNumber > 0 else { throw CommandError("Bottom (innermost) frame selected; you can't go down.") }
      try console.chooseFrame(console.frameNumber - 1)
    },
    Command("list l", .looking, "list [PLACE]", needsProgram: false, "Shows ten source lines.") {
      (console, argument) throws(CommandError) in
      try console.list(argument)
    },
    Command("display", .looking, "display[/FORMAT] EXPRESSION", needsProgram: false, "Shows a value at each stop.") {
      (console, argument) throws(CommandError) in
      try console.addDisplay(argument)
    },
    Command("undisplay", .looking, "undisplay [N]", needsProgram: false, "Ends a display, or all.") {
      (console, argument) in
      console.displays.removeAll { argument.isEmpty || $0.number == Int(argument) }
    },
  ]

  static let changing: [Command] = [
    Command(
      "set", .changing,
      "set $REGISTER = VALUE\n  set {TYPE}ADDRESS = VALUE\n  set *(TYPE *)ADDRESS = VALUE\n"
        + "  set follow-fork-mode parent|child", needsProgram: false,
      "Changes a register or memory, or says who is followed after a fork."
    ) { (console, argument) throws(CommandError) in try console.assign(argument) }
  ]
}

extension Console {
  /// `#1  0x… in main+4 at file:line`
  func text(_ frame: Frame, _ number: Int) -> String {
    let index = "#\(number)" + String(repeating: " ", count: max(1, 3 - String(number).count))
    var line = index + hex(frame.rip)
    let lookup = frame.isExact ? frame.rip : frame.rip &- 1
    // The name of the function that the call is in, with the offset of where it will go on.
    if let module = debugger.modules.module(at: lookup), let (symbol, _) = module.symbols.find(lookup &- module.bias) {
      let offset = frame.rip &- module.bias &- symbol.address
      line += " in \(module.symbols.name(of: symbol))" + (offset == 0 ? "" : "+\(hex(offset))")
    }
    if let place = debugger.modules.line(at: lookup) { line += " at \(SourceFiles.shown(place.file)):\(place.line)" }
    return line
  }

  func chooseFrame(_ number: Int) throws(CommandError) {
    let frames = debugger.backtrace(cpu, limit: number + 1)
    guard number >= 0, frames.indices.contains(number) else { throw CommandError("There is no frame \(number).") }
    frameNumber = number
    say(text(frames[number], number))
    let lookup = frames[number].isExact ? frames[number].rip : frames[number].rip &- 1
    if let place = debugger.modules.line(at: lookup) {
      (listedFile, listedLine) = (place.file, place.line)
      if let line = sources.line(place.file, place.line) { say("\(place.line)\t\(line)") }
    }
  }

  func list(_ argument: String) throws(CommandError) {
    var first = listedLine + 1
    if !argument.isEmpty {
      let address = try places(argument, isBreakpoint: true).addresses[0]
      guard let place = debugger.modules.line(at: address) else { throw CommandError("No line information there.") }
      listedFile = place.file
      first = max(1, place.line - 4)
    } else if listedFile.isEmpty {
      guard let address = debugger.modules.address(of: "main"), let place = debugger.modules.line(at: address) else {
        throw CommandError("No line information.")
      }
      listedFile = place.file
      first = max(1, place.line - 4)
    }
    guard sources.line(listedFile, first) != nil else {
      throw CommandError("No line \(first) in \(SourceFiles.shown(listedFile)).")
    }
    for number in first..<first + 10 {
      guard let line = sources.line(listedFile, number) else { break }
      say("\(number)\t\(line)")
      listedLine = number
    }
  }

  func disassemble(_ argument: String) throws(CommandError) {
    var start = cpu.pointee.rip
    var end: UInt64?
    let parts = argument.split(separator: ",").map { String($0).trimmed }
    if let first = parts.first { start = try evaluate(first) }
    if parts.count > 1 {
      end = parts[1].hasPrefix("+") ? start &+ (try evaluate(String(parts[1].dropFirst()))) : try evaluate(parts[1])
    }
    if end == nil {
      guard let module = debugger.modules.module(at: start) else {
        throw CommandError("No function contains \(hex(start)).")
      }
      let linked = start &- module.bias
      if let (symbol, _) = module.symbols.find(linked), symbol.size > 0 {
        start = symbol.address &+ module.bias
        end = start &+ symbol.size
      } else if let function = module.frames.functionStart(linked) {
        // Stripped: call frame information knows where functions begin.
        start = function &+ module.bias
        end = cpu.pointee.rip &+ 64
      } else {
        end = start &+ 64
      }
    }
    showCode(start, end: end ?? start, count: .max)
  }

  func showCode(_ start: UInt64, end: UInt64, count: Int) {
    var address = start
    var left = count
    while address < end, left > 0 {
      let mark = address == cpu.pointee.rip ? "=> " : "   "
      guard let instruction = debugger.process.instruction(at: address) else {
        let byte = debugger.read(address, 1)
        guard let first = byte.first else { return say("\(mark)\(hex(address)): cannot be read") }
        say("\(mark)\(placeText(address)): (bad) \(Debugger.text(number: [first]))")
        address &+= 1
        left -= 1
        continue
      }
      say("\(mark)\(placeText(address)): \(text(instruction))")
      address = instruction.nextAddress
      left -= 1
    }
    examine.next = address
  }

  // MARK: - Changes

  private func setFollowing(_ mode: String) throws(CommandError) {
    switch mode {
    case "child": debugger.followsChild = true
    case "parent": debugger.followsChild = false
    default: throw CommandError("follow-fork-mode is parent or child.")
    }
  }

  func assign(_ argument: String) throws(CommandError) {
    var text = argument
    let (word, rest) = text.headAndTail
    switch word {
    case "var", "variable": text = rest
    case "follow-fork-mode": return try setFollowing(rest)
    // What gdb's users have in their fingers and what means nothing here.
    case "pagination", "confirm", "width", "height", "logging", "style": return
    default: break
    }
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw CommandError("usage: set $REGISTER = VALUE, set {TYPE}ADDRESS = VALUE")
    }
    let target = String(text[..<equals]).trimmed
    let value = try evaluate(String(text[text.index(after: equals)...]))
    if target.hasPrefix("$") {
      guard debugger.set(String(target.dropFirst()), value, cpu) else {
        throw CommandError("\(target) cannot be set to \(hex(value)).")
      }
      return
    }
    let place: (address: UInt64, size: UInt64)?
    let parsed = try expression(target)
    do throws(ExpressionError) { place = try parsed.place(debugger, cpu) } catch {
      throw CommandError(error.message)
    }
    guard let place else { throw CommandError("\(target) is no place in memory.") }
    guard place.size <= 8 else {
      throw CommandError("\(target) has \(place.size) bytes: say which, as in *(int *)&\(target).")
    }
    let bytes = (0..<place.size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    guard debugger.write(place.address, bytes) else {
      throw CommandError("Cannot write memory at \(hex(place.address)).")
    }
  }
}
