import Testing

/// The console's breakpoints, watchpoints and catchpoints.
@Suite("Console's points", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil))
struct ConsolePointTests {
  @Test func breakpointsByLineConditionAndCount() throws {
    let session = try Session.console(
      [Session.subject],
      """
      break subject.c:27 if counter>=6
      tbreak 37
      break *main
      c
      c
      c
      info breakpoints
      ignore 1 3
      c
      p counter
      disable 1
      info breakpoints
      enable 1
      condition 1 counter == 45
      c
      p counter
      condition 1
      c
      """)
    session.expect(
      "Breakpoint 1 at ", "line 27", "Temporary breakpoint 2 at ", "line 37", "Breakpoint 3 at ", "<main>",
      "Breakpoint 3, ", "Temporary breakpoint 2, ", "Breakpoint 1, ", "stop only if counter>=6", "hit 1 time",
      "Will ignore next 3 crossings", "Breakpoint 1, ", "= 28", "1\tbreakpoint\tn", "Breakpoint 1, ", "= 45",
      "[Program exited normally]")
    #expect(session.ending == .exited(0))
  }

  @Test func continuePassesHits() throws {
    let session = try Session.console([Session.subject], "break add\nc\nc 5\np counter\nclear add\nc\n")
    session.expect("Breakpoint 1, ", "(swemu) c 5", "Breakpoint 1, ", "= 15", "counter 55")
  }

  @Test func watchpointsOnReadsWritesAndValues() throws {
    let session = try Session.console(
      [Session.subject],
      """
      watch counter if counter > 40
      rwatch wide
      awatch small
      info watchpoints
      c
      delete 1
      c
      c
      c
      info watchpoints
      delete
      c
      """)
    session.expect(
      "Watchpoint 1: counter (4 bytes at ", "Read watchpoint 2: wide (8 bytes", "Access watchpoint 3: small (1 byte ",
      "stop only if counter > 40", "Watchpoint 1: counter\n  old value 0x24 = 36\n  new value 0x2d = 45",
      "by ", "<count_to+0x26>: mov    DWORD PTR", "Access watchpoint 3: small", "new value 0x29 = 41",
      "Read watchpoint 2: wide\n  read, value 0x1122334455667788", "Access watchpoint 3: small\n  read, value 0x29",
      "counter 55")
  }

  @Test func aHundredWatchpointsAtOnce() throws {
    var script = "break count_to\nc\n"
    for index in 0..<100 { script += "watch {int}(&table+\(index * 4))\n" }
    // Ten of them change, one after the other.
    script += String(repeating: "c\n", count: 10) + "info watchpoints\ndelete\nc\n"
    let session = try Session.console([Session.subject], script)
    for square in [4, 9, 16, 25, 36, 49, 64, 81] { session.expect("new value 0x\(String(square, radix: 16))") }
    session.expect(
      "Watchpoint 101: ", "Watchpoint 2: ", "Watchpoint 11: ", "new value 0x64 = 100", "hit 1 time", "counter 55")
  }

  @Test func aWatchpointSeesSystemCalls() throws {
    // getrandom, or readlink, writes to the stack of a program of glibc.
    let session = try Session.console(
      [Session.subject], "catch syscall readlink\nc\nwatch $rsi, 16\nc\n")
    session.expect("call to system call readlink", "by the system call readlink")
  }

  @Test func systemCallsByNameAndNumber() throws {
    let session = try Session.console(
      [Session.hello], "catch syscall write\ncatch syscall 231\nc\nbt 1\nc\nc\ninfo breakpoints\nc\n")
    session.expect(
      "Catchpoint: call to system call write", "#0  ", "Catchpoint: returned from system call write = ",
      "Catchpoint: call to system call exit_group", "syscall write\n\thit", "syscall exit_group\n\thit 1 time",
      "[Program exited normally]")
  }

  @Test func pageFaultsAndTheLoadOfARange() throws {
    let session = try Session.console(
      [Session.subject], "catch load printf, printf+1\nc\nbt 2\ndelete\ncatch fault\nc\ndelete\nc\n")
    session.expect(
      "Catchpoint: page fault at ", "<__printf>", "#1  ", " in main", "Catchpoint: page fault at ", "counter 55")
  }

  @Test func forksAndChildren() throws {
    let parent = try Session.console([Session.subject, "fork"], "catch fork\nbreak child_work\nc\nc\n")
    parent.expect("Catchpoint: forked process ", "the child said 7", "[Program exited normally]")
    let child = try Session.console(
      [Session.subject, "fork"], "set follow-fork-mode child\nbreak child_work\nc\nbt 2\nc\n")
    child.expect(
      "[Following the child, process ", "Breakpoint 1, ", "#1  ", " in forks", "[Program exited with status 7]")
    #expect(child.text.contains("the child said 7"))
  }

  @Test func executedPrograms() throws {
    let session = try Session.console([Session.subject, "exec"], "catch exec\nbreak numbers\nc\nc\nbt 2\nc\n")
    session.expect("Catchpoint: executed ", "subject\n", "Breakpoint 2, ", "#1  ", " in main", "2.5 2")
  }
}
