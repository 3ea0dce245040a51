import Glibc
import LinuxABI

/// A file opened to be executed, closed with its last reference.
package final class ExecutableFile {
  package let descriptor: Int32
  /// The path that was opened, as given.
  package let path: [UInt8]
  /// Size in bytes when it was opened.
  package let size: UInt64

  /// Opens `path` as `open_exec` does (fs/exec.c, do_open_execat; fs/namei.c, may_open): a regular file, with execute
  /// permission for the effective user, not on a noexec mount.
  ///
  /// The kernel needs no read permission to execute; an emulator does, so EACCES has one more cause here.
  ///
  /// - Parameter place: where the host finds it, if that is not `path`.
  package init(_ path: [UInt8], at place: [UInt8]? = nil) throws(ExecFailure) {
    self.path = path
    let place = place ?? path
    let name = place.map { CChar(bitPattern: $0) } + [0]
    guard place.count < Int(PATH_MAX) else { throw ExecFailure(.ENAMETOOLONG) }
    var status = stat()
    guard stat(name, &status) == 0 else { throw ExecFailure(Errno(Glibc.errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw ExecFailure(.EACCES, "is a directory")
    case S_IFIFO: throw ExecFailure(.EACCES, "is a pipe, not a program")
    case S_IFSOCK: throw ExecFailure(.EACCES, "is a socket, not a program")
    default: throw ExecFailure(.EACCES, "is a device, not a program")
    }
    guard faccessat(AT_FDCWD, name, X_OK, AT_EACCESS) == 0 else {
      var fileSystem = statvfs()
      if statvfs(name, &fileSystem) == 0, fileSystem.f_flag & Self.noExecFlag != 0 {
        throw ExecFailure(.EACCES, "is on a file system mounted noexec", remedy: "copy it elsewhere")
      }
      let shown = String(decoding: path, as: UTF8.self)
      throw ExecFailure(Errno(Glibc.errno), "is not executable", remedy: "chmod +x \(shown)")
    }
    let descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      let error = Errno(Glibc.errno)
      throw ExecFailure(error, error == .EACCES ? "may be executed but not read, and an emulator must read it" : nil)
    }
    if Self.isOpenForWriting(descriptor) {
      close(descriptor)
      throw ExecFailure(.ETXTBSY, "is open for writing at the moment")
    }
    self.descriptor = descriptor
    size = status.st_size > 0 ? UInt64(status.st_size) : 0
  }

  /// F_SETLEASE, which <fcntl.h> shows under _GNU_SOURCE only.
  private static let setLease: Int32 = 1024

  /// deny_write_access: a read lease is refused where somebody has the file open for writing. Where no lease is to be
  /// had for another reason (somebody else's file, a file system without leases), nobody knows.
  private static func isOpenForWriting(_ descriptor: Int32) -> Bool {
    if fcntl(descriptor, Self.setLease, F_RDLCK) == 0 {
      _ = fcntl(descriptor, Self.setLease, F_UNLCK)
      return false
    }
    return Glibc.errno == EAGAIN
  }

  /// ST_NOEXEC (man 3 statvfs).
  private static let noExecFlag: UInt = 8

  deinit { close(descriptor) }

  /// The absolute path, as the kernel spells it (/proc/self/exe); the given one where /proc is missing.
  var resolvedPath: [UInt8] {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return path }
      let count = readlink("/proc/self/fd/\(descriptor)", start, buffer.count)
      return count > 0 ? buffer.prefix(count).map { UInt8(bitPattern: $0) } : path
    }
  }

  /// Up to `count` bytes from `offset`; fewer at the end of the file.
  ///
  /// As `kernel_read`: EINVAL where offset and count leave the range of loff_t.
  package func read(_ offset: UInt64, _ count: Int) throws(Errno) -> [UInt8] {
    guard offset <= UInt64(Int64.max) - UInt64(count) else { throw .EINVAL }
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while used < count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[used...])
        guard let start = rest.baseAddress else { return }
        let got = pread(descriptor, start, rest.count, off_t(offset) + used)
        if got > 0 {
          used += got
        } else if got == 0 {
          return
        } else if Glibc.errno != EINTR {
          failure = Errno(Glibc.errno)
          return
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
