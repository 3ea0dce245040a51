import Glibc

/// Source files by path, read when first asked for.
struct SourceFiles {
  private var known: [String: [String]] = [:]

  /// Line `number` from 1; nil where the file or the line is missing.
  mutating func line(_ path: String, _ number: Int) -> String? {
    let lines = contents(path)
    return number >= 1 && number <= lines.count ? lines[number - 1] : nil
  }

  mutating func contents(_ path: String) -> [String] {
    if let lines = known[path] { return lines }
    let lines = Self.read(path)
    known[path] = lines
    return lines
  }

  /// A path as short as it can be said: relative where it lies below the working directory.
  static func shown(_ path: String) -> String {
    guard let directory = getcwd(nil, 0) else { return path }
    defer { free(directory) }
    let prefix = String(cString: directory) + "/"
    return prefix.count > 1 && path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  private static func read(_ path: String) -> [String] {
    guard let bytes = HostFile.read(path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
  }
}

/// Whole files of the host.
enum HostFile {
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count < 64 << 20 {
      let chunk = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return bytes
  }
}
