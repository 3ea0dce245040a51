import Glibc

/// An error of the C library, with what was being done.
struct HostError: Error, CustomStringConvertible {
  let description: String

  init(_ action: String, code: Int32 = errno) {
    description = action + ": " + String(cString: strerror(code))
  }
}

/// Whole files and directories.
enum File {
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HostError("open \(path)") }
    defer { close(descriptor) }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw HostError("read \(path)") }
      if count == 0 { return contents }
      contents += buffer[..<count]
    }
  }

  static func write(_ contents: [UInt8], to path: String, mode: mode_t = 0o644) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw HostError("create \(path)") }
    defer { close(descriptor) }
    var rest = contents[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw HostError("write \(path)") }
      rest = rest.dropFirst(count)
    }
    guard fchmod(descriptor, mode) == 0 else { throw HostError("chmod \(path)") }
  }

  static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
    try write(Array(text.utf8), to: path, mode: mode)
  }

  /// Copies contents and rights, and gives the copy a fixed time, so that listings of it repeat.
  static func copy(_ source: String, to target: String) throws {
    var status = stat()
    guard stat(source, &status) == 0 else { throw HostError("stat \(source)") }
    try write(read(source), to: target, mode: status.st_mode & 0o777)
    let time = timespec(tv_sec: 1_000_000_000, tv_nsec: 0)
    guard utimensat(AT_FDCWD, target, [time, time], 0) == 0 else { throw HostError("utimensat \(target)") }
  }

  static func names(in directory: String) throws -> [String] {
    guard let stream = opendir(directory) else { throw HostError("opendir \(directory)") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func size(of descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status.st_size : 0
  }

  static func removeTree(_ path: String) {
    if unlink(path) == 0 || errno == ENOENT { return }
    chmod(path, 0o700)
    for name in (try? names(in: path)) ?? [] { removeTree(path + "/" + name) }
    rmdir(path)
  }
}
