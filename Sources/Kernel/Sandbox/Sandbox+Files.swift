import CHost
import Glibc
import LinuxABI
import Machine

/// What a call does to a file that it names.
enum FileIntent {
  /// Looks at it, or changes it; and whether a link at the end of the path is followed.
  case read(follow: Bool), write(follow: Bool)
  /// Makes, removes or renames the name itself.
  case name
}

extension Sandbox {
  /// The arguments of a call that name files.
  private func intents(_ number: SyscallNumber, _ c: SyscallContext) -> [(index: Int, intent: FileIntent)] {
    func follows(_ flags: Int) -> Bool { c.raw(flags) & 0x100 == 0 }
    switch number {
    case .stat, .access, .statfs, .chdir, .getxattr, .listxattr, .execve: return [(0, .read(follow: true))]
    case .lstat, .readlink, .lgetxattr, .llistxattr: return [(0, .read(follow: false))]
    case .faccessat, .inotify_add_watch: return [(1, .read(follow: true))]
    case .faccessat2, .newfstatat: return [(1, .read(follow: follows(3)))]
    case .statx: return [(1, .read(follow: follows(2)))]
    case .execveat: return [(1, .read(follow: follows(4)))]
    case .readlinkat: return [(1, .read(follow: false))]
    case .truncate, .chmod, .chown, .utime, .utimes, .setxattr, .removexattr: return [(0, .write(follow: true))]
    case .lchown, .lsetxattr, .lremovexattr: return [(0, .write(follow: false))]
    case .fchmodat, .futimesat: return [(1, .write(follow: true))]
    case .fchmodat2, .utimensat: return [(1, .write(follow: follows(3)))]
    case .fchownat: return [(1, .write(follow: follows(4)))]
    case .mkdir, .rmdir, .unlink, .mknod: return [(0, .name)]
    case .mkdirat, .unlinkat, .mknodat: return [(1, .name)]
    case .rename: return [(0, .name), (1, .name)]
    case .renameat, .renameat2: return [(1, .name), (3, .name)]
    // A second name in a place that may be written would lead to the file.
    case .link: return [(0, .write(follow: false)), (1, .name)]
    case .linkat: return [(1, .write(follow: c.raw(4) & 0x400 != 0)), (3, .name)]
    case .symlink: return [(1, .name)]
    case .symlinkat: return [(2, .name)]
    default: return []
    }
  }

  func checkFiles(_ number: SyscallNumber, _ c: SyscallContext) throws(Errno) {
    guard rules.isReadOnly || rules.readable != nil else { return }
    switch number {
    case .open: return try checkOpen(number, c, 0, flags: c.raw(1))
    case .creat: return try checkOpen(number, c, 0, flags: OpenFlags.create | OpenFlags.truncate | 1)
    case .openat: return try checkOpen(number, c, 1, flags: c.raw(2))
    case .openat2: return try checkOpen(number, c, 1, flags: (try? c.load(c.raw(2), as: UInt64.self)) ?? ~0)
    case .fchmod, .fchown, .fsetxattr, .fremovexattr: return try checkDescriptor(number, c, c.fd(0))
    case .utimensat where c.raw(1) == 0, .futimesat where c.raw(1) == 0:
      return try checkDescriptor(number, c, c.fd(0))
    case .ioctl where Self.changesFile.contains(UInt32(truncatingIfNeeded: c.raw(1))):
      return try checkDescriptor(number, c, c.fd(0))
    // A socket's address is a file's name too.
    case .connect, .bind: return try checkAddress(number, c)
    default: break
    }
    for (index, intent) in intents(number, c) { try confine(number, c, index, intent) }
  }

  /// FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR, FS_IOC_SETVERSION, FS_IOC_SETFSLABEL, FITRIM, FIFREEZE, FITHAW, FICLONE,
  /// FICLONERANGE: some of them ask for no descriptor that is open for writing.
  private static let changesFile: Set<UInt32> = [
    0x4008_6602, 0x401c_5820, 0x4008_7602, 0x4100_9432, 0xc018_5879, 0xc004_5877, 0xc004_5878,
  ]

