import Glibc
import Kernel

/// Where traces, statistics and messages go: standard error, or a file.
final class Output {
  private var descriptor: Int32
  private var isOwn: Bool
  private var kept: OwnDescriptor?
  private var buffer: [UInt8] = []
  private let isBuffered: Bool

  /// Writes to a descriptor that is the guest's too: line by line, so that the order against its output stays.
  init(sharing descriptor: Int32) {
    self.descriptor = descriptor
    isOwn = false
    isBuffered = false
  }

  /// A new file; nil with errno set where it cannot be made.
  init?(path: [UInt8]) {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return nil }
    isOwn = true
    isBuffered = true
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
    buffer.append(contentsOf: text.utf8)
    buffer.append(0x0a)
    if !isBuffered || buffer.count > 1 << 16 { flush() }
  }

  /// Writes out what was kept back.
  func flush() {
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
