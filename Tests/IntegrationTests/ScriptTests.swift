import Glibc
import Testing

/// Files that begin with `#!`, as binfmt_script of Linux reads them.
@Suite("Scripts") struct ScriptTests {
  struct Script: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Files by name, with @ for the path of the working directory, which also holds the program `show`, which prints
    /// its arguments. The first one is executed.
    let files: [(name: String, text: String, mode: mode_t)]

    init(_ description: String, _ text: String, mode: mode_t = 0o755, with others: [(String, String, mode_t)] = []) {
      testDescription = description
      files = [("script", text, mode)] + others.map { (name: $0.0, text: $0.1, mode: $0.2) }
    }
  }

  static let scripts: [Script] = arguments + refusals + nested

  private static let arguments = [
    Script("no argument", "#!@/show\n"),
    Script("one argument", "#!@/show -x\nrest\n"),
    Script("the rest of the line is one argument", "#!@/show -x two  three\n"),
    Script("spaces around", "#!   @/show   -a b   \n"),
    Script("tabs", "#!\t@/show\t-a\t\n"),
    Script("no newline at the end", "#!@/show last"),
    Script("no newline, no argument", "#!@/show"),
    Script("carriage return in the argument", "#!@/show arg\r\nx\r\n"),
    Script("a NUL ends the line", "#!@/show one\0two\n"),
    Script("a hash in the argument", "#!@/show # comment\n"),
    Script("quotes are not special", "#!@/show 'a b' \"c\"\n"),
    Script("relative interpreter", "#!./show here\n"),
    Script("interpreter from PATH is not looked for", "#!show\n"),
    Script("busybox shell", "#!/bin/busybox sh\necho $# \"$1\"; exit 5\n"),
    Script("an argument cut at 256 bytes", "#!@/show " + String(repeating: "long ", count: 80) + "\n"),
    Script("a long argument that ends at 255", "#!@/show " + String(repeating: "x", count: 200) + "\n"),
  ]

  private static let refusals = [
    Script("nothing after #!", "#!\n"),
    Script("only #!", "#!"),
    Script("only spaces", "#!     \n"),
    Script("carriage return after the interpreter", "#!@/show\r\n"),
    Script("missing interpreter", "#!/nonexistent/interpreter\n"),
    Script("interpreter is a directory", "#!/tmp\n"),
    Script("interpreter is not executable", "#!/etc/passwd\n"),
    Script("script is not executable", "#!@/show\n", mode: 0o644),
    Script("an interpreter longer than the buffer", "#!/" + String(repeating: "d/", count: 200) + "\n"),
    Script("a line longer than the buffer without a space", "#!/" + String(repeating: "a", count: 300) + "\n"),
    Script("interpreter is a text file", "#!@/text\n", with: [("text", "just text\n", 0o755)]),
    Script("interpreter is a cut off program", "#!@/cut\n", with: [("cut", "\u{7f}ELF\u{2}\u{1}\u{1}", 0o755)]),
    Script("space before the marks", " #!@/show\n"),
    Script("itself", "#!@/script\n"),
  ]

  /// Each script is interpreted by the next one: Linux allows a handful of levels.
  private static let nested = (1...7).map { depth in
    var others: [(String, String, mode_t)] = []
    for level in 1..<depth {
      others.append(("s\(level)", level == depth - 1 ? "#!@/show end\n" : "#!@/s\(level + 1) \(level)\n", 0o755))
    }
    return Script("\(depth) levels", depth == 1 ? "#!@/show end\n" : "#!@/s1 0\n", with: others)
  }

  @Test(arguments: scripts) func runsAsUnderLinux(_ script: Script) throws {
    let sandbox = try Sandbox()
    try Refusals.check([sandbox.workingDirectory + "/script", "argument one", "two"], in: sandbox) { sandbox in
      let directory = sandbox.workingDirectory
      try File.copy(Repository.programs + "/O2/arguments", to: directory + "/show")
      for file in script.files {
        let text = file.text.replacing("@", with: directory)
        try File.write(text, to: directory + "/" + file.name, mode: file.mode)
      }
    }
  }

  @Test func throughASymbolicLink() throws {
    let sandbox = try Sandbox()
    try Refusals.check(["./link", "x"], in: sandbox) { sandbox in
      let directory = sandbox.workingDirectory
      try File.write("#!/bin/busybox printf\n", to: directory + "/script", mode: 0o755)
      #expect(symlink("script", directory + "/link") == 0)
    }
  }
}