  private func checkOpen(
    _ number: SyscallNumber, _ c: SyscallContext, _ index: Int, flags: UInt64
  ) throws(Errno) {
    let isTemporary = flags & 0o20000000 != 0
    let writes = flags & OpenFlags.accessMode != 0 || flags & OpenFlags.truncate != 0 || isTemporary
    let follows = flags & OpenFlags.noFollow == 0
    let pathOnly = flags & OpenFlags.path != 0
    guard flags & OpenFlags.create != 0, !pathOnly, !isTemporary else {
      return try confine(number, c, index, writes && !pathOnly ? .write(follow: follows) : .read(follow: follows))
    }
    guard follows, flags & OpenFlags.exclusive == 0 else { return try confine(number, c, index, .name) }
    if (try? confine(number, c, index, writes ? .write(follow: true) : .read(follow: true), isTrial: true)) != nil {
      return
    }
    // Nothing is there, or it may not be touched, which the name then says as well.
    try confine(number, c, index, .name)
    forbidLink()
  }

  /// Changes through a descriptor that need not be open for writing.
  private func checkDescriptor(_ number: SyscallNumber, _ c: SyscallContext, _ descriptor: Int) throws(Errno) {
    guard let path = HostLink.target(ofDescriptor: descriptor), path.hasPrefix("/") else { return }
    try judge(number, Array(path.utf8), writes: true)
  }

  private func checkAddress(_ number: SyscallNumber, _ c: SyscallContext) throws(Errno) {
    let length = Int(c.int(2))
    guard length > 2, length <= 128, let bytes = try? c.copyIn(c.raw(1), length) else { return }
    guard bytes.loadUnaligned(as: UInt16.self) == 1 else { return }
    let name = Array(bytes[2...].prefix { $0 != 0 })
    // An abstract name is no file.
    guard let first = name.first else {
      throw refuse(number, .EACCES, "an abstract address")
    }
    let directory = HostLink.read("/proc/self/cwd").map { Array($0.utf8) } ?? []
    let path = first == UInt8(ascii: "/") ? name : directory + [UInt8(ascii: "/")] + name
    // The host resolves it once more, so nothing that is a link may be in it.
    let text = String(decoding: path, as: UTF8.self)
    guard let resolved = Self.realPath(text, keepingLast: number == .bind) else { throw .ENOENT }
    try judge(number, resolved, writes: true)
    if resolved != path { throw refuse(number, .EACCES, "\(text), which leads elsewhere") }
  }

  private static func realPath(_ path: String, keepingLast: Bool) -> [UInt8]? {
    guard keepingLast, let slash = path.lastIndex(of: "/") else {
      guard let resolved = realpath(path, nil) else { return nil }
      defer { free(resolved) }
      return Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
    }
    guard let parent = realPath(slash == path.startIndex ? "/" : String(path[..<slash]), keepingLast: false) else {
      return nil
    }
    return (parent == [UInt8(ascii: "/")] ? [] : parent) + Array(path[slash...].utf8)
  }

  // MARK: - Paths

  /// O_PATH, O_CLOEXEC, O_NOFOLLOW, O_DIRECTORY.
  private static let pathOnly = 0o10000000, closeOnExec = 0o2000000, noFollow = 0o400000, directory = 0o200000

  /// Resolves a path, judges what it leads to, and has the call use that.
  private func confine(
    _ number: SyscallNumber, _ c: SyscallContext, _ index: Int, _ intent: FileIntent, isTrial: Bool = false
  ) throws(Errno) {
    guard c.raw(index) != 0 else { return }
    let path = c.path(index)
    guard path.count > 0 else {
      // The descriptor itself (AT_EMPTY_PATH), or an error.
      if case .read = intent { return }
      return try checkDescriptor(number, c, index > 0 ? c.fd(index - 1) : -1)
    }
    let base = base(number, c, index)
    switch intent {
    case .read(let follow), .write(let follow):
      if follow, let program = c.programLink(path, under: base) {
        if case .write = intent { throw refuse(number, .EACCES, "the program's own file") }
        return try judge(number, program, writes: false)
      }
      var writes = false
      if case .write = intent { writes = true }
      let flags = Self.pathOnly | Self.closeOnExec | (follow ? 0 : Self.noFollow)
      let result = c.hostOnce(.openat, base, path.address, flags)
      guard result >= 0 else {
        let error = Errno(Int32(truncatingIfNeeded: -result))
        if isTrial { throw error }
        // What may not be seen is refused whether it is there or not.
        try confine(number, c, index, .name, mustExist: error, writes: writes)
        throw error
      }
      let descriptor = keep(result)
      let target = HostLink.target(ofDescriptor: Int(descriptor)) ?? ""
      // Pipes and sockets, reached through /proc/self/fd, have no path and are the program's already.
      if target.hasPrefix("/") { try judge(number, Array(target.utf8), writes: writes, isTrial: isTrial) }
      if follow {
        replace(index, by: Array("/proc/self/fd/\(descriptor)".utf8))
      } else {
        try confine(number, c, index, .name, mustExist: .ENOENT, writes: writes)
      }
    case .name: try confine(number, c, index, intent, mustExist: nil, writes: true)
    }
  }

