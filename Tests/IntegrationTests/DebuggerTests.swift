import Glibc
import Testing

/// The console and gdb on the static hello.
@Suite("Debugger", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil)) struct DebuggerTests {
  private static let hello = Repository.programs + "/O2/hello"

  /// Runs a command in a directory with a file `script`; what it wrote, both outputs together.
  private func run(_ command: [String], script: String) throws -> (ending: Ending, text: String) {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let path = "/tmp/swemu-debugger-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let file = try #require(fopen(path, "w"))
    fputs(script, file)
    fclose(file)
    defer { unlink(path) }
    let ending = try sandbox.run(command.map { $0 == "SCRIPT" ? path : $0 }, environment: ChildProcess.environment)
    let text = String(decoding: try sandbox.standardOutput() + sandbox.standardError(), as: UTF8.self)
    return (ending, text)
  }

  private func console(_ script: String) throws -> (ending: Ending, text: String) {
    try run([Repository.emulator, "--commands", "SCRIPT", Self.hello, "arg1"], script: script)
  }

  @Test func stepsFromTheFirstInstructionToTheEnd() throws {
    let (ending, text) = try console("si 3\nbreak main\nc\nbt\ndelete\nc\n")
    #expect(ending == .exited(0))
    #expect(text.hasPrefix("=> ") && text.contains("<_start>: xor    ebp,ebp"))
    #expect(text.contains("wrote  rsi 0x0 -> 0x2"))
    #expect(text.contains("Breakpoint 1, ") && text.contains(" in main"))
    #expect(text.contains("Hello from a static Linux program!") && text.contains("[Program exited normally]"))
  }

  @Test func catchesSystemCallsAndManyWatchpoints() throws {
    var script = "break main\nc\n"
    // A hundred ranges of the stack below main: some are written for sure, by calls.
    for index in 1...100 { script += "watch $rsp-\(index * 64), 64\n" }
    script += "c\ninfo watchpoints\ndelete\ncatch syscall write\nc\nc\ndelete\nc\n"
    let (ending, text) = try console(script)
    #expect(ending == .exited(0))
    #expect(text.contains("Watchpoint 101: ") && text.contains("  new value"))
    #expect(text.contains("Catchpoint: call to system call write"))
    #expect(text.contains("Catchpoint: returned from system call write"))
  }

  @Test func aScriptThatGoesWrongEnds() throws {
    let (ending, text) = try console("break nowhere_at_all\nc\n")
    #expect(ending == .exited(1) && text.contains("no symbol nowhere_at_all"))
  }

  @Test func twoRunsAreTheSame() throws {
    let script = "si 100\nsi\nsi\ninfo registers rip rsp\n"
    let first = try console(script)
    #expect(try console(script).text == first.text)
  }

  @Test func gdbDrivesTheProgram() throws {
    let script = """
      set pagination off
      set confirm off
      target remote | \(Repository.emulator) -g - \(Self.hello) arg1
      info registers rip
      break main
      continue
      stepi
      info proc mappings
      catch syscall write
      continue
      continue
      delete
      continue
      """
    let (_, text) = try run(["/usr/bin/gdb", "-q", "-nx", "-batch", "-x", "SCRIPT", Self.hello], script: script)
    for part in [
      "<_start>", "Breakpoint 1, ", "[stack]", "(call to syscall write)", "(returned from syscall write)",
      "exited normally",
    ] { #expect(text.contains(part), "\(part) is missing in \(text)") }
  }
}
