import Testing

/// gdb and processes: restarting, forks, programs that execute others, detaching.
@Suite("gdb and processes", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil))
struct GDBProcessTests {
  @Test func startsProgramsAnew() throws {
    let session = try Session.gdb(
      [Session.subject], extended: true,
      """
      break main
      run
      p argc
      run numbers
      p argc
      kill
      run signal extra
      p argc
      detach
      """)
    session.expect(
      "Breakpoint 1, main (argc=1", "= 1", "Breakpoint 1, main (argc=2", "= 2", "killed]",
      "Breakpoint 1, main (argc=3", "= 3", "detached]")
  }

  @Test func staysWithTheParent() throws {
    let session = try Session.gdb(
      [Session.subject, "fork"], endpoint: "0", address: { ":\($0)" },
      "catch fork\nbreak child_work\ncontinue\ncontinue\n")
    session.expect("Catchpoint 1 (forked process ", "[Detaching after fork from child process ", "exited normally")
    #expect(session.text.contains("the child said 7"))
  }

  @Test func followsTheChild() throws {
    let session = try Session.gdb(
      [Session.subject, "fork"], endpoint: "0", address: { ":\($0)" },
      "set follow-fork-mode child\nbreak child_work\ncontinue\nbt\nwatch counter\ncontinue\ncontinue\n")
    session.expect(
      "fork to child", "child_work ()", "#1 ", "forks ()", "New value = 7", "exited with code 07]")
    #expect(session.text.contains("the child said 7"))
  }

  @Test func anotherProgramIsExecuted() throws {
    let session = try Session.gdb(
      [Session.subject, "exec"], "catch exec\nbreak numbers\ncontinue\ncontinue\nbt\ncontinue\n")
    session.expect(
      "is executing new program: \(Session.subject)", "Catchpoint 1 (exec'd ", "Breakpoint 2, numbers ()", "main",
      "exited normally")
  }

  @Test func detachesAndLeavesTheProgramRunning() throws {
    let session = try Session.gdb(
      [Session.subject], endpoint: "0", address: { ":\($0)" }, "break add\ncontinue\ndetach\n")
    session.expect("Breakpoint 1, add", "detached]", "emulator ended with 0")
    #expect(session.text.contains("counter 55, factorial 120, small 41"))
  }

  @Test func aSecondGDBFindsTheProgramWhereTheFirstLeftIt() throws {
    let session = try Session.gdb(
      [Session.subject], endpoint: "0", address: { ":\($0)" },
      "break factorial\ncontinue\ndisconnect\ntarget remote :PORT\nbt\nkill\n")
    session.expect("Breakpoint 1, factorial (n=5)", "factorial (n=5)", "main")
  }

  /// The machine interface, which editors speak.
  @Test func theMachineInterface() throws {
    let shell = """
      printf '%s\\n' '-gdb-set confirm off' '-file-exec-and-symbols \(Session.subject)' \
        '-target-select remote | \(Repository.emulator) -g - \(Session.subject)' '-break-insert add' '-exec-continue' > mi
      (cat mi; sleep 1.5; printf '%s\\n' '-stack-list-frames' '-stack-list-arguments 1' '-var-create value * counter' \
        '-data-list-register-values x 0 1' '-break-delete' '-exec-continue'; sleep 1; echo '-gdb-exit') \
        | \(Session.gdb) -q -nx -i=mi
      """
    let session = try Session.run(["/bin/bash", "-c", shell], script: "")
    session.expect(
      "^connected", "^done,bkpt={number=\"1\"", "*stopped,", "reason=\"breakpoint-hit\"",
      "^done,stack=[frame={level=\"0\"", "func=\"add\"", "{name=\"a\",value=\"0\"}", "^done,name=\"value\"",
      "register-values=[{number=\"0\"", "reason=\"exited-normally\"")
  }
}
