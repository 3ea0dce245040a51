import Glibc
import Testing

/// What a scripted session of a debugger gave.
struct SessionResult {
  var ending: Ending
  var text: String

  /// Expects these pieces, one behind the other.
  func expect(_ parts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    var rest = text[...]
    for part in parts {
      guard let range = rest.firstRange(of: part) else {
        Issue.record(
          "«\(part)» is missing, or not behind what comes before it, in\n\(text)", sourceLocation: sourceLocation)
        return
      }
      rest = rest[range.upperBound...]
    }
  }
}

/// Runs console and gdb with scripts.
enum Session {
  static let subject = Repository.programs + "/O0/subject"
  static let dynamicSubject = Repository.programs + "/dyn/subject"
  static let till = Repository.programs + "/O0/till"
  static let hello = Repository.programs + "/O2/hello"
  static let stripped = Repository.programs + "/O2/stripped_crash"
  static let gdb = "/usr/bin/gdb"

  /// Runs a command in which `SCRIPT` stands for a file with the text; what it wrote, both outputs together.
  static func run(_ command: [String], script: String) throws -> SessionResult {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let path = sandbox.top + "/script"
    try File.write(script, to: path)
    let ending = try sandbox.run(command.map { $0 == "SCRIPT" ? path : $0 }, environment: ChildProcess.environment)
    let bytes = try sandbox.standardOutput() + sandbox.standardError()
    return SessionResult(ending: ending, text: String(decoding: bytes, as: UTF8.self))
  }

  /// The console on a program.
  static func console(_ program: [String], _ script: String) throws -> SessionResult {
    try run([Repository.emulator, "--commands", "SCRIPT"] + program, script: script)
  }

  private static let settings = "set pagination off\nset confirm off\nset width 0\nset debuginfod enabled off\n"

  /// gdb in batch mode on a program under `swemu -g -`.
  static func gdb(_ program: [String], extended: Bool = false, _ script: String) throws -> SessionResult {
    let connect = "target \(extended ? "extended-remote" : "remote") | \(Repository.emulator) -g - "
    return try run(
      [gdb, "-q", "-nx", "-batch", "-x", "SCRIPT", program[0]],
      script: settings + connect + program.joined(separator: " ") + "\n" + script)
  }

  /// gdb in batch mode that connects to a swemu of its own: `endpoint` is what `-g` gets, `address` what gdb connects to.
  /// What both wrote.
  static func gdb(
    _ program: [String], endpoint: String, address: (String) -> String, extended: Bool = false, _ script: String
  ) throws -> SessionResult {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let path = sandbox.top + "/script"
    // The shell starts both, so that one ending tells of both; swemu says where it listens.
    let shell = """
      "$0" -g "\(endpoint)" "$@" 2>listening & emulator=$!
      for i in $(seq 200); do grep -q listening listening && break; sleep 0.05; done
      sed -i "s/PORT/$(sed -n 's/.*port //p' listening)/" \(path)
      \(gdb) -q -nx -batch -x \(path) "$1"
      wait $emulator; echo "emulator ended with $?"
      cat listening
      """
    let text = settings + "target \(extended ? "extended-remote" : "remote") \(address("PORT"))\n" + script
    try File.write(text, to: path)
    let ending = try sandbox.run(
      ["/bin/bash", "-c", shell, Repository.emulator] + program, environment: ChildProcess.environment)
    let bytes = try sandbox.standardOutput() + sandbox.standardError()
    return SessionResult(ending: ending, text: String(decoding: bytes, as: UTF8.self))
  }
}
