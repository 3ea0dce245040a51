import Glibc
import Testing

@testable import Kernel

extension SyscallTests {
  /// Whatever a guest passes, swemu goes on.
  @Suite struct Fuzz {
    @Test(arguments: 1...4) func randomCalls(seed: Int) throws {
      let directory = try TemporaryDirectory()
      chmod(directory.path, 0o777)
      defer { run("/bin/rm", ["rm", "-rf", directory.path]) }
      let program = try #require(Self.fuzzer)
      let status = run(program, [program, "\(seed)", "20000", directory.path])
      // Wrong arguments of signals may well end it; a trap or a fault of the emulator must not.
      #expect(![SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE].contains(status & 0x7f), "seed \(seed)")
      #expect(status & 0x7f != 0 || status >> 8 == 0)
    }

    /// Beside the test's own program.
    static var fuzzer: String? {
      guard let own = HostLink.read("/proc/self/exe"), let slash = own.lastIndex(of: "/") else { return nil }
      return String(own[...slash]) + "SyscallFuzzer"
    }

    @discardableResult
    func run(_ path: String, _ arguments: [String]) -> Int32 {
      var child = pid_t()
      let pointers = arguments.map { strdup($0) } + [nil]
      defer { pointers.forEach { free($0) } }
      guard posix_spawn(&child, path, nil, nil, pointers, environ) == 0 else { return -1 }
      var status: Int32 = 0
      while waitpid(child, &status, 0) < 0, errno == EINTR {}
      return status
    }
  }
}
