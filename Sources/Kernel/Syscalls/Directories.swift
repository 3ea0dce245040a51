import LinuxABI
import Machine

/// Directories and names (man 2 getdents, getcwd, chdir, mkdir, rename, link, unlink, symlink).
enum DirectoryCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.getdents, [.fd, .pointer, .unsigned], getdents),
    SyscallRow(.getdents64, [.fd, .pointer, .unsigned], getdents),
    SyscallRow(.getcwd, [.out(.offset), .size], getcwd),
    SyscallRow(.chdir, [.path], PassThrough.path),
    SyscallRow(.fchdir, [.fd], PassThrough.descriptor),
    SyscallRow(.chroot, [.path], PassThrough.path),
    SyscallRow(.mkdir, [.path, .mode], PassThrough.path),
    SyscallRow(.mkdirat, [.atFD, .path, .mode], PassThrough.pathAt),
    SyscallRow(.rmdir, [.path], PassThrough.path),
    SyscallRow(.unlink, [.path], PassThrough.path),
    SyscallRow(.unlinkat, [.atFD, .path, .flags(.unlinkAt)], PassThrough.pathAt),
    SyscallRow(.rename, [.path, .path], PassThrough.twoPaths),
    SyscallRow(.renameat, [.atFD, .path, .atFD, .path], PassThrough.twoPathsAt),
    SyscallRow(.renameat2, [.atFD, .path, .atFD, .path, .flags(.renameFlags)], PassThrough.twoPathsAt),
    SyscallRow(.link, [.path, .path], PassThrough.twoPaths),
    SyscallRow(.linkat, [.atFD, .path, .atFD, .path, .flags(.atFlags)], PassThrough.twoPathsAt),
    SyscallRow(.symlink, [.path, .path], PassThrough.twoPaths),
    SyscallRow(.symlinkat, [.path, .atFD, .path], symlinkat),
    SyscallRow(.mknod, [.path, .mode, .device], PassThrough.path),
    SyscallRow(.mknodat, [.atFD, .path, .mode, .device], PassThrough.pathAt),
    SyscallRow(.inotify_init, [], PassThrough.numbers),
    SyscallRow(.inotify_init1, [.flags(.inotifyInit)], PassThrough.numbers),
    SyscallRow(.inotify_add_watch, [.fd, .path, .flags(.inotifyMask)], PassThrough.pathAt),
    SyscallRow(.inotify_rm_watch, [.fd, .int], PassThrough.descriptor),
    SyscallRow(.fanotify_init, [.hex, .flags(.open)], .refused, DescriptorCalls.refuse),
    SyscallRow(.fanotify_mark, [.fd, .hex, .hex, .atFD, .path], .refused, DescriptorCalls.refuse),
  ]

  private static func getdents(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(1), UInt64(UInt32(truncatingIfNeeded: c.raw(2))))
    while true {
      let count = try c.host(c.number, c.fd(0), range.address, range.count)
      c.filled(range, count)
      guard count > 0, !c.files.hidden.isEmpty, c.isOwnDescriptorDirectory(c.int(0)) else { return .value(count) }
      let kept = c.removeHidden(range.address, count)
      // Only swemu's own were among them; 0 would say that the end is reached.
      if kept > 0 { return .value(kept) }
    }
  }

  private static func getcwd(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let range = c.writable(c.raw(0), min(c.raw(1), 0x1_0000))
    return try c.pass(range.address, range.count)
  }

  private static func symlinkat(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let target = c.path(0)
    let path = c.path(2)
    return try c.pass(target.address, c.fd(1), path.address)
  }
}

extension SyscallContext {
  /// Whether the directory lists this process's descriptors (/proc/PID/fd, /proc/PID/fdinfo).
  fileprivate func isOwnDescriptorDirectory(_ descriptor: Int32) -> Bool {
    guard let path = procPath(of: Int(descriptor)), let node = ProcPath(path) else { return false }
    return node.isOwn && (node.rest == "fd" || node.rest == "fdinfo")
  }

  /// Takes the entries of swemu's own descriptors out of a buffer of struct linux_dirent or linux_dirent64.
  fileprivate func removeHidden(_ address: Int, _ count: Int) -> Int {
    guard let base = UnsafeMutableRawPointer(bitPattern: address) else { return count }
    let nameOffset = number == SyscallNumber.getdents64.rawValue ? 19 : 18
    let names = files.hidden.map { Array("\($0)".utf8) }
    var from = 0
    var to = 0
    while from + nameOffset < count {
      let length = Int(base.loadUnaligned(fromByteOffset: from + 16, as: UInt16.self))
      guard length > nameOffset, from + length <= count else { break }
      let name = UnsafeRawBufferPointer(start: base + from + nameOffset, count: length - nameOffset)
      if !names.contains(where: { $0.elementsEqual(name.prefix { $0 != 0 }) }) {
        if from != to { (base + to).copyMemory(from: base + from, byteCount: length) }
        to += length
      }
      from += length
    }
    return to
  }
}
