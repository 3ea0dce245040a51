import Glibc
import LinuxABI
import Machine
import Testing

@testable import Kernel

extension SyscallTests {
  @Suite struct Files {
    let c: Caller
    let directory: TemporaryDirectory
    /// The first of the writable pages holds paths, the second data, the third results.
    var data: UInt64 { c.base + 4096 }
    var result: UInt64 { c.base + 8192 }

    init() throws {
      c = try Caller()
      directory = try TemporaryDirectory()
    }

    /// Puts the path of a name in the test's directory into memory.
    func path(_ name: String, at offset: UInt64 = 0) -> UInt64 {
      c.put(directory.path + "/" + name, at: c.base + offset)
      return c.base + offset
    }

    func open(_ name: String, _ flags: Int32, _ mode: UInt64 = 0o644) -> UInt64 {
      word(Int(c.call(.open, path(name), UInt64(flags | O_CLOEXEC), mode)))
    }

    @Test func writeAndReadBack() throws {
      let descriptor = open("a", O_RDWR | O_CREAT)
      c.put("hello, world", at: data)
      #expect(c.call(.write, descriptor, data, 12) == 12)
      #expect(c.call(.lseek, descriptor, 7, 0) == 7)
      #expect(c.call(.read, descriptor, result, 100) == 5)
      #expect(try c.bytes(result, 5) == Array("world".utf8))
      #expect(c.call(.read, descriptor, result, 100) == 0)
      #expect(c.call(.pread64, descriptor, result, 5, 0) == 5)
      #expect(try c.bytes(result, 5) == Array("hello".utf8))
      #expect(c.call(.pwrite64, descriptor, data + 7, 5, 20) == 5)
      #expect(c.call(.lseek, descriptor, 0, 2) == 25)
      #expect(c.call(.ftruncate, descriptor, 3) == 0)
      #expect(c.call(.fstat, descriptor, result) == 0)
      #expect(try c.get(result + 48, as: Int64.self) == 3)
      #expect(c.call(.close, descriptor) == 0)
      #expect(c.call(.close, descriptor) == failure(.EBADF))
      #expect(c.call(.read, descriptor, result, 1) == failure(.EBADF))
    }

    /// What lies before a bad page is moved; if that is nothing, EFAULT.
    @Test func transfersInPart() throws {
      let descriptor = open("a", O_RDWR | O_CREAT)
      #expect(c.call(.write, descriptor, c.base, 16 * 4096) == 16 * 4096)
      let start = c.readOnly - 100
      #expect(c.call(.pread64, descriptor, start, 4096, 0) == 100)
      #expect(c.call(.pread64, descriptor, c.readOnly, 4096, 0) == failure(.EFAULT))
      #expect(c.call(.pwrite64, descriptor, c.inaccessible - 10, 100, 0) == 10)
      c.put((start, 100 as UInt64, c.readOnly, 100 as UInt64), at: data)
      #expect(c.call(.preadv, descriptor, data, 2, 0, 0) == 100)
      c.put((data + 100, 10 as UInt64, c.unmapped, 100 as UInt64), at: data)
      #expect(c.call(.pwritev, descriptor, data, 2, 0, 0) == 10)
      c.put((data + 100, 10 as UInt64, 1 << 63 as UInt64, 100 as UInt64), at: data)
      #expect(c.call(.pwritev, descriptor, data, 2, 0, 0) == failure(.EFAULT))
      c.call(.close, descriptor)
    }

    @Test func names() throws {
      c.call(.close, open("a", O_RDWR | O_CREAT))
      #expect(c.call(.open, path("a"), UInt64(O_CREAT | O_EXCL)) == failure(.EEXIST))
      #expect(c.call(.link, path("a"), path("b", at: 1000)) == 0)
      #expect(c.call(.symlink, path("a"), path("link", at: 1000)) == 0)
      #expect(c.call(.readlink, path("link"), result, 4096) == Int64((directory.path + "/a").utf8.count))
      #expect(c.call(.readlink, path("link"), result, 3) == 3)
      #expect(c.call(.readlink, path("a"), result, 3) == failure(.EINVAL))
      #expect(c.call(.rename, path("b"), path("c", at: 1000)) == 0)
      #expect(c.call(.access, path("b"), 0) == failure(.ENOENT))
      #expect(c.call(.renameat2, word(-100), path("a"), word(-100), path("c", at: 1000), 1) == failure(.EEXIST))
      #expect(c.call(.mkdir, path("dir"), 0o755) == 0)
      #expect(c.call(.rmdir, path("c")) == failure(.ENOTDIR))
      #expect(c.call(.unlinkat, word(-100), path("dir"), 0x200) == 0)
      #expect(c.call(.unlink, path("link")) == 0)
      #expect(c.call(.chmod, path("a"), 0o600) == 0)
      #expect(c.call(.stat, path("a"), result) == 0)
      #expect(try c.get(result + 24, as: UInt32.self) == 0o100600)
      #expect(c.call(.statx, word(-100), path("a"), 0, 0x7ff, result) == 0)
      #expect(try c.get(result + 28, as: UInt16.self) == 0o100600)
      c.put((5, 0, 7, 0), at: data)
      #expect(c.call(.utimensat, word(-100), path("a"), data, 0) == 0)
      #expect(c.call(.stat, path("a"), result) == 0)
      #expect(try c.get(result + 88, as: Int64.self) == 7)
      #expect(c.call(.mknod, path("b"), 0o010644, 0) == 0)
      #expect(c.call(.truncate, path("a"), 10) == 0)
    }

