import Glibc

/// Files that gdb reads through the stub (GDB manual, appendix E.10, "Host I/O Packets"): the program, its libraries,
/// and what /proc says of it.
struct GDBFiles {
  private enum File {
    case host(Int32)
    case contents([UInt8])
  }
  private var open: [Int32: File] = [:]
  private var nextNumber: Int32 = 1
  private static let limit = 256

  /// Errors as the protocol numbers them (appendix E.10, "Errno Values").
  private static let knownErrors: Set<Int32> = [1, 2, 4, 5, 9, 13, 14, 16, 17, 19, 20, 21, 22, 23, 24, 27, 28, 29, 30]

  mutating func handle(_ scanner: inout PacketScanner, _ session: GDBSession) {
    let operation = String(decoding: scanner.until(":"), as: UTF8.self)
    switch operation {
    case "setfs": session.send("F0")
    case "open": open(&scanner, session)
    case "close":
      guard let number = scanner.number(), let file = open.removeValue(forKey: Int32(truncatingIfNeeded: number)) else {
        return fail(EBADF, session)
      }
      if case .host(let descriptor) = file { close(descriptor) }
      session.send("F0")
    case "pread": read(&scanner, session)
    case "pwrite": write(&scanner, session)
    case "fstat": status(&scanner, session)
    case "readlink":
      guard let path = Hexadecimal.decode(scanner.rest) else { return fail(EINVAL, session) }
      if let target = session.target.link(path) { return reply(target, session) }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = buffer.withUnsafeMutableBytes { raw -> Int in
        guard let base = raw.baseAddress else { return -1 }
        return readlink(path.cString, base.assumingMemoryBound(to: CChar.self), raw.count)
      }
      count < 0 ? fail(errno, session) : reply(Array(buffer.prefix(count)), session)
    case "unlink":
      guard let path = Hexadecimal.decode(scanner.rest) else { return fail(EINVAL, session) }
      unlink(path.cString) < 0 ? fail(errno, session) : session.send("F0")
    default: session.send([])
    }
  }

  private func fail(_ error: Int32, _ session: GDBSession) {
    let number = Self.knownErrors.contains(error) ? error : error == ENAMETOOLONG ? 91 : 9999
    session.send("F-1,\(String(number, radix: 16))")
  }

  private func reply(_ bytes: [UInt8], _ session: GDBSession) {
    session.send(Array("F\(String(bytes.count, radix: 16));".utf8) + bytes)
  }

  /// `path,flags,mode`, flags as the protocol numbers them.
  private mutating func open(_ scanner: inout PacketScanner, _ session: GDBSession) {
    guard let path = Hexadecimal.decode(scanner.until(",")), let flags = scanner.number(","),
      let mode = scanner.number(",")
    else { return fail(EINVAL, session) }
    guard open.count < Self.limit else { return fail(EMFILE, session) }
    let file: File
    if flags & 3 == 0, let contents = session.target.file(path) {
      file = .contents(contents)
    } else {
      var hostFlags = Int32(flags & 3) | O_CLOEXEC
      if flags & 0x8 != 0 { hostFlags |= O_APPEND }
      if flags & 0x200 != 0 { hostFlags |= O_CREAT }
      if flags & 0x400 != 0 { hostFlags |= O_TRUNC }
      if flags & 0x800 != 0 { hostFlags |= O_EXCL }
      let descriptor = Glibc.open(path.cString, hostFlags, mode_t(mode & 0o777))
      guard descriptor >= 0 else { return fail(errno, session) }
      file = .host(descriptor)
    }
    let number = nextNumber
    nextNumber &+= 1
    open[number] = file
    session.send("F\(String(number, radix: 16))")
  }

  private func read(_ scanner: inout PacketScanner, _ session: GDBSession) {
    guard let number = scanner.number(","), let file = open[Int32(truncatingIfNeeded: number)],
      let count = scanner.number(","), let offset = scanner.number(",")
    else { return fail(EBADF, session) }
    let wanted = Int(min(count, 0x10000))
    switch file {
    case .contents(let bytes):
      guard offset < UInt64(bytes.count) else { return reply([], session) }
      reply(Array(bytes[Int(offset)...].prefix(wanted)), session)
    case .host(let descriptor):
      guard let start = off_t(exactly: offset) else { return fail(EINVAL, session) }
      var buffer = [UInt8](repeating: 0, count: wanted)
      let got = pread(descriptor, &buffer, wanted, start)
      got < 0 ? fail(errno, session) : reply(Array(buffer.prefix(got)), session)
    }
  }

  private func write(_ scanner: inout PacketScanner, _ session: GDBSession) {
    guard let number = scanner.number(","), let file = open[Int32(truncatingIfNeeded: number)],
      let offset = scanner.number(","), let start = off_t(exactly: offset), case .host(let descriptor) = file
    else { return fail(EBADF, session) }
    let bytes = Array(scanner.rest)
    let done = pwrite(descriptor, bytes, bytes.count, start)
    done < 0 ? fail(errno, session) : session.send("F\(String(done, radix: 16))")
  }

  /// `struct stat` as the protocol lays it out: big-endian, 64 bytes (appendix E.10, "struct stat").
  private func status(_ scanner: inout PacketScanner, _ session: GDBSession) {
    guard let number = scanner.number(), let file = open[Int32(truncatingIfNeeded: number)] else {
      return fail(EBADF, session)
    }
    var info = stat()
    switch file {
    case .contents(let bytes):
      info.st_mode = S_IFREG | 0o444
      info.st_size = bytes.count
    case .host(let descriptor): guard fstat(descriptor, &info) == 0 else { return fail(errno, session) }
    }
    var bytes: [UInt8] = []
    func add(_ value: UInt64, _ size: Int) {
      for shift in stride(from: (size - 1) * 8, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
      }
    }
    add(UInt64(info.st_dev), 4)
    add(UInt64(info.st_ino), 4)
    add(UInt64(info.st_mode), 4)
    add(UInt64(info.st_nlink), 4)
    add(UInt64(info.st_uid), 4)
    add(UInt64(info.st_gid), 4)
    add(UInt64(info.st_rdev), 4)
    add(UInt64(max(0, info.st_size)), 8)
    add(UInt64(max(0, info.st_blksize)), 8)
    add(UInt64(max(0, info.st_blocks)), 8)
    add(UInt64(max(0, info.st_atim.tv_sec)), 4)
    add(UInt64(max(0, info.st_mtim.tv_sec)), 4)
    add(UInt64(max(0, info.st_ctim.tv_sec)), 4)
    reply(bytes, session)
  }
}

extension [UInt8] {
  /// With a NUL, for the C library.
  fileprivate var cString: [CChar] { map { CChar(bitPattern: $0) } + [0] }
}
