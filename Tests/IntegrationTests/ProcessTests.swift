import Glibc
import Testing

/// Programs that start programs: shells, make with a compiler, interpreters; and what swemu's options mean for children.
@Suite("Processes") struct ProcessTests {
  /// Shells other than bash wait for their children in a signal handler, so they come in as soon as handlers run.
  static let shells = ["bash"] + (runsHandlers ? ["busybox ash", "mksh", "zsh"] : [])

  private static let runsHandlers: Bool = {
    guard let sandbox = try? Sandbox(), (try? sandbox.reset()) != nil else { return false }
    let script = "trap 'echo caught' USR1; kill -USR1 $$; echo over"
    _ = try? sandbox.run([Repository.emulator, "/bin/bash-static", "-c", script])
    return (try? sandbox.standardOutput()).map { String(decoding: $0, as: UTF8.self) == "caught\nover\n" } ?? false
  }()

  @Test(arguments: shells, [("pipelines", 0), ("traps", 6)] as [(String, Int32)])
  func runsScripts(_ shell: String, _ script: (String, Int32)) throws {
    let path = Repository.data + "/shells/\(script.0).sh"
    let native = try Comparison.check(Case(testDescription: shell, line: "\(shell) \(path)"))
    #expect(native.endings == [.exited(script.1)])
  }

  /// make, gcc, as, ld and ar, several at once, and what they made.
  @Test func buildsAProject() throws {
    let native = try Comparison.check(
      Case(
        testDescription: "make", line: "/usr/bin/make -s -j4 ; ./project",
        fixtures: Repository.data + "/project"))
    #expect(native.endings == [.exited(0), .exited(0)])
  }

  static let interpreted = [
    "/usr/bin/perl -e 'print `echo from perl`; my $p = fork(); exit 4 if !$p; waitpid($p, 0); print $? >> 8, \"\\n\"; "
      + "open(F, \"-|\", \"seq 1 3 | tac\"); print <F>; print system(\"false\"), \"\\n\";'"
  ]

  @Test(arguments: interpreted) func runsInterpreters(_ line: String) throws {
    try Comparison.check(Case(testDescription: "perl", line: line))
  }

  /// Debian's interpreters, through their dynamic linker, check themselves.
  @Test(arguments: [("/usr/bin/python3 -I", "selfcheck.py"), ("/usr/bin/perl", "selfcheck.pl")])
  func checkThemselves(_ interpreter: String, _ script: String) throws {
    let line = "\(interpreter) \(Repository.data)/languages/\(script)"
    let native = try Comparison.check(Case(testDescription: script, line: line))
    #expect(native.endings == [.exited(0)])
  }
}

/// Servers with threads.
@Suite(
  "Threaded servers",
  .enabled(if: threadsRun, "threads do not run yet (docs/KnownIssues.md)"))
struct ThreadedServerTests {
  /// redis-server with threads for input and output, and clients.
  @Test func servesADatabase() throws {
    let line = "bash \(Repository.data)/shells/redis.sh"
    let native = try Comparison.check(Case(testDescription: "redis", line: line))
    #expect(native.endings == [.exited(0)])
  }
}

private let threadsRun: Bool = {
  guard let sandbox = try? Sandbox(), (try? sandbox.reset()) != nil else { return false }
  let program = "import threading; t = threading.Thread(target=print, args=('ran',)); t.start(); t.join()"
  _ = try? sandbox.run([Repository.emulator, "/usr/bin/python3", "-I", "-c", program])
  return (try? sandbox.standardOutput()).map { String(decoding: $0, as: UTF8.self) == "ran\n" } ?? false
}()

/// What the options of the command line mean for children and for programs that nobody trusts.
@Suite("Options for processes", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil))
struct ProcessOptionTests {
  private struct Result {
    var ending: Ending
    var output: String
    var error: String
    var files: [String]
  }

  private func swemu(_ arguments: String...) throws -> Result {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let ending = try sandbox.run([Repository.emulator] + arguments)
    return Result(
      ending: ending, output: String(decoding: try sandbox.standardOutput(), as: UTF8.self),
      error: String(decoding: try sandbox.standardError(), as: UTF8.self),
      files: try File.names(in: sandbox.workingDirectory))
  }

