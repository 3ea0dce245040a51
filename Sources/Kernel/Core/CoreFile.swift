import Glibc

/// A core file being written: bytes count towards RLIMIT_CORE, holes do not (fs/coredump.c, dump_emit and dump_skip).
final class CoreFile {
  private let descriptor: Int32
  private let limit: UInt64
  private var written: UInt64 = 0
  private var position: UInt64 = 0
  /// The limit was reached, or the file system is full: what follows is lost.
  private(set) var isCut = false

  /// Opens the file as do_coredump does: one that is there already is written anew only if it is an ordinary file of
  /// the same user, with one name and closed to others.
  init?(path: [UInt8], limit: UInt64) {
    let flags = O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    descriptor = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { open($0.baseAddress ?? UnsafePointer(bitPattern: 1)!, flags, 0o600) }
    }
    self.limit = limit
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1,
      status.st_uid == geteuid(), status.st_mode & 0o677 == 0o600, ftruncate(descriptor, 0) == 0
    else {
      close(descriptor)
      return nil
    }
  }

  /// Writes bytes at the current place, or nothing where they would go beyond the limit.
  func emit(_ bytes: UnsafeRawBufferPointer) {
    guard !isCut, written + UInt64(bytes.count) <= limit else {
      isCut = true
      return
    }
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = pwrite(descriptor, start, rest.count, off_t(position))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        isCut = true
        return
      }
      position += UInt64(count)
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    written += UInt64(bytes.count)
  }

  func emit(_ bytes: [UInt8]) { bytes.withUnsafeBytes { emit($0) } }

  /// Leaves a hole.
  func skip(_ count: UInt64) { if !isCut { position += count } }

  /// Goes on at a multiple of `alignment`.
  func align(_ alignment: UInt64) { skip((alignment - position % alignment) % alignment) }

  /// A hole at the end counts too.
  func finish() {
    if !isCut { ftruncate(descriptor, off_t(position)) }
    close(descriptor)
  }
}
