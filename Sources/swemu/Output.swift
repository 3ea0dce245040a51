import Glibc
import Kernel

/// Where traces, statistics and messages go: standard error, or a file.
///
/// Whole lines at a time, from whatever thread: a lock guards it. Nobody holds it while a process forks.
final class Output {
  private let lock = HostLock()
  private var descriptor: Int32
  private var isOwn: Bool
  private var kept: OwnDescriptor?
  private var buffer: [UInt8] = []
  private let isBuffered: Bool
  /// The file that was asked for; nil where the output is the guest's too.
  private let path: [UInt8]?
  /// Put in front of each line: tells the processes that share an output apart.
  private var prefix: [UInt8] = []

  /// Writes to a descriptor that is the guest's too: line by line, so that the order against its output stays.
  init(sharing descriptor: Int32) {
    self.descriptor = descriptor
    isOwn = false
    isBuffered = false
    path = nil
  }

  /// A new file; nil with errno set where it cannot be made.
  ///
  /// - Parameter path: `%p` in it stands for the number of the process.
  init?(path: [UInt8]) {
    self.path = path
    descriptor = Self.create(Self.name(path, isChild: false))
    guard descriptor >= 0 else { return nil }
    isOwn = true
    isBuffered = true
  }

  private static func create(_ path: [UInt8]) -> Int32 {
    open(path.map { CChar(bitPattern: $0) } + [0], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  }

  /// The file of this process: with its number for `%p`, or, for a child, at the end.
  private static func name(_ path: [UInt8], isChild: Bool) -> [UInt8] {
    let number = Array(String(getpid()).utf8)
    let mark = Array("%p".utf8)
    var name: [UInt8] = []
    var index = 0
    var isNumbered = false
    while index < path.count {
      if path[index...].starts(with: mark) {
        name += number
        index += mark.count
        isNumbered = true
      } else {
        name.append(path[index])
        index += 1
      }
    }
    return isNumbered || !isChild ? name : name + [UInt8(ascii: ".")] + number
  }

  /// In the child of a fork: a file of its own where there is one, else its number in front of each line.
  func becomeForkChild(in files: FileTable) {
    lock.reset()
    guard let path else {
      prefix = Array("[pid \(getpid())] ".utf8)
      return
    }
    buffer.removeAll(keepingCapacity: true)
    let file = Self.create(Self.name(path, isChild: true))
    if let kept {
      files.release(kept)
      self.kept = nil
    } else {
      close(descriptor)
    }
    // Where no file can be made, the traces of this process are lost; its own work goes on.
    descriptor = file
    if file >= 0 { kept = files.adopt(file) }
  }

  /// Makes the output independent of what the guest does to its descriptors, and invisible to it.
  func detach(in files: FileTable) {
    guard kept == nil else { return }
    if !isOwn {
      let copy = dup(descriptor)
      guard copy >= 0 else { return }
      descriptor = copy
      isOwn = true
    }
    kept = files.adopt(descriptor)
  }

  func line(_ text: String) {
    lock.lock()
    defer { lock.unlock() }
    buffer += prefix
    buffer.append(contentsOf: text.utf8)
    buffer.append(0x0a)
    if !isBuffered || buffer.count > 1 << 16 { writeOut() }
  }

  /// Writes out what was kept back.
  func flush() { lock.locked { writeOut() } }

  private func writeOut() {
    let target = kept?.number ?? descriptor
    var start = 0
    while start < buffer.count {
      let written = buffer.withUnsafeBytes { write(target, $0.baseAddress.unsafelyUnwrapped + start, $0.count - start) }
      if written < 0, errno != EINTR { break }
      start += max(written, 0)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