  private static let shell = "/bin/bash-static"

  @Test func tracesEachProcessIntoAFileOfItsOwn() throws {
    let suffixed = try swemu("--strace", "--trace-file", "trace", Self.shell, "-c", "(exit 3); (exit 4)")
    #expect(suffixed.ending == .exited(4))
    #expect(suffixed.files.count == 3 && suffixed.files.allSatisfy { $0.hasPrefix("trace") })
    let named = try swemu("--strace", "--trace-file", "%p.trace", Self.shell, "-c", "(exit 3); (exit 4)")
    #expect(named.files.count == 3 && named.files.allSatisfy { $0.hasSuffix(".trace") && $0.first?.isNumber == true })
  }

  @Test func tellsProcessesApart() throws {
    let result = try swemu("--strace", Self.shell, "-c", "(exit 3); true")
    #expect(result.error.contains("[pid ") && result.error.contains("+++ exited with 3 +++"))
  }

  @Test func stopsChildrenToo() throws {
    let result = try swemu("--timeout", "1", Self.shell, "-c", "(while :; do :; done); echo \"child $?\"")
    #expect(result.ending == .exited(124) || result.output == "child 124\n")
  }

  // MARK: - The sandbox

  @Test func refusesToWrite() throws {
    let result = try swemu(
      "--sandbox=read-only", Self.shell, "-c",
      "echo x > file; echo \"$?\"; echo y > /dev/null; echo \"$?\"; (cd /; pwd); : < /etc/passwd; echo \"$?\"")
    #expect(result.output == "1\n0\n/\n0\n")
    #expect(result.error.contains("sandbox: ") && result.files.isEmpty)
  }

  @Test func writesWhereItMay() throws {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let ending = try sandbox.run([
      Repository.emulator, "--sandbox=all", "--allow-write", sandbox.workingDirectory, "/bin/busybox", "cp",
      "/etc/hostname", "copy",
    ])
    #expect(ending == .exited(0))
    #expect(try File.names(in: sandbox.workingDirectory) == ["copy"])
  }

  @Test func leadsNobodyAstray() throws {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let (work, outside) = (sandbox.workingDirectory, sandbox.top + "/outside")
    symlink(outside, work + "/link")
    symlink(sandbox.top, work + "/up")
    for target in ["link", "up/outside", "../outside", "/proc/self/cwd/../outside"] {
      let ending = try sandbox.run([
        Repository.emulator, "--sandbox=all", "--allow-write", work, "/bin/busybox", "touch", target,
      ])
      #expect(ending == .exited(1), "\(target)")
      #expect(access(outside, F_OK) != 0, "\(target)")
    }
  }

  @Test func showsOnlyWhatIsAllowed() throws {
    let result = try swemu("--allow", "/usr", "/bin/busybox", "cat", "/etc/passwd")
    #expect(result.ending == .exited(1) && result.output.isEmpty && result.error.contains("/etc/passwd"))
    let list = try swemu("--allow", "/etc", "/bin/busybox", "cat", "/etc/hostname", "/proc/self/comm")
    #expect(list.ending == .exited(0) && list.output.hasSuffix("busybox\n"))
  }

  @Test func refusesNetworkAndProcesses() throws {
    let network = try swemu("--sandbox=no-network", "/bin/busybox", "nc", "127.0.0.1", "1")
    #expect(network.ending == .exited(1) && network.error.contains("sandbox: socket refused with EACCES"))
    let processes = try swemu("--sandbox=no-processes", Self.shell, "-c", "(true); echo \"$?\"")
    #expect(processes.error.contains("refused with EPERM"))
    let signals = try swemu("--sandbox=no-processes", "/bin/busybox", "kill", "-0", "1")
    #expect(signals.ending == .exited(1) && signals.error.contains("kill refused with EPERM: process 1"))
  }

  @Test func knowsItsWords() throws {
    #expect(try swemu("--sandbox=everything", Self.shell).ending == .exited(125))
  }
}
