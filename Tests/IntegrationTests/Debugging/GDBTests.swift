import Glibc
import Testing

/// gdb of Debian on programs under swemu.
@Suite("gdb", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil)) struct GDBTests {
  @Test func overStandardInputAndOutput() throws {
    let session = try Session.gdb(
      [Session.hello, "arg1"],
      """
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
      """)
    session.expect(
      "<_start>", "Breakpoint 1, ", "[stack]", "(call to syscall write)", "(returned from syscall write)",
      "exited normally")
  }

  @Test func overTCP() throws {
    let session = try Session.gdb(
      [Session.subject], endpoint: "0", address: { ":\($0)" }, "break add\ncontinue\nbt\nkill\n")
    session.expect("Breakpoint 1, add (a=0, b=1)", "#1 ", "count_to", "#2 ", "main", "emulator ended with 137")
  }

  @Test func overASocket() throws {
    let session = try Session.gdb(
      [Session.subject], endpoint: "socket", address: { _ in "socket" }, "break add\ncontinue\ndelete\ncontinue\n")
    session.expect("Breakpoint 1, add (a=0, b=1)", "exited normally", "emulator ended with 0")
  }

  @Test func stepsByLinesAndTellsValues() throws {
    let session = try Session.gdb(
      [Session.subject],
      """
      break count_to
      break 27 if counter>=6
      tbreak factorial
      continue
      info args
      next
      step
      continue
      finish
      until
      delete 2
      advance 114
      p counter
      p table
      p/x wide
      continue
      bt
      finish
      continue
      """)
    session.expect(
      "Breakpoint 1, count_to (limit=10)", "limit = 10", "38\t", "27\t", "Breakpoint 2, add (a=6, b=4)",
      "Value returned is $1 = 1", "39\t", "114\t", "= 55", "= {1, 4, 9, 16", "= 0x1122334455667788",
      "Temporary breakpoint 3, factorial (n=5)", "#1 ", "main", "exited normally")
  }

  @Test func watchpointsOfAllKinds() throws {
    let session = try Session.gdb(
      [Session.subject],
      """
      break count_to
      continue
      watch counter
      rwatch wide
      awatch small
      continue
      continue
      delete 2
      continue
      continue
      delete
      continue
      """)
    session.expect(
      "Hardware watchpoint 2: counter", "Hardware read watchpoint 3: wide",
      "Hardware access (read/write) watchpoint 4: small", "Old value = 0\nNew value = 1",
      "Old value = 1\nNew value = 3",
      "Hardware access (read/write) watchpoint 4: small\n\nOld value = 0 '\\000'\nNew value = 41 ')'",
      "Hardware read watchpoint 3: wide\n\nValue = 1234605616436508552", "exited normally")
  }

  @Test func aHundredWatchpointsAtOnce() throws {
    var script = "break count_to\ncontinue\n"
    for index in 0..<100 { script += "watch table[\(index)]\n" }
    script += "continue\ncontinue\ncontinue\ndelete\ncontinue\n"
    let session = try Session.gdb([Session.subject], script)
    session.expect(
      "Hardware watchpoint 101: table[99]", "Hardware watchpoint 2: table[0]\n\nOld value = 0\nNew value = 1",
      "Hardware watchpoint 3: table[1]\n\nOld value = 0\nNew value = 4",
      "Hardware watchpoint 4: table[2]\n\nOld value = 0\nNew value = 9", "exited normally")
  }

  @Test func registersAndMemoryAreWritten() throws {
    let session = try Session.gdb(
      [Session.subject],
      """
      break add
      continue
      set var $xmm0.v4_float[0] = 1.5
      p $xmm0.v4_float[0]
      set var $ymm3.v4_int64[3] = 77
      p $ymm3.v4_int64[3]
      set var $st0 = 2.25
      p $st0
      info float
      p $mxcsr
      set var $eflags |= 1
      p $eflags
      set var counter = 99
      p counter
      set var table[3] = -7
      p table[3]
      set var $rbx = 0x1234567890
      p/x $rbx
      delete
      call factorial(6)
      p halve(3.0)
      p add(2,3)
      p $fs_base != 0
      print sizeof(table)
      """)
    session.expect(
      "= 1.5", "= 77", "= 2.25", "=>R0: ", "= [ IM DM ZM OM UM PM ]", "CF", "= 99", "= -7", "= 0x1234567890",
      "= 720", "= 1.5", "= 5", "= 1", "= 400")
  }

  @Test func whatTheTargetTells() throws {
    let session = try Session.gdb(
      [Session.subject],
      """
      info auxv
      info proc
      info proc exe
      info proc cmdline
      info inferiors
      info threads
      info sharedlibrary
      p $_siginfo.si_signo
      monitor info page &counter
      monitor info stats
      monitor nonsense
      """)
    session.expect(
      "AT_HWCAP", "AT_ENTRY", "AT_EXECFN", "cmdline = '\(Session.subject)'", "exe = '\(Session.subject)'",
      "exe = '\(Session.subject)'", "* 1    process ", "* 1    Thread ", "\"subject\"", "No shared libraries", "= 5",
      "page 0x", "instructions    0", "Undefined command")
  }

  @Test func filesAndLibrariesOfADynamicProgram() throws {
    let session = try Session.gdb(
      [Session.dynamicSubject],
      """
      set sysroot target:
      break add
      continue
      info sharedlibrary
      remote get /proc/self/maps maps
      shell grep -c stack maps
      remote put maps copy
      shell cmp maps copy && echo the copy is the same
      remote delete copy
      shell test -e copy || echo the copy is gone
      delete
      continue
      """)
    session.expect(
      "Breakpoint 1, add (a=0, b=1)", "libc.so.6", "1\n", "the copy is the same", "the copy is gone",
      "exited normally")
  }

  @Test func signalsStopAndAreInspected() throws {
    let session = try Session.gdb(
      [Session.subject, "signal"],
      """
      break on_signal
      continue
      p $_siginfo.si_signo
      p $_siginfo._sifields._kill.si_pid > 1
      continue
      bt
      finish
      continue
      """)
    session.expect(
      "received signal SIGUSR1", "= 10", "= 1", "Breakpoint 1, on_signal (number=10)", "#1  <signal handler called>",
      "take_signals", "main", "exited normally")
    let dropped = try Session.gdb([Session.subject, "signal"], "continue\nsignal 0\n")
    dropped.expect("received signal SIGUSR1", "after the signal 100")
    let passed = try Session.gdb([Session.subject, "signal"], "handle SIGUSR1 nostop noprint pass\ncontinue\n")
    passed.expect("after the signal 110")
    let fault = try Session.gdb(
      [Session.subject, "fault"], "continue\nbt\np $_siginfo._sifields._sigfault.si_addr\ncontinue\n")
    fault.expect("received signal SIGSEGV", "#0 ", "fault (address=0x10)", "= (void *) 0x10", "after the fault 11")
  }

  @Test func aCrashInAStrippedStaticProgram() throws {
    let session = try Session.gdb([Session.stripped], "continue\nx/i $pc\np/x $rdi\ninfo registers rip\ncontinue\n")
    session.expect(
      "received signal SIGSEGV", "movq   $0xdead,(%rdi)", "= 0x7000", "Program terminated with signal SIGSEGV")
  }

  @Test func interruptsARunningProgram() throws {
    let session = try Session.gdb(
      [Session.subject, "spin"], endpoint: "0", address: { ":\($0)" },
      """
      shell (sleep 0.7; kill -INT $PPID) &
      continue
      bt
      set var counter = 1
      continue
      """)
    session.expect("received signal SIGINT", "spin ()", "main", "exited normally")
  }
}