  /// Resolves the directory of a path, judges the name in it, and has the call use that directory.
  private func confine(
    _ number: SyscallNumber, _ c: SyscallContext, _ index: Int, _ intent: FileIntent, mustExist: Errno?, writes: Bool
  ) throws(Errno) {
    let path = c.path(index)
    var bytes = Array(path.bytes)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
    var parent = slash.map { Array(bytes[..<$0]) } ?? [UInt8(ascii: ".")]
    if slash == 0 { parent = [UInt8(ascii: "/")] }
    let name = slash.map { Array(bytes[($0 + 1)...]) } ?? bytes
    let flags = Self.pathOnly | Self.closeOnExec | Self.directory
    let result = c.hostOnce(.openat, base(number, c, index), c.hostPath(parent).address, flags)
    guard result >= 0 else {
      // Not even the directory is there: which error it is does no harm only where everything may be read.
      guard rules.readable == nil else { throw refuse(number, .EACCES, path.text) }
      throw Errno(Int32(truncatingIfNeeded: -result))
    }
    let descriptor = keep(result)
    guard let target = HostLink.target(ofDescriptor: Int(descriptor)), target.hasPrefix("/") else { throw .ENOENT }
    let whole = (target == "/" ? [] : Array(target.utf8)) + [UInt8(ascii: "/")] + name
    try judge(number, name.isEmpty || name == [UInt8(ascii: ".")] ? Array(target.utf8) : whole, writes: writes)
    replace(index, by: Array("/proc/self/fd/\(descriptor)/".utf8) + name)
  }

  /// The directory that a path is relative to.
  private func base(_ number: SyscallNumber, _ c: SyscallContext, _ index: Int) -> Int {
    guard index > 0, let row = SyscallTable.row(number.rawValue), case .atFD = row.arguments[index - 1] else {
      return -100
    }
    return c.fd(index - 1)
  }

  /// Moves a descriptor away from the numbers that the program gets, until the call is served.
  private func keep(_ descriptor: Int) -> Int32 {
    let moved = swemu_syscall(SyscallNumber.fcntl.rawValue, descriptor, Int(F_DUPFD_CLOEXEC), 900, 0, 0, 0)
    let kept = moved >= 0 ? moved : descriptor
    if moved >= 0 { close(Int32(truncatingIfNeeded: descriptor)) }
    hold(Int32(truncatingIfNeeded: kept))
    return Int32(truncatingIfNeeded: kept)
  }

  // MARK: - Judging

  /// Devices that do no harm.
  private static let harmless: Set<String> = [
    "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx", "/dev/pts/ptmx",
  ]

  private func judge(_ number: SyscallNumber, _ path: [UInt8], writes: Bool, isTrial: Bool = false) throws(Errno) {
    let text = String(decoding: path, as: UTF8.self)
    if Self.harmless.contains(text) || text.hasPrefix("/dev/pts/") { return }
    if Self.isIn(path, rules.writable) { return }
    if let process = ProcPath(text), text.hasPrefix("/proc/"), !writes, process.isOwn { return }
    let isReadable = rules.readable.map { Self.isIn(path, $0) } ?? true
    if isReadable, !(writes && rules.isReadOnly) { return }
    if isTrial { throw .EACCES }
    throw refuse(number, .EACCES, text)
  }

  private static func isIn(_ path: [UInt8], _ places: [[UInt8]]) -> Bool {
    places.contains { place in
      guard path.starts(with: place) else { return false }
      return path.count == place.count || place.last == UInt8(ascii: "/") || path[place.count] == UInt8(ascii: "/")
    }
  }
}

extension GuestPath {
  /// For messages.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
