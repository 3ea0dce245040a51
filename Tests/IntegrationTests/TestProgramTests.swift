import Testing

/// The guest programs of testbins/, each build of each: same output, same end as natively, and the end that the
/// program's header promises.
@Suite("Guest programs") struct TestProgramTests {
  struct Run: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let line: String
    let end: String
  }

  static let runs: [Run] = Repository.lines(of: Repository.programs + "/runs.list").compactMap { entry in
    guard let arrow = entry.firstRange(of: " -> ") else { return nil }
    let line = String(entry[..<arrow.lowerBound])
    return Run(testDescription: line, line: Repository.programs + "/" + line, end: String(entry[arrow.upperBound...]))
  }

  /// What is known to differ: docs/KnownIssues.md tells of each.
  static let known: Set<String> = []

  @Test(arguments: runs) func behavesAsNatively(_ run: Run) throws {
    try withKnownIssue(isIntermittent: true) {
      let native = try Comparison.check(Case(testDescription: run.testDescription, line: run.line))
      #expect(native.endings.map(shortName) == [run.end], "the program does not keep its own promise natively")
    } when: {
      Self.known.contains(run.testDescription)
    }
  }

  @Test func thereAreEnough() {
    #expect(Set(Self.runs.map { $0.line.split(separator: " ")[0].split(separator: "/").last }).count >= 100)
  }

  /// As testbins/programs.awk writes it.
  private func shortName(_ ending: Ending) -> String {
    guard case .killed(let signal) = ending else {
      if case .exited(let status) = ending { return "exit \(status)" }
      return ending.description
    }
    let names: [Int32: String] = [
      4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL", 11: "SIGSEGV", 13: "SIGPIPE",
      14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ",
    ]
    return names[signal] ?? "signal \(signal)"
  }
}
