import CHost
import Glibc
import LinuxABI
import Machine

/// A file of a process in /proc: `/proc/PID/REST` or `/proc/PID/task/TID/REST` (man 5 proc).
struct ProcPath: Equatable {
  var process: Int
  /// The thread, where the path leads through `task`.
  var thread: Int?
  /// What follows; empty for the directory itself.
  var rest: String

  init(process: Int, rest: String) {
    self.process = process
    self.rest = rest
  }

  /// Takes a path apart that lies in a proc file system, as readlink of a descriptor gives it: without symbolic links.
  ///
  /// Wherever the file system is mounted, the first component that is a number names the process.
  init?(_ path: String) {
    let parts = path.split(separator: "/")
    guard let index = parts.firstIndex(where: { Int($0) != nil }), let number = Int(parts[index]) else { return nil }
    process = number
    var tail = parts[(index + 1)...]
    if tail.first == "task", tail.count >= 2, let number = Int(tail[tail.startIndex + 1]) {
      thread = number
      tail = tail.dropFirst(2)
    }
    rest = tail.joined(separator: "/")
  }

  /// Whether it is about this process, which has the host's number.
  var isOwn: Bool {
    let own = Int(getpid())
    if process == own { return true }
    // /proc/TID shows the process of a thread, though no directory lists it.
    let result = swemu_syscall(SyscallNumber.tgkill.rawValue, own, process, 0, 0, 0, 0)
    return result == 0
  }
}

/// What identifies a file of the host.
struct HostStatus {
  var device: UInt64
  var inode: UInt64

  init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  private init(_ status: stat) { self.init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)) }

  var key: FileBacking.Key { FileBacking.Key(device: device, inode: inode) }

  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(path: GuestPath) {
    var status = stat()
    guard stat(path.pointer, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(descriptor: Int) {
    var status = stat()
    guard fstat(Int32(truncatingIfNeeded: descriptor), &status) == 0 else { return nil }
    self.init(status)
  }

  func isSameFile(as other: HostStatus) -> Bool { device == other.device && inode == other.inode }
}

/// What the host's symbolic links say.
enum HostLink {
  /// The text of a link; nil if the path is none.
  static func read(_ path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let count = readlink(path, base, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(start: base, count: count), as: UTF8.self)
    }
  }

  /// Where a descriptor leads to.
  static func target(ofDescriptor descriptor: Int) -> String? { read("/proc/self/fd/\(descriptor)") }
}

/// What file systems of the host are.
enum HostFileSystem {
  static func isProc(descriptor: Int) -> Bool {
    isProc { hostCall(.fstatfs, descriptor, $0) }
  }

  static func isProc(path: String) -> Bool {
    path.withCString { path in isProc { hostCall(.statfs, Int(bitPattern: path), $0) } }
  }

  /// struct statfs has 120 bytes and begins with the type; proc's is PROC_SUPER_MAGIC (linux/magic.h).
  private static func isProc(_ call: (Int) -> Int) -> Bool {
    var status: InlineArray<15, UInt64> = .init(repeating: 0)
    return withUnsafeMutablePointer(to: &status) { call(Int(bitPattern: $0)) } == 0 && status[0] == 0x9fa0
  }
}
