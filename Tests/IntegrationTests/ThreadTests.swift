import Testing

/// What swemu's options mean for programs with several threads. What the threads do is tested by testbins/threads.
@Suite("Options for threads", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil))
struct ThreadTests {
  private func swemu(_ arguments: String...) throws -> (ending: Ending, output: String, error: String) {
    let sandbox = try Sandbox()
    try sandbox.reset()
    let ending = try sandbox.run([Repository.emulator] + arguments)
    return (
      ending, String(decoding: try sandbox.standardOutput(), as: UTF8.self),
      String(decoding: try sandbox.standardError(), as: UTF8.self)
    )
  }

  private static let program = Repository.programs + "/O2/thread_mutex"

  /// Each line is about one thread, and whole.
  @Test func tracesTellThreadsApart() throws {
    let result = try swemu("--strace", Self.program)
    #expect(result.ending == .exited(0))
    let lines = result.error.split(separator: "\n")
    let later = lines.drop { !$0.hasPrefix("[pid ") }
    #expect(later.count > 20)
    #expect(later.allSatisfy { $0.hasPrefix("[pid ") && ($0.contains(" = ") || $0.contains("+++ exited with ")) })
    #expect(Set(later.compactMap { $0.split(separator: "]").first }).count > 4)
  }

  @Test func countsForAllThreads() throws {
    let result = try swemu("--stats", Self.program)
    #expect(result.ending == .exited(0))
    #expect(result.error.contains("clone3 ") && result.error.contains("futex "))
  }

  /// A time limit ends all threads, whatever the first one does.
  @Test func stopsAllThreads() throws {
    let result = try swemu("--timeout", "1", Repository.programs + "/O2/thread_exit", "never")
    #expect(result.ending == .exited(124))
  }

  /// One thread alone is followed: a second one is refused, and the program is told.
  @Test func refusesThreadsWhereOneIsFollowed() throws {
    let result = try swemu(
      "--trace=instructions", "--trace-file", "/dev/null", Repository.programs + "/O2/thread_mutex")
    #expect(result.ending == .exited(99))
    #expect(result.output.contains("pthread_create"))
  }
}
