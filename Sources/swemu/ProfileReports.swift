import Glibc
import Kernel
import LinuxABI
import Profile

/// `--profile` and `--coverage`: counts while the program runs, writes when it is over.
struct ProfileReports {
  private let profiler: Profiler
  private let options: Options
  private let owner = getpid()

  /// Nil if neither was asked for.
  init?(_ options: Options, process: Process) {
    guard options.profile != nil || options.coverage != nil else { return nil }
    self.options = options
    profiler = Profiler(process: process)
  }

  func write() {
    if let path = options.profile {
      let name = path.lastIndex(of: UInt8(ascii: "/")).map { Array(path[($0 + 1)...]) } ?? path
      let command = options.program.map { Options.shown($0) }.joined(separator: " ")
      let isCallgrind = name.starts(with: "callgrind.".utf8)
      save(Array((isCallgrind ? profiler.callgrind(command: command) : profiler.foldedStacks()).utf8), path)
    }
    if let path = options.coverage { save(profiler.coverage(), path) }
  }

  /// A forked child's counts include those of its parent up to the fork; they go to a file of their own.
  private func save(_ bytes: [UInt8], _ path: [UInt8]) {
    let path = getpid() == owner ? path : path + Array(".\(getpid())".utf8)
    let descriptor = open(path.map { CChar(bitPattern: $0) } + [0], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    var done = 0
    while descriptor >= 0, done < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        raw.baseAddress.map { Glibc.write(descriptor, $0 + done, raw.count - done) } ?? 0
      }
      if count <= 0 { break }
      done += count
    }
    let reason = Errno(errno).message
    if descriptor >= 0 { close(descriptor) }
    if done < bytes.count || descriptor < 0 { Launcher.fail("\(Options.shown(path)): cannot be written: \(reason)") }
  }
}
