import Glibc
import Testing

/// `--tui` in tmux, whose screen is compared.
@Suite("Full screen", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil), .serialized)
struct FullScreenTests {
  @Test func breakpointsStepsAndTheEnd() throws {
    let tmux = try Tmux(rows: 24, columns: 80, [Session.subject])
    tmux.expect("subject: at its beginning", "─ code _start", "▶ ", "xor    ebp,ebp", "─ registers")
    tmux.type("s")
    tmux.expect("subject: stepped", "1 instructions", "wrote  eflags")
    tmux.type("b")
    tmux.type("add\n")
    tmux.expect("Breakpoint 1 at ")
    tmux.type("c")
    tmux.expect("subject: breakpoint 1", "─ code add+0xa", "27    int sum = a + b;", "▶●")
    tmux.type("o")
    tmux.expect("─ code count_to+0x26", "<counter>")
    tmux.type("w")
    tmux.type("counter\n")
    tmux.type(":delete 1\nc")
    tmux.expect("watchpoint 2 counter: 0x0 -> 0x1")
    tmux.type(":delete\nc")
    tmux.expect("exited with status 0", "counter 55, factorial 120, small 41", "The program is over")
    tmux.type("r")
    tmux.expect("subject: at its beginning")
    tmux.type("q")
    tmux.expectEnd(0)
  }

  @Test func panesFaultsAndSystemCalls() throws {
    let tmux = try Tmux(rows: 24, columns: 80, [Session.subject])
    tmux.expect("at its beginning")
    tmux.type("f")
    tmux.expect("page fault at 0x")
    tmux.type("y")
    tmux.expect("subject: calls brk")
    tmux.type("\t\t\t\t")
    tmux.expect("─ map ─", "[stack]", "r-x subject")
    tmux.type("\t")
    tmux.expect("─ calls ─")
    tmux.type("y")
    tmux.expect("returned from brk", "brk(NULL)  ")
    tmux.type("z")
    tmux.expectNot("─ registers")
    tmux.type("z")
    tmux.type("m")
    tmux.type("&wide\n")
    tmux.expect("─ memory ─", "88 77 66 55 44 33 22 11")
    tmux.type("m")
    tmux.type("$rsp\n")
    tmux.type("/")
    tmux.type("LC_ALL=C\n")
    tmux.expect("found at 0x")
    tmux.type("g")
    tmux.type("factorial\n")
    tmux.expect("─ code factorial", "push   rbp")
    tmux.type("?")
    tmux.expect("─ help", "animate")
    tmux.type(" q")
    tmux.expectEnd(0)
  }

  @Test func aRunningProgramIsTypedToAndInterrupted() throws {
    let tmux = try Tmux(rows: 30, columns: 100, ["/bin/bash-static", "--norc", "--noediting", "-i"])
    tmux.expect("at its beginning")
    tmux.type("c")
    tmux.expect("running (Ctrl-C stops)", "bash-")
    tmux.type("echo $((6 * 7))\n")
    tmux.expect("\n42")
    tmux.type("\u{3}")
    tmux.expect("bash-static: interrupted")
    tmux.type("q")
    tmux.expectEnd(0)
  }

  @Test func theScreenFollowsTheSizeOfTheTerminal() throws {
    let tmux = try Tmux(rows: 24, columns: 80, [Session.subject])
    tmux.expect("at its beginning")
    tmux.resize(rows: 45, columns: 150)
    tmux.expect("─ stack ─", "─ memory ─", "─ map ─", "─ calls ─", "─ output ─")
    tmux.resize(rows: 12, columns: 50)
    tmux.expectNot("─ registers")
    tmux.type("q")
    tmux.expectEnd(0)
  }
}

/// A terminal of its own for one program.
private final class Tmux {
  private static let path = "/usr/bin/tmux"
  private let sandbox: Sandbox
  private let socket: String

  init(rows: Int, columns: Int, _ program: [String]) throws {
    sandbox = try Sandbox()
    try sandbox.reset()
    socket = sandbox.top + "/tmux"
    let line =
      "'\(Repository.emulator)' --tui \(program.joined(separator: " ")); echo \"swemu ended with $?\"; sleep 1000"
    _ = run([
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "exec /bin/sh -c '\(line.replacing("'", with: "'\\''"))'",
    ])
  }

  deinit { _ = run(["kill-server"]) }

  private func run(_ arguments: [String]) -> String {
    let path = sandbox.top + "/tmux-output"
    unlink(path)
    let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=xterm", "HOME=/"]
    _ = try? ChildProcess.run(
      [Self.path, "-u", "-S", socket] + arguments, in: sandbox.workingDirectory, output: path, error: path,
      environment: environment, isKept: true)
    return (try? File.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func type(_ text: String) { _ = run(["send-keys", "-l", text.replacing("\n", with: "\r")]) }
  func resize(rows: Int, columns: Int) { _ = run(["resize-window", "-x", "\(columns)", "-y", "\(rows)"]) }
  private var screen: String { run(["capture-pane", "-p"]) }

  private func wait(_ condition: (String) -> Bool) -> (isMet: Bool, screen: String) {
    var text = ""
    for _ in 0..<200 {
      text = screen
      if condition(text) { return (true, text) }
      usleep(50_000)
    }
    return (false, text)
  }

  /// Waits for a screen with all of these.
  func expect(_ parts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    let (isMet, text) = wait { text in parts.allSatisfy { text.contains($0) } }
    if !isMet {
      let missing = parts.filter { !text.contains($0) }
      Issue.record("\(missing) is missing in\n\(text)", sourceLocation: sourceLocation)
    }
  }

  func expectNot(_ part: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let (isMet, text) = wait { !$0.contains(part) }
    if !isMet { Issue.record("«\(part)» stays in\n\(text)", sourceLocation: sourceLocation) }
  }

  func expectEnd(_ status: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    expect("swemu ended with \(status)", sourceLocation: sourceLocation)
  }
}
