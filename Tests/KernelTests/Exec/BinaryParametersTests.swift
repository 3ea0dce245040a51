import LinuxABI
import Testing

@testable import Kernel

@Suite struct BinaryParametersTests {
  private func error(
    _ arguments: [[UInt8]], _ environment: [[UInt8]] = [], stackLimit: UInt64 = 8 << 20, path: String = "/bin/true"
  ) -> Errno? {
    do throws(ExecFailure) {
      _ = try BinaryParameters(
        path: Array(path.utf8), arguments: arguments, environment: environment, credentials: .current,
        stackLimit: stackLimit)
      return nil
    } catch {
      return error.errno
    }
  }

  private func string(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x61, count: count) }

  @Test func limitsOneString() {
    #expect(error([string(131071)]) == nil)
    #expect(error([string(131072)]) == .E2BIG)
  }

  @Test func limitsAllStringsToAQuarterOfTheStack() {
    // 8 MiB: a quarter is 2 MiB, pointers and the path included.
    #expect(error([[UInt8]](repeating: string(100_000), count: 20)) == nil)
    #expect(error([[UInt8]](repeating: string(100_000), count: 21)) == .E2BIG)
    #expect(error([], [[UInt8]](repeating: string(100_000), count: 21)) == .E2BIG)
    // However large the stack, 6 MiB.
    #expect(error([[UInt8]](repeating: string(100_000), count: 62), stackLimit: .max) == nil)
    #expect(error([[UInt8]](repeating: string(100_000), count: 63), stackLimit: .max) == .E2BIG)
  }

  @Test func countsPointers() {
    // 128 KiB in any case: 14,563 empty strings take 8 + 1 bytes each.
    #expect(error([[UInt8]](repeating: [], count: 14_000), stackLimit: 256 << 10) == nil)
    #expect(error([[UInt8]](repeating: [], count: 16_384), stackLimit: 256 << 10) == .E2BIG)
  }

  @Test func needsRoomOnASmallStack() {
    #expect(error([string(30_000)], stackLimit: 64 << 10) == nil)
    #expect(error([string(70_000)], stackLimit: 64 << 10) == .E2BIG)
  }

  @Test func addsAnEmptyArgument() throws {
    let parameters = try BinaryParameters(
      path: Array("/bin/true".utf8), arguments: [], environment: [], credentials: .current, stackLimit: 8 << 20)
    #expect(parameters.arguments == [[]])
  }

  @Test func opensOnlyRegularExecutableFiles() {
    #expect(error([], path: "/tmp") == .EACCES)
    #expect(error([], path: "/dev/null") == .EACCES)
    #expect(error([], path: "/etc/passwd") == .EACCES)
    #expect(error([], path: "/etc/passwd/x") == .ENOTDIR)
    #expect(error([], path: "/nonexistent") == .ENOENT)
    #expect(error([], path: "") == .ENOENT)
    #expect(error([], path: "/" + String(repeating: "a", count: 5000)) == .ENAMETOOLONG)
    #expect(error([], path: "/" + String(repeating: "a", count: 300)) == .ENAMETOOLONG)
  }

  @Test func looksInTheSysrootFirst() throws {
    let trial = ExecTrial()
    let file = trial.write("ld.so", ELFBuilder().bytes)
    let parameters = try BinaryParameters(
      path: Array("/bin/true".utf8), arguments: [], environment: [], credentials: .current, stackLimit: 8 << 20,
      sysroot: Array(trial.directory.utf8))
    #expect(try parameters.open(Array("/ld.so".utf8)).path == Array(file.utf8))
    #expect(try parameters.open(Array("/bin/true".utf8)).path == Array("/bin/true".utf8))
  }
}
