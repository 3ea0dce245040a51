import Glibc
import Kernel
import LinuxABI

/// Where gdb is to find the program.
package enum GDBEndpoint: Sendable, Equatable {
  /// A TCP port of the loopback interface; 0 lets the host choose.
  case port(UInt16)
  /// A socket of the file system.
  case path([UInt8])
  /// Standard input and output (`target remote | swemu -g - …`).
  case standard

  /// `PORT`, `:PORT`, `localhost:PORT`, `PATH` or `-`; nil for an empty text or a port out of range.
  package init?(_ text: [UInt8]) {
    let string = String(decoding: text, as: UTF8.self)
    if string == "-" {
      self = .standard
      return
    }
    let parts = string.split(separator: ":", omittingEmptySubsequences: false)
    let digits = parts.count == 2 && (parts[0].isEmpty || parts[0] == "localhost") ? parts[1] : Substring(string)
    if !digits.isEmpty, digits.allSatisfy({ $0.isNumber }) {
      guard let port = UInt16(digits) else { return nil }
      self = .port(port)
    } else if text.isEmpty {
      return nil
    } else {
      self = .path(text)
    }
  }
}

/// The line to gdb: a listening socket and what it accepted, or a pair of pipes.
package final class GDBConnection {
  private let endpoint: GDBEndpoint
  private var listener: OwnDescriptor?
  private var input: OwnDescriptor?
  private var output: OwnDescriptor?
  private var files: FileTable

  /// Opens the endpoint. It and all its descriptors are hidden from the guest.
  package init(_ endpoint: GDBEndpoint, files: FileTable) throws(Errno) {
    self.endpoint = endpoint
    self.files = files
    switch endpoint {
    case .standard: try takeStandard()
    case .port(let port): listener = files.adopt(try Self.listen(port))
    case .path(let path): listener = files.adopt(try Self.listen(path))
    }
  }

  /// The descriptors go over to a new process (`vRun`).
  package func move(to files: FileTable) {
    self.files = files
    for item in [listener, input, output] { if let item { _ = files.hide(item.number) } }
  }

  /// Removes the socket from the file system.
  package func close() {
    if case .path(let path) = endpoint { unlink(path.map { CChar(bitPattern: $0) } + [0]) }
  }

  /// What to poll while the program runs.
  package var readable: Int32 { input?.number ?? -1 }

  /// The guest gets /dev/null to read and standard error to write.
  private func takeStandard() throws(Errno) {
    let (reader, writer) = (dup(0), dup(1))
    guard reader >= 0, writer >= 0 else { throw Errno(errno) }
    input = files.adopt(reader)
    output = files.adopt(writer)
    let null = open("/dev/null", O_RDONLY)
    guard null >= 0, dup2(null, 0) == 0, dup2(2, 1) == 1 else { throw Errno(errno) }
    if null > 0 { Glibc.close(null) }
  }

  private static func listen(_ port: UInt16) throws(Errno) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Errno(errno) }
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, 4)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0, Glibc.listen(descriptor, 1) == 0 else {
      defer { Glibc.close(descriptor) }
      throw Errno(errno)
    }
    return descriptor
  }

  private static func listen(_ path: [UInt8]) throws(Errno) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard path.count < capacity else { throw .ENAMETOOLONG }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Errno(errno) }
    // A socket that an earlier run left behind is in the way; a file is not removed.
    var status = stat()
    let name = path.map { CChar(bitPattern: $0) } + [0]
    if lstat(name, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK { unlink(name) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0, Glibc.listen(descriptor, 1) == 0 else {
      defer { Glibc.close(descriptor) }
      throw Errno(errno)
    }
    return descriptor
  }

  /// The port that the listener has.
  package var port: UInt16? {
    guard case .port = endpoint, let listener else { return nil }
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener.number, $0, &size) }
    }
    return result == 0 ? UInt16(bigEndian: address.sin_port) : nil
  }

  package var isConnected: Bool { input != nil }

  /// Waits for gdb; false where there is nobody to wait for.
  package func accept() -> Bool {
    guard let listener else { return input != nil }
    while true {
      let descriptor = Glibc.accept(listener.number, nil, nil)
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
        let owned = files.adopt(descriptor)
        input = owned
        output = owned
        return true
      }
      guard errno == EINTR || errno == ECONNABORTED else { return false }
    }
  }

  /// Ends the conversation; a listener goes on listening.
  package func hangUp() {
    if let input { files.release(input) }
    if let output, output !== input { files.release(output) }
    input = nil
    output = nil
  }

  /// The next bytes; empty at the end or after an error.
  package func read() -> [UInt8] {
    guard let input else { return [] }
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, used in
        count = Glibc.read(input.number, buffer.baseAddress, buffer.count)
        used = max(0, count)
      }
      if count < 0, errno == EINTR { continue }
      return bytes
    }
  }

  /// Sends all of `bytes`; what gdb is not there to hear is lost.
  package func write(_ bytes: [UInt8]) {
    guard let output else { return }
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { raw -> Int in
        guard let base = raw.baseAddress else { return -1 }
        let done = send(output.number, base + start, raw.count - start, Int32(MSG_NOSIGNAL))
        return done < 0 && errno == ENOTSOCK ? Glibc.write(output.number, base + start, raw.count - start) : done
      }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      start += count
    }
  }
}
