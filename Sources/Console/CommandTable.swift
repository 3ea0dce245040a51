/// One command: all about it in one row.
struct Command: Sendable {
  enum Topic: String, CaseIterable, Sendable {
    case running = "Running the program"
    case stopping = "Stopping at places and events"
    case looking = "Looking at the program"
    case changing = "Changing the program"
    case other = "The console itself"
  }

  /// The full name, then gdb's short forms.
  let names: [String]
  let topic: Topic
  let usage: String
  let help: String
  let needsProgram: Bool
  let body: @Sendable (Console, String) throws(CommandError) -> Void

  init(
    _ names: String, _ topic: Topic, _ usage: String, needsProgram: Bool = true, _ help: String,
    _ body: @escaping @Sendable (Console, String) throws(CommandError) -> Void
  ) {
    self.names = names.split(separator: " ").map(String.init)
    self.topic = topic
    self.usage = usage
    self.needsProgram = needsProgram
    self.help = help
    self.body = body
  }
}

enum CommandTable {
  static let rows: [Command] = running + stopping + looking + changing + other

  /// The command of a line and its argument. A name may be cut short as long as it stays the only one of its kind.
  static func find(_ line: String) throws(CommandError) -> (Command, String) {
    // `x/4xg …` and `p/x …`: the format belongs to the argument.
    let end = line.firstIndex { !$0.isLetter && $0 != "-" && $0 != "_" } ?? line.endIndex
    let name = String(line[..<end])
    let argument = String(line[end...]).trimmed
    if let exact = rows.first(where: { $0.names.contains(name) }) { return (exact, argument) }
    let near = rows.filter { $0.names[0].hasPrefix(name) }
    guard !name.isEmpty, let first = near.first else {
      throw CommandError("Undefined command: \"\(name)\".  Try \"help\".")
    }
    guard near.count == 1 else {
      throw CommandError("Ambiguous command \"\(name)\": \(near.map { $0.names[0] }.joined(separator: ", ")).")
    }
    return (first, argument)
  }

  static let other: [Command] = [
    Command("help h", .other, "help [COMMAND]", needsProgram: false, "Lists the commands, or explains one.") {
      (console, argument) throws(CommandError) in
      try console.help(argument)
    },
    Command("echo", .other, "echo TEXT", needsProgram: false, "Prints the text; \\n is a new line.") {
      (console, argument) in
      console.terminal.write(argument.replacingAll("\\n", by: "\n"))
    },
    Command("source", .other, "source FILE", needsProgram: false, "Runs the commands of a file.") {
      (console, argument) throws(CommandError) in
      try console.source(argument)
    },
    Command("quit q exit", .other, "quit", needsProgram: false, "Ends the program and the console.") { (console, _) in
      console.leave(.quit)
    },
  ]
}

extension Console {
  func help(_ argument: String) throws(CommandError) {
    if !argument.isEmpty {
      let (command, _) = try CommandTable.find(argument)
      say(command.usage)
      if command.names.count > 1 { say("  short: " + command.names.dropFirst().joined(separator: ", ")) }
      for line in command.help.split(separator: "\n") { say("  " + line) }
      return
    }
    for topic in Command.Topic.allCases {
      say(topic.rawValue + ":")
      for command in CommandTable.rows where command.topic == topic {
        let usage = command.usage.split(separator: "\n").first.map(String.init) ?? command.names[0]
        let first = command.help.split(separator: "\n").first.map(String.init) ?? ""
        say("  " + usage + String(repeating: " ", count: max(1, 34 - usage.count)) + first)
      }
    }
    say("Expressions are C's over $registers, symbols and memory: $rax+8, *(int *)0x4010, counter, {char}$rsi.")
    say("An empty line repeats the last command. Commands may be cut short: `help COMMAND` says how.")
  }

  func source(_ path: String) throws(CommandError) {
    guard let bytes = HostFile.read(path) else { throw CommandError("\(path): cannot be read.") }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      run(String(line).trimmed)
      // The rest of a script that lets the program run waits for its next stop: the terminal reads it.
      if resume != nil { throw CommandError("A sourced file must not let the program run; use --commands for that.") }
    }
  }

  /// Words that may stand in the place of the last one of `line`.
  func complete(_ line: String) -> [String] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let last = words.last ?? ""
    if words.count <= 1 { return CommandTable.rows.map { $0.names[0] }.filter { $0.hasPrefix(last) } }
    if last.hasPrefix("$") {
      let names = DebugRegisterNames.all.map { "$" + $0 }
      return names.filter { $0.hasPrefix(last) }
    }
    if words[0] == "info" || words[0] == "i" { return InfoTable.rows.map(\.name).filter { $0.hasPrefix(last) } }
    guard !last.isEmpty else { return [] }
    return Array(debugger.modules.all.flatMap { $0.symbols.names(withPrefix: last, limit: 100) }.prefix(100))
  }
}