    @Test func directories() throws {
      for name in ["a", "b", "c"] { c.call(.close, open(name, O_RDWR | O_CREAT)) }
      let descriptor = open("", O_RDONLY | O_DIRECTORY)
      let count = c.call(.getdents64, descriptor, result, 4096)
      #expect(count == 5 * 24)
      var names: Set<String> = []
      for offset in stride(from: 0, to: UInt64(count), by: 24) { names.insert(try c.text(result + offset + 19)) }
      #expect(names == [".", "..", "a", "b", "c"])
      #expect(c.call(.getdents64, descriptor, result, 4096) == 0)
      c.put("a", at: c.base)
      #expect(c.call(.newfstatat, descriptor, c.base, result, 0) == 0)
      #expect(c.call(.unlinkat, descriptor, c.base, 0) == 0)
      c.call(.close, descriptor)
    }

    @Test func workingDirectory() throws {
      var before = [CChar](repeating: 0, count: 4096)
      #expect(getcwd(&before, before.count) != nil)
      defer { _ = chdir(before) }
      #expect(c.call(.chdir, path("")) == 0)
      #expect(c.call(.getcwd, result, 4096) == Int64(directory.path.utf8.count + 1))
      #expect(try c.text(result) == directory.path)
      #expect(c.call(.getcwd, result, 3) == failure(.ERANGE))
    }

    @Test func moving() throws {
      let from = open("a", O_RDWR | O_CREAT)
      let to = open("b", O_RDWR | O_CREAT)
      c.put("0123456789", at: data)
      c.call(.write, from, data, 10)
      c.put(3 as Int64, at: result)
      #expect(c.call(.sendfile, to, from, result, 4) == 4)
      #expect(try c.get(result, as: Int64.self) == 7)
      #expect(c.call(.sendfile, to, from, c.unmapped, 4) == failure(.EFAULT))
      c.put((0 as Int64, 6 as Int64), at: result)
      #expect(c.call(.copy_file_range, from, result, to, result + 8, 3, 0) == 3)
      #expect(c.call(.pread64, to, data, 100, 0) == 9)
      #expect(try c.bytes(data, 9) == Array("3456\0\0012".utf8))
      #expect(c.call(.pipe2, result, 0o2000000) == 0)
      let (read, write) = (UInt64(try c.get(result, as: UInt32.self)), UInt64(try c.get(result + 4, as: UInt32.self)))
      c.put(0 as Int64, at: data)
      #expect(c.call(.splice, from, data, write, 0, 5, 0) == 5)
      #expect(c.call(.ioctl, read, 0x541b, data) == 0)
      #expect(try c.get(data, as: Int32.self) == 5)
      #expect(c.call(.tee, read, write, 5, 0x2) == failure(.EINVAL))
      #expect(c.call(.read, read, data, 100) == 5)
      #expect(c.call(.fallocate, from, 0, 0, 5000) == 0)
      #expect(c.call(.fallocate, from, 0, 0, 0) == failure(.EINVAL))
      #expect(c.call(.lseek, from, 0, 2) == 5000)
      for descriptor in [from, to, read, write] { c.call(.close, descriptor) }
    }

    @Test func attributes() throws {
      c.call(.close, open("a", O_RDWR | O_CREAT))
      c.put("user.colour", at: c.base + 1000)
      c.put("blue", at: data)
      let outcome = c.call(.setxattr, path("a"), c.base + 1000, data, 4, 0)
      // Not every file system has them.
      guard outcome != failure(.EOPNOTSUPP) else { return }
      #expect(outcome == 0)
      #expect(c.call(.getxattr, path("a"), c.base + 1000, result, 0) == 4)
      #expect(c.call(.getxattr, path("a"), c.base + 1000, result, 3) == failure(.ERANGE))
      #expect(c.call(.getxattr, path("a"), c.base + 1000, result, 100) == 4)
      #expect(try c.bytes(result, 4) == Array("blue".utf8))
      #expect(c.call(.listxattr, path("a"), result, 1 << 40) == 12)
      #expect(c.call(.removexattr, path("a"), c.base + 1000) == 0)
      #expect(c.call(.getxattr, path("a"), c.base + 1000, result, 4) == failure(Errno(61)))
      #expect(c.call(.getxattr, path("a"), c.base + 3000, result, 4) == failure(.ERANGE))
    }

