/// An error number of Linux, as system calls return it negated (asm-generic/errno-base.h, errno.h).
package struct Errno: Error, RawRepresentable, Hashable, Sendable {
  package var rawValue: Int32
  @inlinable package init(rawValue: Int32) { self.rawValue = rawValue }
  @inlinable package init(_ rawValue: Int32) { self.rawValue = rawValue }

  package static let EPERM = Errno(1), ENOENT = Errno(2), ESRCH = Errno(3), EINTR = Errno(4), EIO = Errno(5)
  package static let ENXIO = Errno(6), E2BIG = Errno(7), ENOEXEC = Errno(8), EBADF = Errno(9), ECHILD = Errno(10)
  package static let EAGAIN = Errno(11), ENOMEM = Errno(12), EACCES = Errno(13), EFAULT = Errno(14)
  package static let EBUSY = Errno(16), EEXIST = Errno(17), EXDEV = Errno(18), ENODEV = Errno(19), ENOTDIR = Errno(20)
  package static let EISDIR = Errno(21), EINVAL = Errno(22), ENFILE = Errno(23), EMFILE = Errno(24), ENOTTY = Errno(25)
  package static let ETXTBSY = Errno(26), EFBIG = Errno(27), ENOSPC = Errno(28), ESPIPE = Errno(29), EROFS = Errno(30)
  package static let EMLINK = Errno(31), EPIPE = Errno(32), EDOM = Errno(33), ERANGE = Errno(34), EDEADLK = Errno(35)
  package static let ENAMETOOLONG = Errno(36), ENOLCK = Errno(37), ENOSYS = Errno(38), ENOTEMPTY = Errno(39)
  package static let ELOOP = Errno(40), ELIBBAD = Errno(80), EOVERFLOW = Errno(75), EOPNOTSUPP = Errno(95)
  package static let ETIMEDOUT = Errno(110)
}
