import Glibc
import Synchronization

/// A temporary directory with an empty working directory in it, removed at the end.
///
/// The native and the emulated run of a case use the same paths, one after the other, so that paths in their output agree.
final class Sandbox {
  private static let next = Atomic(0)
  let top: String
  var workingDirectory: String { top + "/work" }

  init() throws {
    top = "/tmp/swemu-test-\(getpid())-\(Sandbox.next.wrappingAdd(1, ordering: .relaxed).newValue)"
    File.removeTree(top)
    guard mkdir(top, 0o755) == 0 else { throw HostError("mkdir \(top)") }
  }

  deinit { File.removeTree(top) }

  /// Empties the working directory and puts copies of the files of `fixtures` there.
  func reset(fixtures: String? = nil) throws {
    File.removeTree(workingDirectory)
    for name in ["stdout", "stderr"] { unlink(top + "/" + name) }
    guard mkdir(workingDirectory, 0o755) == 0 else { throw HostError("mkdir \(workingDirectory)") }
    guard let fixtures else { return }
    for name in try File.names(in: fixtures) {
      try File.copy(fixtures + "/" + name, to: workingDirectory + "/" + name)
    }
  }

  /// Runs a command in the working directory; its output is added to that of earlier ones since the reset.
  func run(_ command: [String], input: String = "/dev/null", environment: [String] = ChildProcess.environment) throws
    -> Ending
  {
    try ChildProcess.run(
      command, in: workingDirectory, input: input, output: top + "/stdout", error: top + "/stderr",
      environment: environment)
  }

  func standardOutput() throws -> [UInt8] { try File.read(top + "/stdout") }
  func standardError() throws -> [UInt8] { try File.read(top + "/stderr") }

  /// What lies in the working directory: a line for each entry, with kind, rights, size and digest of the contents.
  func listing() throws -> [UInt8] {
    var lines = ""
    try list("", into: &lines)
    return Array(lines.utf8)
  }

  private func list(_ relative: String, into lines: inout String) throws {
    for name in try File.names(in: workingDirectory + relative) {
      let path = workingDirectory + relative + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { throw HostError("lstat \(path)") }
      lines += "\(relative)/\(name) mode \(String(status.st_mode, radix: 8))"
      switch status.st_mode & S_IFMT {
      case S_IFREG:
        lines += " size \(status.st_size)"
        if status.st_size < 16 << 20 { lines += " contents \(digest(try File.read(path)))" }
        lines += "\n"
      case S_IFDIR:
        lines += "\n"
        try list(relative + "/" + name, into: &lines)
      default:
        lines += "\n"
      }
    }
  }

  /// FNV-1a.
  private func digest(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}
