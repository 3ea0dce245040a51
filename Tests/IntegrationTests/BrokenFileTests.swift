import Glibc
import Testing

/// Damaged ELF files: what Linux does with them, swemu does. Where execve fails there, swemu exits with 127 (not
/// found) or 126; past the point of no return both die of the same signal.
@Suite("Broken files") struct BrokenFileTests {
  static let names = ((try? File.names(in: Repository.programs + "/broken")) ?? []).filter { !$0.hasPrefix(".") }

  @Test(arguments: names) func endsAsUnderLinux(_ name: String) throws {
    try Refusals.check([Repository.programs + "/broken/" + name], in: try Sandbox())
  }

  @Test func thereAreEnough() {
    #expect(Self.names.count >= 220)
  }
}

/// Programs that the kernel may refuse to execute.
enum Refusals {
  /// Executes `command` both ways in a sandbox that is ready, and compares the ends.
  static func check(_ command: [String], in sandbox: Sandbox, prepare: (Sandbox) throws -> Void = { _ in }) throws {
    try sandbox.reset()
    try prepare(sandbox)
    let native = try sandbox.run(command)
    let nativeOutput = try sandbox.standardOutput()
    let nativeError = try sandbox.standardError()

    try sandbox.reset()
    try prepare(sandbox)
    let emulated = try sandbox.run([Repository.emulator] + command)
    let output = try sandbox.standardOutput()
    let error = try sandbox.standardError()

    #expect(output == nativeOutput, Comment(rawValue: Comparison.firstDifference(nativeOutput, output)))
    guard case .notExecuted(let code) = native else {
      #expect(emulated == native)
      let rest = native.isSignal ? Comparison.withoutRemarks(error) : error
      #expect(rest == nativeError, Comment(rawValue: Comparison.firstDifference(nativeError, rest)))
      return
    }
    #expect(emulated == .exited(code == ENOENT ? 127 : 126), "natively: \(native)")
    let message = String(decoding: error, as: UTF8.self)
    #expect(message.contains(": \(command[0]): ") && message.hasSuffix("\n"), "the message is: \(message)")
  }
}
