import LinuxABI
import Testing

@testable import Kernel

@Suite struct ScriptFormatTests {
  /// First lines and what becomes of them; each is also given to this machine's kernel.
  private static let lines: [(text: String, interpreter: String?, argument: String?)] = [
    ("#!/bin/echo\n", "/bin/echo", nil), ("#!/bin/echo", "/bin/echo", nil), ("#!  \t /bin/echo  \n", "/bin/echo", nil),
    ("#!/bin/echo -a\n", "/bin/echo", "-a"), ("#!/bin/echo -a  b c \t\nrest", "/bin/echo", "-a  b c"),
    ("#!/bin/echo\t-a\n", "/bin/echo", "-a"), ("#!/bin/echo \0x\n", "/bin/echo", ""),
    ("#!/bin/echo\0x\n", "/bin/echo", nil),
    ("#!\n", nil, nil), ("#!   \n", nil, nil), ("#!" + String(repeating: " ", count: 300), nil, nil),
    ("#!", "", nil), ("#!   ", "", nil), ("#!/bin/echo\r\n", "/bin/echo\r", nil),
    ("#!" + String(repeating: "/", count: 300) + "bin/echo\n", nil, nil),
    ("#!" + String(repeating: "/", count: 246) + "bin/echo\n", nil, nil),
    ("#!" + String(repeating: "/", count: 245) + "bin/echo\n", String(repeating: "/", count: 245) + "bin/echo", nil),
    ("#!/bin/echo " + String(repeating: "x", count: 400) + "\n", "/bin/echo", String(repeating: "x", count: 243)),
    ("#!/bin/echo " + String(repeating: "x", count: 240) + "   yyy\n", "/bin/echo", String(repeating: "x", count: 240)),
  ]

  private func head(_ text: String) -> [UInt8] {
    let bytes = Array(Array(text.utf8).prefix(256))
    return bytes + [UInt8](repeating: 0, count: 256 - bytes.count)
  }

  @Test func takesLinesApart() {
    for line in Self.lines {
      let parsed = try? ScriptLine(head: head(line.text))
      #expect(parsed?.interpreter == line.interpreter.map { Array($0.utf8) }, "\(line.text.debugDescription)")
      #expect(parsed?.argument == line.argument.map { Array($0.utf8) }, "\(line.text.debugDescription)")
    }
    #expect((try? ScriptLine(head: head("no script"))) == nil)
  }

  /// The kernel hands the same arguments to an interpreter that prints them.
  @Test func agreesWithTheKernel() {
    let trial = ExecTrial()
    for line in Self.lines {
      let path = trial.write("script", Array(line.text.utf8))
      let native = trial.native(path, ["first", "second"])
      guard let parsed = try? ScriptLine(head: head(line.text)), parsed.interpreter.last == UInt8(ascii: "o") else {
        #expect(trial.emulated(path).outcome == native.outcome, "\(line.text.debugDescription)")
        continue
      }
      let words = (parsed.argument.map { [String(decoding: $0, as: UTF8.self)] } ?? []) + [path, "first", "second"]
      #expect(native.output == words.joined(separator: " ") + "\n", "\(line.text.debugDescription)")
    }
  }

  @Test func followsInterpretersThatAreScripts() {
    let trial = ExecTrial()
    var path = trial.write("level0", ELFBuilder().bytes)
    for level in 1...7 {
      path = trial.write("level\(level)", Array("#!\(path)\n".utf8))
      #expect(trial.emulated(path).outcome == trial.native(path).outcome, "\(level) deep")
    }
    let own = trial.directory + "/itself"
    trial.write("itself", Array("#!\(own)\n".utf8))
    #expect(trial.emulated(own).outcome == .refused("ELOOP"))
    #expect(trial.native(own).outcome == .refused("ELOOP"))
  }

  @Test func refusesWhatCannotBeAnInterpreter() {
    let trial = ExecTrial()
    for target in ["/nonexistent", "/tmp", "/etc/passwd", "/dev/null", "relative", trial.write("text", [0x61, 0x0a])] {
      let path = trial.write("script", Array("#!\(target)\n".utf8))
      #expect(trial.emulated(path).outcome == trial.native(path).outcome, "\(target)")
    }
  }

  @Test func putsInterpreterAndScriptInFrontOfTheArguments() throws {
    let trial = ExecTrial()
    let path = Array(trial.write("script", Array("#!/bin/echo\n".utf8)).utf8)
    var parameters = try BinaryParameters(
      path: path, arguments: [[0x61], [0x62]], environment: [], credentials: .current, stackLimit: 8 << 20)
    try parameters.substitute(interpreter: Array("/bin/echo".utf8), argument: [0x63])
    #expect(parameters.arguments == [Array("/bin/echo".utf8), [0x63], path, [0x62]])
    #expect(parameters.filename == path)
    #expect(parameters.interpreterPath == Array("/bin/echo".utf8))
    #expect(UInt64(parameters.stringArea.count) == parameters.used)
  }
}
