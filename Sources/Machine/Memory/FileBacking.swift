import CHost
import Glibc
import LinuxABI

/// What a VMA shows a window of: a file, or a shared memory object without a name.
///
/// It holds no descriptor: the host mapping itself keeps the file alive, and closing any descriptor of a file would
/// drop the POSIX record locks that the guest holds on it (man 2 fcntl). VMAs with the same object stem from the same
/// open file; only such VMAs merge.
package final class FileBacking: Sendable {
  /// Device and inode: what two mappings of the same pages have in common.
  package struct Key: Hashable, Sendable {
    package var device: UInt64
    package var inode: UInt64
    package init(device: UInt64, inode: UInt64) {
      self.device = device
      self.inode = inode
    }
  }

  package let key: Key
  /// As /proc/self/maps gives it, or empty.
  package let path: String
  /// Bytes, when it was mapped.
  package let size: UInt64
  /// A `MAP_SHARED | MAP_ANONYMOUS` object.
  package let isAnonymous: Bool
  /// Its pages come from nowhere but memory (tmpfs, memfd, shared memory, devices), so no fault on it is major.
  package let isMemory: Bool

  init(key: Key, path: String, size: UInt64, isAnonymous: Bool, isMemory: Bool) {
    self.key = key
    self.path = path
    self.size = size
    self.isAnonymous = isAnonymous
    self.isMemory = isMemory
  }

  package var deviceMajor: UInt64 { (key.device >> 32 & 0xffff_f000) | (key.device >> 8 & 0xfff) }
  package var deviceMinor: UInt64 { (key.device >> 12 & 0xffff_ff00) | (key.device & 0xff) }

  /// The path, marked as the kernel marks it when the name no longer leads to the file.
  package var currentPath: String {
    if isAnonymous { return "/dev/zero (deleted)" }
    guard path.hasPrefix("/"), !path.hasSuffix(" (deleted)") else { return path }
    var status = stat()
    guard stat(path, &status) == 0, UInt64(status.st_ino) == key.inode, UInt64(status.st_dev) == key.device else {
      return path + " (deleted)"
    }
    return path
  }
}

/// What mmap has to know about an open descriptor before it maps it.
struct MappableFile {
  private var status = stat()
  private var fileSystem = statfs()
  let accessMode: Int32

  /// O_PATH, which <fcntl.h> shows under _GNU_SOURCE only.
  private static let pathOnly: Int32 = 0o1000_0000

  /// EBADF for what `fget` refuses: a closed descriptor, or one opened with O_PATH.
  init(_ descriptor: Int32) throws(Errno) {
    let flags = fcntl(descriptor, F_GETFL)
    guard flags >= 0, flags & Self.pathOnly == 0, fstat(descriptor, &status) == 0, fstatfs(descriptor, &fileSystem) == 0
    else {
      throw .EBADF
    }
    accessMode = flags & O_ACCMODE
  }

  var isReadable: Bool { accessMode != O_WRONLY }
  var isWritable: Bool { accessMode != O_RDONLY }
  var key: FileBacking.Key { .init(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)) }
  var size: UInt64 { status.st_size < 0 ? 0 : UInt64(status.st_size) }
  /// Whether the kind of file can be mapped at all.
  var isMappable: Bool { [S_IFREG, S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) }
  /// Whether the file's file system is mounted noexec (ST_NOEXEC, man 2 statfs).
  var isOnNoExecMount: Bool { fileSystem.f_flags & 8 != 0 }
  /// tmpfs, or no regular file.
  var isMemory: Bool { fileSystem.f_type == 0x0102_1994 || status.st_mode & S_IFMT != S_IFREG }

  /// Where a descriptor leads to, as the kernel spells it.
  static func path(_ descriptor: Int32) -> String {
    withUnsafeTemporaryAllocation(byteCount: Int(PATH_MAX), alignment: 1) { buffer in
      let bytes = buffer.bindMemory(to: CChar.self)
      let count = readlink("/proc/self/fd/\(descriptor)", bytes.baseAddress!, bytes.count)
      return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : ""
    }
  }
}
