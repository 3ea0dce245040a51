import CHost
import Glibc

/// Where traces, statistics and messages go: standard error as it was at the start, or a file.
///
/// Its descriptor is a high copy, so that the program may close or redirect its own.
final class Output {
  let descriptor: Int32
  private var buffer: [UInt8] = []
  private let isBuffered: Bool

  /// - Parameter isBuffered: keep lines back until there are many; the order against the program's own output is then
  ///   lost.
  init(copyOf descriptor: Int32, isBuffered: Bool = false) {
    self.descriptor = Output.highCopy(of: descriptor)
    self.isBuffered = isBuffered
  }

  /// A new file; nil with errno set where it cannot be made.
  init?(path: [UInt8]) {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    let opened = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard opened >= 0 else { return nil }
    descriptor = Output.highCopy(of: opened)
    if descriptor != opened { close(opened) }
    isBuffered = true
  }

  private static func highCopy(of descriptor: Int32) -> Int32 {
    for lowest: Int32 in [1000, 200] {
      let copy = swemu_host_duplicate(descriptor, lowest)
      if copy >= 0 { return copy }
    }
    return descriptor
  }

  func line(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    buffer.append(0x0a)
    if !isBuffered || buffer.count > 1 << 16 { flush() }
  }

  /// Writes out what was kept back.
  func flush() {
    var start = 0
    while start < buffer.count {
      let written = buffer.withUnsafeBytes { write(descriptor, $0.baseAddress.unsafelyUnwrapped + start, $0.count - start) }
      if written < 0, errno != EINTR { break }
      start += max(written, 0)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
