import Testing

/// What a case showed: how each of its commands ended, what they wrote, and what they left behind.
struct Transcript {
  var endings: [Ending] = []
  var output: [UInt8] = []
  var error: [UInt8] = []
  var files: [UInt8] = []
}

/// A sequence of commands to run natively and under the emulator.
struct Case: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// Written as for a shell; a program without a slash is one of the aliases below.
  let line: String
  /// A directory whose files the commands find in their working directory.
  var fixtures: String?

  private static let aliases = [
    "busybox": "/bin/busybox", "bash": "/bin/bash-static", "mksh": "/bin/mksh", "zsh": "/bin/zsh-static",
  ]

  func perform(emulated: Bool, in sandbox: Sandbox) throws -> Transcript {
    try sandbox.reset(fixtures: fixtures)
    var transcript = Transcript()
    for var command in Words.commands(in: line) {
      command.program = Case.aliases[command.program] ?? command.program
      let words = (emulated ? [Repository.emulator] : []) + [command.program] + command.arguments
      transcript.endings.append(try sandbox.run(words, input: command.input))
    }
    transcript.output = try sandbox.standardOutput()
    transcript.error = try sandbox.standardError()
    transcript.files = try sandbox.listing()
    return transcript
  }
}

enum Comparison {
  /// Runs a case both ways and records a difference as an issue of the running test. Returns the native transcript.
  @discardableResult
  static func check(_ test: Case) throws -> Transcript {
    if let obstacle = Repository.obstacle {
      Issue.record(Comment(rawValue: obstacle))
      return Transcript()
    }
    let sandbox = try Sandbox()
    let native = try test.perform(emulated: false, in: sandbox)
    var emulated = try test.perform(emulated: true, in: sandbox)
    // Where a signal ends a program, swemu says more about it than the kernel does.
    if native.endings.contains(where: \.isSignal) { emulated.error = withoutRemarks(emulated.error) }
    expectSame("ending", native.endings, emulated.endings, test)
    expectSame("standard output", native.output, emulated.output, test)
    expectSame("standard error", native.error, emulated.error, test)
    expectSame("files left behind", native.files, emulated.files, test)
    return native
  }

  private static func expectSame(_ what: String, _ native: [Ending], _ emulated: [Ending], _ test: Case) {
    guard native != emulated else { return }
    Issue.record("\(test.line)\n\(what): natively \(list(native)), emulated \(list(emulated))")
  }

  private static func list(_ endings: [Ending]) -> String { endings.map(\.description).joined(separator: "; ") }

  private static func expectSame(_ what: String, _ native: [UInt8], _ emulated: [UInt8], _ test: Case) {
    guard native != emulated else { return }
    Issue.record("\(test.line)\n\(what) differs\n\(firstDifference(native, emulated))")
  }

  /// The first line that differs, with its number.
  static func firstDifference(_ native: [UInt8], _ emulated: [UInt8]) -> String {
    let left = native.split(separator: 10, omittingEmptySubsequences: false)
    let right = emulated.split(separator: 10, omittingEmptySubsequences: false)
    let index =
      zip(left, right).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(left.count, right.count)
    func line(_ lines: [ArraySlice<UInt8>]) -> String {
      index < lines.count ? String(decoding: lines[index].prefix(300), as: UTF8.self).debugDescription : "(nothing)"
    }
    return "line \(index + 1), natively: \(line(left))\nline \(index + 1), emulated: \(line(right))"
  }

  /// Without the lines that begin with the emulator's own name.
  static func withoutRemarks(_ error: [UInt8]) -> [UInt8] {
    let mark = Array("swemu: ".utf8)
    var lines = error.split(separator: 10, omittingEmptySubsequences: false)
    lines.removeAll { $0.starts(with: mark) }
    return Array(lines.joined(separator: [10]))
  }
}
