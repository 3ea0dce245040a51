import Testing

/// The console, driven by scripts: running, stepping, looking, changing.
@Suite("Console", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil)) struct ConsoleTests {
  @Test func stepsFromTheFirstInstructionToTheEnd() throws {
    let session = try Session.console([Session.hello, "arg1"], "si 3\nbreak main\nc\nbt\ndelete\nc\n")
    #expect(session.ending == .exited(0))
    #expect(session.text.hasPrefix("=> ") && session.text.contains("<_start>: xor    ebp,ebp"))
    session.expect(
      "wrote  rsi 0x0 -> 0x2", "Breakpoint 1, ", " in main", "Hello from a static Linux program!",
      "[Program exited normally]")
  }

  @Test func stepsEveryInstructionOfHello() throws {
    // More than there are: the program ends in the middle of the count.
    let session = try Session.console([Session.hello], "si 10000000\n")
    #expect(session.ending == .exited(0))
    session.expect("Hello from a static Linux program!", "[Program exited normally]")
  }

  @Test func aScriptThatGoesWrongEnds() throws {
    let session = try Session.console([Session.hello], "break nowhere_at_all\nc\n")
    #expect(session.ending == .exited(1))
    session.expect("no symbol nowhere_at_all")
  }

  @Test func twoRunsAreTheSame() throws {
    let script = "si 100\nsi\nsi\ninfo registers rip rsp\nx/8xg $rsp\nbt\ninfo maps\n"
    let first = try Session.console([Session.subject], script)
    #expect(try Session.console([Session.subject], script).text == first.text)
  }

  @Test func stepsByLineOverAndOut() throws {
    let session = try Session.console(
      [Session.subject], "start\nnext\nbreak count_to\nc\nnext\nstep\nnext\nfinish\nuntil\nadvance 114\nfinish\nc\n")
    session.expect(
      "Temporary breakpoint 1, ", "94\t", "95\t  if (!strcmp(mode", "Breakpoint 2, ", "37\t  for (int i",
      "38\t    counter = add(counter, i);", "27\t  int sum = a + b;", "28\t  return sum;",
      "Run till exit from #0", "Value returned in rax: 0x1 = 1", "39\t    table[i - 1]", "114\t    small = ",
      "counter 55, factorial 120, small 41")
  }

  @Test func stepsOverCallsAtTheEndOfALine() throws {
    let session = try Session.console([Session.till], "start\nnext\nnext\nnext\nstep\nstep\nstep\n")
    session.expect(
      "24\t  rename_owner(\"Ada\");", "25\t  sell(120);", "26\t  sell(80);", "27\t  rename_owner(\"Barth",
      "14\t  char *to",
      "15\t  while")
  }

  @Test func listsAndDisassembles() throws {
    let session = try Session.console(
      [Session.subject],
      "list factorial\nlist\nbreak add\nc\ndisassemble\ndisassemble add, +4\ninfo line\ninfo symbol add\nx/2i $rip\n")
    session.expect(
      "31\tstatic int factorial(int n) {", "37\t  for (int i", "38\t", "<add>: push   rbp", "=> ", "<add+0xa>: mov ",
      "(swemu) disassemble add, +4", "<add+0x1>: mov    rbp,rsp", "(swemu) info line", "Line 27 of ",
      "starts at ", "add in ", "=> ", "<add+0xa>")
  }

  @Test func printsAndChanges() throws {
    let session = try Session.console(
      [Session.subject],
      """
      break subject.c:114
      c
      p counter
      p/x counter
      p &counter
      p *(int *)&table
      p {int}(&table+36)
      p counter * 2 == 110 && table != 0
      p/t 10
      p/o 8
      p/c 65
      p $1 + 1
      set counter = 1234
      p counter
      set $rax = 0x1122334455667788
      p/x $ax
      set $eax = 5
      p/x $rax
      set {char}&small = 3
      p small
      x/2dw &table
      x/s main
      display counter
      display/x $rip
      info display
      undisplay 1
      next
      p 1 / 0
      """)
    session.expect(
      "$1 = 55", "$2 = 0x37", "<counter>", "= 1", "= 100", "= 1", "= 1010", "= 010", "= 65 'A'", "= 56", "= 1234",
      "= 0x7788", "= 0x5", "= 3", ":\t1\t4", "1: counter = 1234", "2: $rip = 0x", "1: counter\n2: $rip",
      "115\t    wide++;", "2: $rip = 0x", "division by zero")
    #expect(session.ending == .exited(1))
  }

  @Test func changesRegistersAndLetsTheProgramSeeThem() throws {
    // The second argument of `add` becomes 100, and its result is seen in the program's output.
    let session = try Session.console(
      [Session.subject], "tbreak add\nc\nset *(int *)($rbp-0x18) = 100\nc\n")
    session.expect("counter 154, factorial 120, small 41")
  }

  @Test func showsFramesAndTopics() throws {
    let session = try Session.console(
      [Session.subject],
      """
      break factorial if $edi == 1 || *(int *)($rbp-4) == 1
      c
      bt
      bt 2
      frame 1
      up
      down
      info frame
      info registers rip rsp eflags
      info all-registers
      info proc mappings
      info page &counter
      info page 0
      info auxv
      info threads
      info sharedlibrary
      info signals
      info stats
      info syscalls
      info
      help
      help x
      echo done\\n
      """)
    session.expect(
      "#0  ", " in factorial", "#4  ", " in factorial", "#5  ", " in main", "#8  ", "_start", "(swemu) bt 2", "#1  ",
      "(swemu) frame 1", "#1  ", "(swemu) up", "#2  ", "(swemu) down", "#1  ", "found by callFrameInformation",
      "rip  ", "xmm15", "exe = '", "[stack]", "present readable writable", "not touched yet", "nothing is mapped",
      "AT_ENTRY", "<_start>", "AT_EXECFN", "subject\"",
      "* 1  \"subject\"", "symbols, lines)", "SIGALRM", "instructions  ", "brk(NULL)", "info registers",
      "Stopping at places and events:", "Shows memory: formats", "done\n")
  }

  @Test func runsAnew() throws {
    let session = try Session.console(
      [Session.subject], "break count_to\nc\nrun\nc\nrun numbers\nkill\nrun\nc\nc\n")
    session.expect(
      "Breakpoint 1, ", "(swemu) run\n", "(swemu) c\n", "Breakpoint 1, ", "(swemu) run numbers", "(swemu) kill",
      "[Program killed]", "2.5 2", "[Program exited normally]")
  }

  @Test func letsGo() throws {
    let session = try Session.console([Session.subject], "break factorial\nc\ndetach\n")
    session.expect("Breakpoint 1, ", "counter 55, factorial 120, small 41")
    #expect(session.ending == .exited(0))
  }

  @Test func aHundredThousandStepsAreNothingToWaitFor() throws {
    // The rate is measured by scripts/debug-costs; here only that they are no trouble.
    let session = try Session.console(["/bin/bash-static", "-c", ":"], "si 200000\ninfo stats\n")
    session.expect("instructions    200000")
  }
}
