import Glibc
import Testing

/// swemu as a command: exit statuses, limits, messages.
@Suite struct LauncherTests {
  private let trial = ExecTrial()

  /// A program of these bytes of code.
  private func program(_ code: [UInt8]) -> String {
    trial.write("program", ELFBuilder().with { ($0.code, $0.size) = (code, 0x1100) }.bytes)
  }

  @Test func passesStatusesOn() {
    for status: UInt8 in [0, 1, 42, 126, 255] {
      #expect(trial.emulator(program(ELFBuilder.exit(status))).outcome == .exited(Int32(status)))
    }
  }

  @Test func diesOfTheSignalThatKillsTheProgram() {
    let causes: [(code: [UInt8], signal: Int32)] = [
      ([0x0f, 0x0b], SIGILL), ([0xcc], SIGTRAP), ([0xf4], SIGSEGV), ([0xa0, 0, 0, 0, 0, 0, 0, 0, 0], SIGSEGV),
      ([0x31, 0xc9, 0xf7, 0xf1], SIGFPE),
    ]
    for (code, signal) in causes {
      let path = program(code)
      #expect(trial.emulator(path).outcome == .killed(signal))
      #expect(trial.native(path).outcome == .killed(signal))
    }
    #expect(Self.coreFiles(trial.directory).isEmpty)
  }

  private static func coreFiles(_ directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasPrefix("core") { names.append(name) }
    }
    return names
  }

  @Test func stopsAtTheInstructionLimit() {
    let path = program([0xeb, 0xfe])
    let (outcome, output) = trial.emulator("--max-instructions=1000", path)
    #expect(outcome == .exited(120))
    #expect(output.contains("stopped by --max-instructions after 1000 instructions, at 0x401000"))
    #expect(output.contains("jmp"))
    #expect(trial.emulator("--max-instructions=3", program(ELFBuilder.exit(5))).outcome == .exited(5))
    #expect(trial.emulator("--max-instructions=2", program(ELFBuilder.exit(5))).outcome == .exited(120))
  }

  @Test func stopsWhenTheTimeIsUp() {
    let (outcome, output) = trial.emulator("--timeout=0.1", program([0xeb, 0xfe]))
    #expect(outcome == .exited(124))
    #expect(output.contains("stopped by --timeout"))
    // pause(2): the program sits in the host.
    let waiting = trial.emulator("--timeout=0.1", program([0xb8, 34, 0, 0, 0, 0x0f, 0x05]))
    #expect(waiting.outcome == .exited(124))
    #expect(waiting.output.contains("in the system call pause, called from 0x401005"))
  }

  @Test func tellsWhyAProgramCannotRun() {
    #expect(trial.emulator("/nonexistent/program").outcome == .exited(127))
    #expect(trial.emulator("no-such-program-anywhere").outcome == .exited(127))
    #expect(trial.emulator("/tmp").output == "swemu: /tmp: is a directory\n")
    let text = trial.write("text", Array("hello\n".utf8))
    let (outcome, output) = trial.emulator(text)
    #expect(outcome == .exited(126))
    #expect(output.hasPrefix("swemu: \(text): is a text file without a #! line\nswemu: add a first line"))
    let unexecutable = trial.write("unexecutable", [], mode: 0o600)
    #expect(trial.emulator(unexecutable).output.contains("chmod +x"))
    let foreign = trial.write("foreign", ELFBuilder().with { $0.machine = 183 }.bytes)
    #expect(trial.emulator(foreign).output.contains("is a 64-bit ELF file for AArch64"))
    let linkless = ELFBuilder(.init(type: 3, offset: 0x800, fileSize: 8), .init()).with {
      $0.extra = [(0x800, Array("/no/ld\0".utf8))]
    }
    let (missing, message) = trial.emulator(trial.write("dynamic", linkless.with { $0.segments[0].fileSize = 7 }.bytes))
    #expect(missing == .exited(127))
    #expect(message.contains("needs the dynamic linker /no/ld, which does not exist"))
  }

  @Test func refusesWrongOptions() {
    #expect(trial.emulator().outcome == .exited(125))
    #expect(trial.emulator("--nonsense", "/bin/true").outcome == .exited(125))
    #expect(trial.emulator("--help").outcome == .exited(0))
    #expect(trial.emulator("--version").output.hasPrefix("swemu "))
    #expect(trial.shell("SWEMU_OPTIONS=--nonsense \"$0\" /bin/true").outcome == .exited(125))
  }

  @Test func findsProgramsInPath() {
    _ = program(ELFBuilder.exit(7))
    #expect(trial.shell("PATH=/nonexistent:$1 exec \"$0\" program", trial.directory).outcome == .exited(7))
    #expect(trial.shell("cd $1 && PATH=/nonexistent: exec \"$0\" program", trial.directory).outcome == .exited(7))
    #expect(trial.shell("PATH=/tmp exec \"$0\" program").outcome == .exited(127))
  }

  @Test func runsWhateverTheStackLimitIs() {
    let path = program(ELFBuilder.exit(9))
    for limit in ["unlimited", "64", "256", "1000000"] {
      #expect(trial.shell("ulimit -S -s \(limit); exec \"$0\" \"$1\"", path).outcome == .exited(9), "\(limit)")
    }
  }

  @Test func tellsTheStoryOfLoading() {
    let output = trial.emulator("--trace=load", "--no-aslr", program(ELFBuilder.exit(0))).output
    for part in [
      "format ELF x86-64, fixed address", "0 PT_LOAD r-x file 0x0+0x1010 memory 0x400000+0x1010 align 0x1000",
      "point of no return", "map 0x000000400000-0x000000402000 r-x from the file at 0x0", "AT_ENTRY 0x401000",
      "start at 0x000000401000", "the address space:", "stack, grows down",
    ] { #expect(output.contains(part), "\(part)") }
    // The same every time.
    let again = trial.emulator("--trace=load", "--no-aslr", program(ELFBuilder.exit(0))).output
    #expect(output == again)
  }

  @Test func showsInstructionsAndFaults() {
    let output = trial.emulator("--trace=instructions,faults,blocks", "--stats", program(ELFBuilder.exit(0))).output
    for part in [
      "mov    eax,0x3c", "syscall", "fault: 0x000000401000 fetch: minor", "block: 0x401000", "instructions    3\n",
      "exit",
    ] { #expect(output.contains(part), "\(part)") }
  }
}
