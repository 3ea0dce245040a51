import Glibc
import LinuxABI
import Machine
import Testing

@testable import Kernel

extension SyscallTests {
  /// /proc shows the guest and not the emulator, by whatever path.
  @Suite struct Proc {
    let c: Caller
    let directory: TemporaryDirectory
    var result: UInt64 { c.base + 8192 }

    init() throws {
      c = try Caller()
      directory = try TemporaryDirectory()
      var image = ProgramImage()
      image.executablePath = Array("/bin/true".utf8)
      c.put("guest\0argument\0", at: c.base + 12288)
      image.argumentStart = c.base + 12288
      image.argumentEnd = image.argumentStart + 15
      c.put("A=1\0B=2\0", at: c.base + 13000)
      image.environmentStart = c.base + 13000
      image.environmentEnd = image.environmentStart + 8
      image.auxiliaryVector = [6, 4096, 0, 0]
      image.startCode = c.base
      image.endCode = c.base + 100
      image.startStack = c.base + 60000
      c.process.image = image
    }

    /// Opens, reads all and closes; nil where that fails.
    func read(_ path: String, under directory: Int = -100) throws -> [UInt8]? {
      c.put(path, at: c.base)
      let descriptor = c.call(.openat, word(directory), c.base, UInt64(O_RDONLY | O_CLOEXEC))
      guard descriptor >= 0 else { return nil }
      defer { c.call(.close, word(Int(descriptor))) }
      var bytes: [UInt8] = []
      while true {
        let count = c.call(.read, word(Int(descriptor)), result, 16384)
        guard count > 0 else { return bytes }
        bytes += try c.bytes(result, Int(count))
      }
    }

    func text(_ path: String) throws -> String { String(decoding: try read(path) ?? [], as: UTF8.self) }

    static var directories: [String] {
      let own = getpid()
      return ["/proc/self", "/proc/\(own)", "/proc/thread-self", "/proc/\(own)/task/\(own)", "/proc/./self/../\(own)"]
    }

    @Test func program() throws {
      for directory in Self.directories {
        c.put(directory + "/exe", at: c.base)
        #expect(c.call(.readlink, c.base, result, 100) == 9, "\(directory)")
        #expect(try c.bytes(result, 9) == Array("/bin/true".utf8))
        #expect(c.call(.readlinkat, word(-100), c.base, result, 4) == 4)
        #expect(try c.bytes(result, 4) == Array("/bin".utf8))
        #expect(c.call(.stat, c.base, result) == 0)
        let native = try #require(HostStatus(path: "/bin/true"))
        #expect(try c.get(result + 8, as: UInt64.self) == native.inode)
        #expect(c.call(.statx, word(-100), c.base, 0, 0xfff, result) == 0)
        #expect(try c.get(result + 32, as: UInt64.self) == native.inode)
        let descriptor = word(Int(c.call(.open, c.base, UInt64(O_RDONLY | O_CLOEXEC))))
        #expect(c.call(.fstat, descriptor, result) == 0)
        #expect(try c.get(result + 8, as: UInt64.self) == native.inode)
        c.call(.close, descriptor)
      }
      #expect(c.call(.readlink, c.base, c.unmapped, 100) == failure(.EFAULT))
      #expect(c.call(.readlink, c.base, result, 0) == failure(.EINVAL))
    }

    @Test func programThroughLinks() throws {
      #expect(symlink("/proc/self/exe", directory.path + "/link") == 0)
      #expect(symlink("link", directory.path + "/a") == 0)
      let native = try #require(HostStatus(path: "/bin/true"))
      for name in ["link", "a"] {
        c.put(directory.path + "/" + name, at: c.base)
        let descriptor = word(Int(c.call(.open, c.base, UInt64(O_RDONLY | O_CLOEXEC))))
        #expect(c.call(.fstat, descriptor, result) == 0)
        #expect(try c.get(result + 8, as: UInt64.self) == native.inode)
        c.call(.close, descriptor)
        #expect(c.call(.stat, c.base, result) == 0)
        #expect(try c.get(result + 8, as: UInt64.self) == native.inode)
      }
      // The link itself.
      c.put("/proc/self/exe", at: c.base)
      let link = word(Int(c.call(.open, c.base, 0o10000000 | 0o400000 | UInt64(O_CLOEXEC))))
      c.put("", at: c.base)
      #expect(c.call(.readlinkat, link, c.base, result, 100) == 9)
      c.call(.close, link)
      let proc = Glibc.open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      defer { close(proc) }
      c.put("exe", at: c.base)
      #expect(c.call(.readlinkat, UInt64(proc), c.base, result, 100) == 9)
    }

