import LinuxABI
import Machine

/// What is known about a file, and about its file system (man 2 stat, statx, access, readlink, statfs).
enum MetadataCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.stat, [.path, .out(.stat)], stat),
    SyscallRow(.lstat, [.path, .out(.stat)], lstat),
    SyscallRow(.fstat, [.fd, .out(.stat)], fstat),
    SyscallRow(.newfstatat, [.atFD, .path, .out(.stat), .flags(.atFlags)], newfstatat),
    SyscallRow(.statx, [.atFD, .path, .flags(.atFlags), .flags(.statxMask), .out(.statx)], statx),
    SyscallRow(.access, [.path, .flags(.access)], access),
    SyscallRow(.faccessat, [.atFD, .path, .flags(.access)], faccessat),
    SyscallRow(.faccessat2, [.atFD, .path, .flags(.access), .flags(.atFlags)], faccessat),
    SyscallRow(.readlink, [.path, .output, .size], readlink),
    SyscallRow(.readlinkat, [.atFD, .path, .output, .size], readlinkat),
    SyscallRow(.statfs, [.path, .out(.statfs)], statfs),
    SyscallRow(.fstatfs, [.fd, .out(.statfs)], fstatfs),
    SyscallRow(.ustat, [.device, .pointer], ustat),
    SyscallRow(.sysfs, [.int, .hex, .hex], .refused, DescriptorCalls.refuse),
  ]

  /// sizeof(struct stat), struct statx, struct statfs (asm/stat.h, linux/stat.h, asm-generic/statfs.h).
  private static let statSize = 144
  private static let statxSize = 256
  private static let statfsSize = 120
  private static let noFollow: UInt64 = 0x100
  private static let emptyPath: UInt64 = 0x1000

  // MARK: - stat

  private static func stat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.followedPath(0)
    let result = try c.pass(path.address, c.output(1, statSize))
    guard let program = try programBehind(c, c.raw(1), path, under: -100) else { return result }
    return try c.pass(c.hostPath(program).address, c.output(1, statSize))
  }

  private static func lstat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.path(0).address, c.output(1, statSize))
  }

  private static func fstat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.output(1, statSize))
  }

  private static func newfstatat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    // Since Linux 6.11 the path may be null with AT_EMPTY_PATH.
    if c.raw(1) == 0, c.raw(3) & emptyPath != 0 { return try c.pass(c.fd(0), 0, c.output(2, statSize), c.arg(3)) }
    guard c.raw(3) & noFollow == 0 else {
      return try c.pass(c.fd(0), c.path(1).address, c.output(2, statSize), c.arg(3))
    }
    let path = c.followedPath(1, under: c.fd(0))
    let result = try c.pass(c.fd(0), path.address, c.output(2, statSize), c.arg(3))
    guard !path.isEmpty, let program = try programBehind(c, c.raw(2), path, under: c.fd(0)) else { return result }
    return try c.pass(c.fd(0), c.hostPath(program).address, c.output(2, statSize), c.arg(3))
  }

  /// The guest's program, where the struct stat that a path led to is about the emulator's in its place.
  private static func programBehind(
    _ c: SyscallContext, _ address: UInt64, _ path: GuestPath, under base: Int
  ) throws(Errno) -> [UInt8]? {
    let device: UInt64 = try c.load(address)
    let inode: UInt64 = try c.load(address &+ 8)
    return c.reachedProgram(HostStatus(device: device, inode: inode), path, under: base)
  }

  private static func statx(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    if c.raw(1) == 0, c.raw(2) & emptyPath != 0 {
      return try c.pass(c.fd(0), 0, c.arg(2), c.arg(3), c.output(4, statxSize))
    }
    let path = c.raw(2) & noFollow != 0 ? c.path(1) : c.followedPath(1, under: c.fd(0))
    return try c.pass(c.fd(0), path.address, c.arg(2), c.arg(3), c.output(4, statxSize))
  }

  private static func access(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.followedPath(0).address, c.arg(1))
  }

  /// faccessat and faccessat2.
  private static func faccessat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.followedPath(1, under: c.fd(0)).address, c.arg(2), c.arg(3))
  }

  // MARK: - readlink

  private static func readlink(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(0)
    return try c.linkText(path, under: -100, buffer: c.raw(1), size: c.int(2)) { (address, count) throws(Errno) in
      try c.host(c.number, path.address, address, count)
    }
  }

  private static func readlinkat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let path = c.path(1)
    return try c.linkText(path, under: c.fd(0), buffer: c.raw(2), size: c.int(3)) { (address, count) throws(Errno) in
      try c.host(c.number, c.fd(0), path.address, address, count)
    }
  }

  // MARK: - statfs

  private static func statfs(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.followedPath(0).address, c.output(1, statfsSize))
  }

  private static func fstatfs(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.fd(0), c.output(1, statfsSize))
  }

  /// sizeof(struct ustat) is 32.
  private static func ustat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    try c.pass(c.arg(0), c.output(1, 32))
  }
}

extension SyscallContext {
  /// readlink with the guest's view: its program behind `exe`, and the files of /proc that stand in for the host's.
  fileprivate func linkText(
    _ path: GuestPath, under base: Int, buffer: UInt64, size: Int32,
    _ host: (_ address: Int, _ count: Int) throws(Errno) -> Int
  ) throws(Errno) -> SyscallOutcome {
    guard size > 0 else { throw .EINVAL }
    if let program = path.isEmpty ? programBehind(base) : programLink(path, under: base) {
      let text = programLinkText(program)
      let count = min(text.count, Int(size))
      try memory.copyOut(Array(text.prefix(count)), to: buffer)
      return .value(count)
    }
    let range = writable(buffer, UInt64(size))
    let count = try host(range.address, range.count)
    return .value(try withoutMemoryFile(buffer, count))
  }

  /// The program behind a descriptor of /proc/PID/exe itself (O_PATH | O_NOFOLLOW).
  private func programBehind(_ descriptor: Int) -> [UInt8]? {
    guard let path = procPath(of: descriptor).flatMap(ProcPath.init), path.rest == "exe" else { return nil }
    return path.isOwn ? process.image.executablePath : GuestIdentity.read(path.process)?.executablePath
  }

  /// The text of /proc/PID/exe, marked when the file is gone (d_path).
  private func programLinkText(_ program: [UInt8]) -> [UInt8] {
    guard HostStatus(path: hostPath(program)) == nil, !program.elementsEqual("".utf8) else { return program }
    let mark = Array(" (deleted)".utf8)
    return program.suffix(mark.count).elementsEqual(mark) ? program : program + mark
  }

  /// "/memfd:/proc/1/maps (deleted)", which stands in for a file of /proc, becomes that file's path.
  private func withoutMemoryFile(_ buffer: UInt64, _ count: Int) throws(Errno) -> Int {
    guard files.proc.hasStandIns else { return count }
    let bytes = try memory.copyIn(buffer, count: UInt64(count))
    let tail = " (deleted)".utf8
    guard bytes.starts(with: "/memfd:/proc/".utf8), bytes.suffix(tail.count).elementsEqual(tail) else { return count }
    let text = Array(bytes.dropFirst("/memfd:".utf8.count).dropLast(tail.count))
    try memory.copyOut(text, to: buffer)
    return text.count
  }
}
