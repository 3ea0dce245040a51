import Testing

/// Signals under the console: of the program's own, of faults, and from outside.
@Suite("Console's signals", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil))
struct ConsoleSignalTests {
  @Test func aSignalStopsAndItsHandlerHasABacktrace() throws {
    let session = try Session.console(
      [Session.subject, "signal"], "catch signal SIGUSR1\nbreak on_signal\nc\nc\nbt\ninfo breakpoints\nc\n")
    session.expect(
      "Program received signal SIGUSR1, SI_TKILL", "Breakpoint 2, ", "#0  ", " in on_signal", "#1  ", "#3  ", "gsignal",
      " in take_signals", " in main", "signal SIGUSR1\n\thit 1 time", "after the signal 110")
  }

  @Test func aSignalCanBeDroppedOrReplaced() throws {
    let dropped = try Session.console([Session.subject, "signal"], "c\nsignal 0\n")
    dropped.expect("Program received signal SIGUSR1", "after the signal 100")
    let replaced = try Session.console([Session.subject, "signal"], "c\nsignal SIGTERM\n")
    replaced.expect("Program terminated with signal SIGTERM")
    let silent = try Session.console([Session.subject, "signal"], "handle SIGUSR1 nostop\nc\n")
    silent.expect("after the signal 110")
    #expect(!silent.text.contains("received signal"))
    let kept = try Session.console([Session.subject, "signal"], "handle SIGUSR1 nostop nopass\nc\n")
    kept.expect("after the signal 100")
  }

  @Test func aFaultWithAHandler() throws {
    let session = try Session.console([Session.subject, "fault"], "c\nbt\nc\n")
    session.expect(
      "Program received signal SIGSEGV, SEGV_MAPERR, address 0x10", " in fault", " in take_fault", "after the fault 11")
  }

  @Test func aCrashInAStrippedStaticProgram() throws {
    let session = try Session.console([Session.stripped], "c\nbt\nx/i $rip\ninfo registers rdi\ndisassemble\nc\n")
    session.expect(
      "about to crash", "Program received signal SIGSEGV, SEGV_MAPERR, address 0x7000", "#0  ", "#3  ", "#6  ", "=> ",
      "mov    QWORD PTR [rdi],0xdead", "rdi            0x7000", "=> ", "Program terminated with signal SIGSEGV.")
    #expect(session.ending == .exited(139))
  }

  /// Signals that somebody else sends, also such as the program leaves at the default.
  @Test(arguments: ["spin", "wait"]) func signalsFromOutside(_ mode: String) throws {
    let shell = """
      printf 'c\\nbt 1\\np 6*7\\nc\\n' > script
      "$0" --commands script "$1" "$2" & process=$!
      sleep 0.5; kill -TERM $process; wait $process; echo "ended with $?"
      """
    let session = try Session.run(
      ["/bin/bash", "-c", shell, Repository.emulator, Session.subject, mode], script: "")
    session.expect(
      "Program received signal SIGTERM, SI_USER", "#0  ", mode == "wait" ? "pause" : "spin", "= 42",
      "Program terminated with signal SIGTERM.", "ended with 143")
  }
}