    @Test func emulatorsOwnFileByItsName() throws {
      let name = try #require(HostLink.read("/proc/self/exe"))
      c.put(name, at: c.base)
      let native = try #require(HostStatus(path: name))
      #expect(c.call(.stat, c.base, result) == 0)
      #expect(try c.get(result + 8, as: UInt64.self) == native.inode)
    }

    @Test func memoryMaps() throws {
      for directory in Self.directories {
        let text = try text(directory + "/maps")
        #expect(text == c.process.memory.mapsText, "\(directory)")
        #expect(text.split(separator: "\n").count == c.process.memory.vmas.count)
      }
      #expect(try text("/proc/self/smaps").contains("VmFlags: rd wr mr mw me"))
      #expect(try text("/proc/self/smaps_rollup").contains("[rollup]"))
      let proc = Glibc.open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      defer { close(proc) }
      #expect(try read("maps", under: Int(proc)) == Array(c.process.memory.mapsText.utf8))
      #expect(symlink("/proc/self/maps", directory.path + "/link") == 0)
      #expect(try text(directory.path + "/link") == c.process.memory.mapsText)
    }

    @Test func stringAreas() throws {
      #expect(try text("/proc/self/cmdline") == "guest\0argument\0")
      #expect(try text("/proc/self/environ") == "A=1\0B=2\0")
      #expect(
        try read("/proc/self/auxv") == [6, 4096, 0, 0].withUnsafeBufferPointer { Array(UnsafeRawBufferPointer($0)) })
      c.process.image.argumentEnd = .max
      #expect(try text("/proc/self/cmdline") == "")
    }

    @Test func numbers() throws {
      let stat = try text("/proc/self/stat")
      let end = try #require(stat.lastIndex(of: ")"))
      let fields = stat[end...].split(separator: " ").dropFirst().map(String.init)
      func field(_ number: Int) -> String { fields[number - 3] }
      #expect(fields.count == 50)
      #expect(field(4) == "\(getppid())")
      #expect(field(23) == "\(c.process.memory.usage.total * 4096)")
      #expect(field(26) == "\(c.base)")
      #expect(field(28) == "\(c.base + 60000)")
      #expect(field(48) == "\(c.base + 12288)")
      let status = try text("/proc/self/status")
      #expect(status.contains("VmSize:\t      72 kB\n"))
      #expect(status.contains("SigBlk:\t\(hexadecimal(c.process.leader.mask, 16))\n"))
      #expect(try text("/proc/self/statm").hasPrefix("18 "))
      c.put((1 << 30 as UInt64, UInt64.max), at: c.base)
      #expect(c.call(.setrlimit, 9, c.base) == 0)
      let line = "Max address space         1073741824           unlimited            bytes     \n"
      #expect(try text("/proc/self/limits").contains(line))
    }

    @Test func emulatorsMemoryIsOutOfReach() throws {
      for name in ["mem", "pagemap", "map_files", "clear_refs", "syscall"] {
        for directory in Self.directories {
          c.put(directory + "/" + name, at: c.base)
          for flags in [O_RDONLY, O_RDWR, O_WRONLY] { #expect(c.call(.open, c.base, UInt64(flags)) < 0) }
        }
      }
    }

    @Test func standInsLookReal() throws {
      c.put("/proc/self/maps", at: c.base)
      let descriptor = c.call(.open, c.base, UInt64(O_RDONLY | O_CLOEXEC))
      c.put("/proc/self/fd/\(descriptor)", at: c.base)
      let count = c.call(.readlink, c.base, result, 100)
      #expect(String(decoding: try c.bytes(result, Int(count)), as: UTF8.self) == "/proc/\(getpid())/maps")
      #expect(c.call(.fcntl, word(Int(descriptor)), 1) == 1)
      #expect(c.call(.fcntl, word(Int(descriptor)), 3) & 3 == 0)
      #expect(c.call(.write, word(Int(descriptor)), c.base, 1) == failure(.EBADF))
      c.call(.close, word(Int(descriptor)))
      c.put("/proc/self/maps", at: c.base)
      let plain = c.call(.open, c.base, 0)
      #expect(c.call(.fcntl, word(Int(plain)), 1) == 0)
      c.call(.close, word(Int(plain)))
    }

    @Test func others() throws {
      #expect(try text("/proc/1/stat").hasPrefix("1 ("))
      #expect(try text("/proc/self/mounts").contains("proc"))
      #expect(try text("/proc/version").hasPrefix("Linux"))
    }
  }

  /// Descriptors of swemu's own do not exist for the guest.
  @Suite struct Hidden {
    let c: Caller
    init() throws { c = try Caller() }