    @Test func descriptors() throws {
      let descriptor = open("a", O_RDWR | O_CREAT)
      let copy = word(Int(c.call(.dup, descriptor)))
      #expect(c.call(.fcntl, descriptor, 1) == 1)
      #expect(c.call(.fcntl, copy, 1) == 0)
      #expect(c.call(.dup2, descriptor, copy) == Int64(copy))
      #expect(c.call(.dup3, descriptor, copy, 0o2000000) == Int64(copy))
      #expect(c.call(.fcntl, copy, 1) == 1)
      #expect(c.call(.fcntl, copy, 3) == Int64(O_RDWR | 0o100000))
      let high = c.call(.fcntl, descriptor, 1030, 77)
      #expect(high >= 77)
      // struct flock: F_WRLCK, whole file.
      c.put((1 as Int16, 0 as Int16, 0 as Int32, 0 as Int64, 0 as Int64, 0 as Int64), at: data)
      #expect(c.call(.fcntl, descriptor, 6, data) == 0)
      #expect(c.call(.fcntl, descriptor, 999, data) == failure(.EINVAL))
      #expect(c.process.system.unknownRequests["fcntl 0x3e7"] == 1)
      #expect(c.call(.close_range, word(Int(high)), word(Int(high)), 0) == 0)
      #expect(c.call(.fcntl, word(Int(high)), 1) == failure(.EBADF))
      for descriptor in [descriptor, copy] { c.call(.close, descriptor) }
    }

    /// Code that was decoded from memory which a call overwrites must not run again.
    @Test func dropsCachedCode() throws {
      var dropped: [UInt64] = []
      c.process.memory.codeObserver = { start, _ in dropped.append(start) }
      let flags: MapFlags = [.private, .anonymous]
      let code = try c.process.memory.map(at: 0, length: 8192, protection: [.read, .write, .execute], flags: flags)
      for page in [code, code + 4096] {
        c.put(0x90 as UInt8, at: page)
        c.process.memory.markCode(page: page >> 12)
      }
      let descriptor = open("a", O_RDWR | O_CREAT)
      c.call(.write, descriptor, c.base, 4096)
      #expect(c.call(.pread64, descriptor, code + 4000, 50, 0) == 50)
      #expect(dropped == [code])
      #expect(c.call(.fstat, descriptor, code + 4096) == 0)
      #expect(dropped == [code, code + 4096])
      // Code in a file: writing to the file changes it too.
      dropped = []
      let shared: MapFlags = [.shared]
      let mapped = try c.process.memory.map(
        at: 0, length: 4096, protection: [.read, .execute], flags: shared, descriptor: Int32(descriptor))
      #expect(try c.get(mapped, as: UInt8.self) == c.get(c.base, as: UInt8.self))
      c.process.memory.markCode(page: mapped >> 12)
      #expect(c.call(.pwrite64, descriptor, c.base, 10, 0) == 10)
      #expect(dropped == [mapped])
      c.process.memory.markCode(page: mapped >> 12)
      c.call(.close, descriptor)
      let again = open("a", O_RDWR | O_TRUNC)
      #expect(dropped == [mapped, mapped])
      c.call(.close, again)
    }

    @Test func ioctls() throws {
      let descriptor = open("a", O_RDWR | O_CREAT)
      #expect(c.call(.ioctl, descriptor, 0x5401, result) == failure(.ENOTTY))
      #expect(c.call(.ioctl, descriptor, 0x5451, 0) == 0)
      #expect(c.call(.fcntl, descriptor, 1) == 1)
      #expect(c.call(.ioctl, 999, 0x1234, 0) == failure(.EBADF))
      #expect(c.call(.ioctl, descriptor, 0x1234, 0) == failure(.ENOTTY))
      #expect(c.process.system.unknownRequests["ioctl 0x1234"] == 1)
      let master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      defer { close(master) }
      #expect(c.call(.ioctl, UInt64(master), 0x8004_5430, result) == 0)
      #expect(c.call(.ioctl, UInt64(master), 0x5401, result) == 0)
      c.put((24 as UInt16, 80 as UInt16, 0 as UInt16, 0 as UInt16), at: data)
      #expect(c.call(.ioctl, UInt64(master), 0x5414, data) == 0)
      #expect(c.call(.ioctl, UInt64(master), 0x5413, result) == 0)
      #expect(try c.get(result + 2, as: UInt16.self) == 80)
      c.call(.close, descriptor)
    }
  }
}
