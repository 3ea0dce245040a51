import Glibc

/// How a process ended.
enum Ending: Equatable, CustomStringConvertible {
  case exited(Int32)
  case killed(Int32)
  case timedOut
  /// Killed by the harness because it wrote without end.
  case flooded
  /// The kernel refused to execute it, with this errno.
  case notExecuted(Int32)

  var description: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .killed(let signal): "signal \(signal) (\(String(cString: strsignal(signal))))"
    case .timedOut: "killed after the time limit"
    case .flooded: "killed for writing without end"
    case .notExecuted(let code): "not executed: \(String(cString: strerror(code)))"
    }
  }

  var isSignal: Bool { if case .killed = self { true } else { false } }
}

/// One program to run, natively or under the emulator.
struct Invocation {
  var program: String
  var arguments: [String] = []
  /// A file for standard input; relative names are in the working directory.
  var input = "/dev/null"
}

/// Starts children in a session of their own, with nothing inherited but three descriptors, and waits for them.
enum ChildProcess {
  static let environment = ["PATH=/usr/bin:/bin", "LC_ALL=C", "TZ=UTC0", "HOME=/", "TERM=dumb"]
  static let timeLimit = 120.0
  static let outputLimit = 64 << 20

  /// No core files, for this process and its children.
  private static let noCoreFiles: Void = {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    guard getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = 0
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
  }()

  /// Runs `command` in `directory`; what it writes is appended to the two files.
  /// - Parameter isKept: leave alone what it started in the background and what left its session.
  static func run(
    _ command: [String], in directory: String, input: String = "/dev/null", output: String, error: String,
    environment: [String] = environment, isKept: Bool = false
  ) throws -> Ending {
    _ = noCoreFiles
    let outputDescriptor = open(output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    let errorDescriptor = open(error, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard outputDescriptor >= 0, errorDescriptor >= 0 else { throw HostError("open \(output)") }
    defer {
      close(outputDescriptor)
      close(errorDescriptor)
    }
    var process = pid_t()
    let code = try spawn(
      command, in: directory, input: input, output: outputDescriptor, error: errorDescriptor, environment: environment,
      process: &process)
    if code != 0 { return .notExecuted(code) }
    return wait(for: process, isKept: isKept) {
      File.size(of: outputDescriptor) + File.size(of: errorDescriptor) > outputLimit
    }
  }

  private static func spawn(
    _ command: [String], in directory: String, input: String, output: Int32, error: Int32, environment: [String],
    process: inout pid_t
  ) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    addDirectoryChange(&actions, directory)
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, error, 2)
    addClosing(&actions, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK) | setSession
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let argv = CStrings(command)
    let envp = CStrings(environment)
    return posix_spawn(&process, command[0], &actions, &attributes, argv.pointers, envp.pointers)
  }

  /// Polls, so that a limit of time needs neither signals nor threads.
  private static func wait(for process: pid_t, isKept: Bool, isFlooding: () -> Bool) -> Ending {
    let start = now()
    var pause: UInt32 = 200
    var verdict: Ending?
    while true {
      var status: Int32 = 0
      if waitpid(process, &status, verdict == nil ? WNOHANG : 0) == process {
        if !isKept { kill(-process, SIGKILL) }  // whatever else is left of its session
        return verdict ?? (status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .killed(status & 0x7f))
      }
      if verdict != nil { continue }
      if now() - start > timeLimit {
        verdict = .timedOut
      } else if isFlooding() {
        verdict = .flooded
      } else {
        usleep(pause)
        pause = min(pause * 2, 5000)
      }
      if verdict != nil { kill(-process, SIGKILL) }
    }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

// What glibc declares for _GNU_SOURCE only, which the Glibc module does not define (spawn.h).
private let setSession: Int32 = 0x80

@_silgen_name("posix_spawn_file_actions_addchdir_np") @discardableResult
private func addDirectoryChange(
  _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ path: UnsafePointer<CChar>
) -> Int32

@_silgen_name("posix_spawn_file_actions_addclosefrom_np") @discardableResult
private func addClosing(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32) -> Int32

/// A null-terminated array of C strings that lives as long as this object.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() { pointers[index] = strdup(string) }
    pointers[count] = nil
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
