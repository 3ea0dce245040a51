import Testing

/// Random bytes executed as code: whatever they do, it is the guest that suffers. Never run natively.
@Suite("Random code", .enabled(if: Repository.isRealEmulator && Repository.obstacle == nil)) struct RandomCodeTests {
  /// SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV
  private static let guestSignals: Set<Int32> = [4, 5, 7, 8, 11]

  @Test(arguments: 0..<8) func endsByAGuestSignal(_ group: Int) throws {
    let sandbox = try Sandbox()
    for seed in (group * 25)..<((group + 1) * 25) {
      try sandbox.reset()
      let ending = try sandbox.run([
        Repository.emulator, "--timeout", "10", "--max-instructions", "5000000",
        Repository.programs + "/O2/random_code",
        "emulated", String(seed),
      ])
      let error = String(decoding: try sandbox.standardError(), as: UTF8.self)
      switch ending {
      case .killed(let signal): #expect(Self.guestSignals.contains(signal), "seed \(seed)")
      case .exited(120), .exited(124): break  // a loop
      default: Issue.record("seed \(seed) ends by \(ending): \(error)")
      }
      #expect(!error.contains("Fatal error") && !error.contains("Crash"), "seed \(seed): \(error)")
    }
  }
}