    @Test func failsWithBadDescriptor() throws {
      let own = c.process.files.adopt(Glibc.open("/dev/null", O_RDWR))
      defer { c.process.files.release(own) }
      let number = UInt64(own.number)
      #expect(fcntl(own.number, F_GETFD) == FD_CLOEXEC)
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      #expect(number >= min(UInt64(limit.rlim_cur), 65536) - 32)
      #expect(c.call(.read, number, c.base, 1) == failure(.EBADF))
      #expect(c.call(.fstat, number, c.base) == failure(.EBADF))
      #expect(c.call(.close, number) == failure(.EBADF))
      #expect(c.call(.dup, number) == failure(.EBADF))
      #expect(c.call(.dup2, number, number) == failure(.EBADF))
      #expect(c.call(.fcntl, number, 1) == failure(.EBADF))
      #expect(c.call(.mmap, 0, 4096, 1, 2, number, 0) == failure(.EBADF))
      #expect(c.call(.ioctl, number, 0x5401, c.base) == failure(.EBADF))
      #expect(fcntl(own.number, F_GETFD) == FD_CLOEXEC)
      c.put(UInt64(number) | 1 << 32, at: c.base)
      #expect(c.call(.poll, c.base, 1, word(-1)) == 1)
      #expect(try c.get(c.base + 6, as: Int16.self) == Int16(POLLNVAL))
    }

    @Test func makesWay() throws {
      let own = c.process.files.hide(fcntl(0, F_DUPFD_CLOEXEC, 700))
      defer { c.process.files.release(own) }
      let number = own.number
      let null = Glibc.open("/dev/null", O_RDWR | O_CLOEXEC)
      #expect(c.call(.dup2, UInt64(null), UInt64(number)) == Int64(number))
      #expect(own.number != number)
      #expect(fcntl(own.number, F_GETFD) == FD_CLOEXEC)
      #expect(c.call(.fcntl, UInt64(number), 1) == 0)
      #expect(c.call(.close, UInt64(number)) == 0)
      close(null)
    }

    @Test func isNotListed() throws {
      let own = c.process.files.hide(fcntl(0, F_DUPFD_CLOEXEC, 700))
      defer { c.process.files.release(own) }
      let directory = Glibc.open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      defer { close(directory) }
      var names: [String] = []
      while true {
        let count = c.call(.getdents64, UInt64(directory), c.base, 200)
        guard count > 0 else { break }
        var offset: UInt64 = 0
        while offset < UInt64(count) {
          names.append(try c.text(c.base + offset + 19))
          offset += UInt64(try c.get(c.base + offset + 16, as: UInt16.self))
        }
      }
      #expect(names.contains("\(directory)"))
      #expect(!names.contains("\(own.number)"))
    }

    @Test func survivesClosingEverythingAbove() throws {
      let own = c.process.files.hide(fcntl(0, F_DUPFD_CLOEXEC, 700))
      defer { c.process.files.release(own) }
      let below = fcntl(0, F_DUPFD_CLOEXEC, 690)
      let above = fcntl(0, F_DUPFD_CLOEXEC, 710)
      #expect(c.call(.close_range, 690, 720, 0) == 0)
      #expect(fcntl(below, F_GETFD) < 0)
      #expect(fcntl(above, F_GETFD) < 0)
      #expect(fcntl(own.number, F_GETFD) >= 0)
    }

    @Test func cannotBeSent() throws {
      let own = c.process.files.hide(fcntl(0, F_DUPFD_CLOEXEC, 700))
      defer { c.process.files.release(own) }
      var pair: [Int32] = [0, 0]
      #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | 0o2000000, 0, &pair) == 0)
      defer { pair.forEach { close($0) } }
      let (vector, control) = (c.base + 100, c.base + 200)
      c.put((c.base + 300, 1 as UInt64), at: vector)
      c.put((20 as UInt64, 1 as Int32, 1 as Int32, own.number), at: control)
      c.put((0 as UInt64, 0 as UInt64, vector, 1 as UInt64, control, 24 as UInt64, 0 as UInt64), at: c.base)
      #expect(c.call(.sendmsg, UInt64(pair[0]), c.base, 0) == failure(.EBADF))
      c.put(pair[0], at: control + 16)
      #expect(c.call(.sendmsg, UInt64(pair[0]), c.base, 0) == 1)
      c.put((0 as UInt64, 0 as UInt64, vector, 1 as UInt64, control, 24 as UInt64, 0 as UInt64), at: c.base)
      #expect(c.call(.recvmsg, UInt64(pair[1]), c.base, 0x4000_0000) == 1)
      let received = try c.get(control + 16, as: Int32.self)
      #expect(fcntl(received, F_GETFD) == FD_CLOEXEC)
      #expect(try c.get(c.base + 40, as: UInt64.self) == 24)
      close(received)
    }
  }
}
