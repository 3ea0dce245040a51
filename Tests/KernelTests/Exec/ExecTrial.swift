import Glibc
import Synchronization

/// How an attempt to execute a file ended.
enum ExecOutcome: Hashable, CustomStringConvertible {
  /// execve returned this error.
  case refused(String)
  case exited(Int32)
  case killed(Int32)
  case hung

  var description: String {
    switch self {
    case .refused(let name): "refused with \(name)"
    case .exited(let status): "exited with \(status)"
    case .killed(let signal): "killed by signal \(signal)"
    case .hung: "hung"
    }
  }
}

/// Executes files natively and under swemu, in a directory of its own.
final class ExecTrial {
  let directory: String
  /// A file that any process, such as the child of another test, has open for writing cannot be executed (ETXTBSY).
  private static let writeOrSpawn = Mutex(())
  /// swemu: what the environment names, else the one beside the test bundle.
  private static let emulator: String = {
    if let given = getenv("SWEMU") { return String(cString: given) }
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    let executable = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return executable.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      + "/swemu"
  }()

  init() {
    var template = Array("/tmp/swemu-exec-XXXXXX".utf8CString)
    mkdtemp(&template)
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = wait(for: spawn(["/bin/rm", "-rf", directory], output: "/dev/null")) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o755) -> String {
    let path = directory + "/" + name
    Self.writeOrSpawn.withLock { _ in create(path, bytes, mode) }
    return path
  }

  private func create(_ path: String, _ bytes: [UInt8], _ mode: mode_t) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done) }
      if written <= 0 { break }
      done += written
    }
    fchmod(descriptor, mode)
    close(descriptor)
  }

  /// What the kernel does with the file.
  func native(_ path: String, _ arguments: [String] = []) -> (outcome: ExecOutcome, output: String) {
    run([path] + arguments)
  }

  /// What swemu does with it; an execve that failed is told by the last line of the trace.
  func emulated(_ path: String, _ arguments: [String] = []) -> (outcome: ExecOutcome, output: String) {
    let trace = directory + "/trace"
    var result = run([Self.emulator, "--trace=load", "--trace-file", trace, path] + arguments)
    if case .exited(let status) = result.outcome, status == 126 || status == 127 {
      let marker = "load: refused with "
      if let line = contents(trace).utf8.split(separator: 0x0a).last.map({ String($0) ?? "" }), line.hasPrefix(marker) {
        result.outcome = .refused(String(line.dropFirst(marker.count)))
      }
    }
    return result
  }

  private func run(_ command: [String]) -> (outcome: ExecOutcome, output: String) {
    let output = directory + "/output"
    let child = spawn(command, output: output)
    return (wait(for: child), contents(output))
  }

  private func spawn(_ command: [String], output: String) -> Result<pid_t, SpawnError> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/bin:/bin"), nil]
    defer { free(environment[0]) }
    var child: pid_t = 0
    let error = Self.writeOrSpawn.withLock { _ in
      posix_spawn(&child, command[0], &actions, nil, &arguments, &environment)
    }
    return error == 0 ? .success(child) : .failure(SpawnError(number: error))
  }

  private struct SpawnError: Error { var number: Int32 }

  /// Waits at most ten seconds.
  private func wait(for child: Result<pid_t, SpawnError>) -> ExecOutcome {
    switch child {
    case .failure(let error): return .refused(Self.names[error.number] ?? "\(error.number)")
    case .success(let process):
      for _ in 0..<10_000 {
        var status: Int32 = 0
        if waitpid(process, &status, WNOHANG) == process {
          let signal = status & 0x7f
          return signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal)
        }
        usleep(1000)
      }
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
      return .hung
    }
  }

  private func contents(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  private static let names: [Int32: String] = [
    ENOENT: "ENOENT", EIO: "EIO", E2BIG: "E2BIG", ENOEXEC: "ENOEXEC", ENOMEM: "ENOMEM", EACCES: "EACCES",
    ENOTDIR: "ENOTDIR", EINVAL: "EINVAL", ELOOP: "ELOOP", ELIBBAD: "ELIBBAD", EPERM: "EPERM",
    ENAMETOOLONG: "ENAMETOOLONG",
  ]
}
