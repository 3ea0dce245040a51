import Glibc
import Testing

/// The command line of swemu itself.
@Suite("Command line", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil)) struct CommandLineTests {
  private static let hello = Repository.programs + "/O2/hello"

  private struct Result {
    var ending: Ending
    var output: String
    var error: String
  }

  private func swemu(_ arguments: String..., environment: [String] = []) throws -> Result {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let ending = try sandbox.run([Repository.emulator] + arguments, environment: ChildProcess.environment + environment)
    return Result(
      ending: ending, output: String(decoding: try sandbox.standardOutput(), as: UTF8.self),
      error: String(decoding: try sandbox.standardError(), as: UTF8.self))
  }

  @Test func refusesWithAReason() throws {
    let cases: [(path: String, status: Int32)] = [
      ("/nonexistent/program", 127), ("/etc/passwd/x", 126), ("/tmp", 126), ("/etc/passwd", 126),
    ]
    for test in cases {
      let result = try swemu(test.path)
      #expect(result.ending == .exited(test.status))
      #expect(result.error.hasPrefix("swemu: \(test.path): ") && result.error.hasSuffix("\n"), "\(result.error)")
      #expect(result.output.isEmpty)
    }
  }

  @Test func needsAProgram() throws {
    let result = try swemu()
    #expect(result.ending == .exited(125))
    #expect(!result.error.isEmpty && result.output.isEmpty)
  }

  @Test func refusesUnknownOptions() throws {
    let result = try swemu("--no-such-option", Self.hello)
    #expect(result.ending == .exited(125))
    #expect(result.error.contains("--no-such-option"))
  }

  @Test func tellsItsVersionAndHelp() throws {
    let version = try swemu("--version")
    #expect(version.ending == .exited(0) && version.output.hasPrefix("swemu "))
    let help = try swemu("--help")
    #expect(help.ending == .exited(0))
    for option in ["--strace", "--trace", "--stats", "--max-instructions", "--timeout", "--no-aslr", "Examples:"] {
      #expect(help.output.contains(option))
    }
  }

  @Test func leavesTheProgramsOptionsToIt() throws {
    let result = try swemu(Self.hello, "--help", "-E", "x")
    #expect(result.output.hasSuffix("argument 1: --help\nargument 2: -E\nargument 3: x\n"))
  }

  @Test func changesArgvZeroAndEnvironment() throws {
    let named = try swemu("-0", "another-name", "/bin/busybox", "x")
    #expect(named.error.contains("another-name") || named.ending != .exited(0))
    let set = try swemu("-E", "GREETING=hello there", "-U", "HOME", "/bin/busybox", "env")
    #expect(set.output.contains("GREETING=hello there\n") && !set.output.contains("HOME="))
  }

  @Test func limitsInstructionsAndTime() throws {
    let counted = try swemu("--max-instructions", "1000", Self.hello)
    #expect(counted.ending == .exited(120) && counted.output.isEmpty && !counted.error.isEmpty)
    let timed = try swemu("--timeout", "1", "/bin/busybox", "sleep", "100")
    #expect(timed.ending == .exited(124) && !timed.error.isEmpty)
    let busy = try swemu("--timeout", "1", "/bin/busybox", "sh", "-c", "while :; do :; done")
    #expect(busy.ending == .exited(124))
  }

  @Test func takesOptionsFromTheEnvironment() throws {
    let result = try swemu(Self.hello, environment: ["SWEMU_OPTIONS=--max-instructions=1000"])
    #expect(result.ending == .exited(120))
  }

  @Test func keepsTracesApartFromOutput() throws {
    for option in ["--strace", "--stats", "--trace=load", "--trace=syscalls,faults"] {
      let result = try swemu(option, Self.hello)
      #expect(result.ending == .exited(0) && result.output == "Hello from a static Linux program!\n")
      #expect(!result.error.isEmpty, "\(option)")
    }
    let filed = try swemu("--strace", "--trace-file", "/dev/null", Self.hello)
    #expect(filed.error.isEmpty && filed.output == "Hello from a static Linux program!\n")
  }

  @Test func repeatsAddressesWithoutRandomisation() throws {
    let first = try swemu("--no-aslr", "/bin/busybox", "cat", "/proc/self/maps")
    let second = try swemu("--no-aslr", "/bin/busybox", "cat", "/proc/self/maps")
    #expect(first.ending == .exited(0) && first.output == second.output && first.output.contains("[stack]"))
  }

  @Test func offersProcessors() throws {
    let help = try swemu("--cpu", "help")
    #expect(help.ending == .exited(0) && help.output.contains("x86-64-v3") && help.output.contains("avx2"))
    let unknown = try swemu("--cpu", "z80", Self.hello)
    #expect(unknown.ending == .exited(125) && unknown.error.contains("z80"))
    for model in ["x86-64", "x86-64-v2", "x86-64,+sse3"] {
      let result = try swemu("--cpu=\(model)", "--report=cpu-level", Self.hello)
      #expect(result.ending == .exited(0) && result.output == "Hello from a static Linux program!\n", "\(model)")
      #expect(result.error.contains("the run needed x86-64"), "\(model)")
    }
  }

  /// A program for x86-64-v3 on a processor without: SIGILL, and what was missing is said.
  @Test func refusesInstructionsBeyondTheModel() throws {
    let result = try swemu("--cpu=x86-64", Repository.programs + "/O2/v3_kernels")
    #expect(result.ending == .killed(SIGILL))
    #expect(result.error.contains("beyond the CPU model"), "\(result.error)")
  }

  /// Lockstep with the host's processor from the first instruction to the last.
  @Test(arguments: [
    [hello], ["/bin/busybox", "sha256sum", Repository.data + "/fixtures/numbers.txt"],
    [Repository.programs + "/pie/short_story"],
  ]) func verifiesAgainstTheProcessor(_ command: [String]) throws {
    guard access(command[0], X_OK) == 0 else { return }
    let sandbox = try Sandbox()
    try sandbox.reset()
    let native = try sandbox.run(command, environment: ChildProcess.environment)
    let output = try sandbox.standardOutput()
    try sandbox.reset()
    let ending = try sandbox.run([Repository.emulator, "--verify"] + command, environment: ChildProcess.environment)
    #expect(ending == native && ending == .exited(0))
    #expect(try sandbox.standardOutput() == output)
    let error = String(decoding: try sandbox.standardError(), as: UTF8.self)
    #expect(error.contains("executed alike"), "\(error)")
  }
}
