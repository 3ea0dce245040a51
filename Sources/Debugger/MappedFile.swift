import ELF
import Glibc

/// A file, mapped as a whole: it holds no descriptor, because the guest's own are numbered from the lowest free one.
final class MappedFile: ELFSource {
  private let contents: UnsafeRawBufferPointer

  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
    else { return nil }
    contents = UnsafeRawBufferPointer(start: memory, count: Int(status.st_size))
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: contents.baseAddress), contents.count) }

  var size: UInt64 { UInt64(contents.count) }

  func bytes(_ offset: UInt64, _ count: UInt64) -> [UInt8]? {
    guard offset <= size, count <= size - offset else { return nil }
    return Array(contents[Int(offset)..<Int(offset + count)])
  }
}
