import Glibc
import LinuxABI
import Machine
import Testing

@testable import Kernel

extension SyscallTests {
  /// Pipes, polling, timers, sockets.
  @Suite struct Events {
    let c: Caller
    init() throws { c = try Caller() }

    func descriptor(_ result: Int64) -> UInt64 {
      #expect(result >= 0)
      return word(Int(result))
    }

    @Test func pollingPipes() throws {
      #expect(c.call(.pipe2, c.base, 0o2000000) == 0)
      let (read, write) = (UInt64(try c.get(c.base, as: UInt32.self)), UInt64(try c.get(c.base + 4, as: UInt32.self)))
      defer { [read, write].forEach { c.call(.close, $0) } }
      c.put((Int32(read), 1 as Int16, 0 as Int16, Int32(write), 4 as Int16, 0 as Int16), at: c.base)
      #expect(c.call(.poll, c.base, 2, 0) == 1)
      #expect(try c.get(c.base + 14, as: Int16.self) == 4)
      #expect(c.call(.poll, c.base, 1, 20) == 0)
      #expect(c.call(.write, write, c.base, 1) == 1)
      #expect(c.call(.poll, c.base, 2, word(-1)) == 2)
      c.put((0, 50_000_000), at: c.base + 100)
      #expect(c.call(.ppoll, c.base, 2, c.base + 100, 0, 8) == 2)
      // select.
      c.put(1 << read, at: c.base + 200)
      c.put((1, 0), at: c.base + 300)
      #expect(c.call(.select, read + 1, c.base + 200, 0, 0, c.base + 300) == 1)
      #expect(try c.get(c.base + 200, as: UInt64.self) == 1 << read)
      #expect(c.call(.read, read, c.base + 400, 10) == 1)
      c.put((0, 20_000_000), at: c.base + 300)
      #expect(c.call(.pselect6, read + 1, c.base + 200, 0, 0, c.base + 300, 0) == 0)
      #expect(try c.get(c.base + 300, as: Int64.self) == 0)
      #expect(try c.get(c.base + 308, as: Int64.self) == 0)
    }

    @Test func epoll() throws {
      let epoll = descriptor(c.call(.epoll_create1, 0x80000))
      let event = descriptor(c.call(.eventfd2, 0, 0x80000))
      defer { [epoll, event].forEach { c.call(.close, $0) } }
      c.put((1 as UInt32, 77 as UInt32, 0 as UInt32), at: c.base)
      #expect(c.call(.epoll_ctl, epoll, 1, event, c.base) == 0)
      #expect(c.call(.epoll_wait, epoll, c.base + 100, 10, 10) == 0)
      c.put(5 as UInt64, at: c.base + 200)
      #expect(c.call(.write, event, c.base + 200, 8) == 8)
      #expect(c.call(.epoll_pwait, epoll, c.base + 100, 10, 1000, 0, 8) == 1)
      #expect(try c.get(c.base + 104, as: UInt32.self) == 77)
      c.put((1, 0), at: c.base + 300)
      #expect(c.call(.epoll_pwait2, epoll, c.base + 100, 10, c.base + 300, 0, 8) == 1)
      #expect(c.call(.epoll_pwait2, epoll, c.base + 100, 10, 0, 0, 8) == 1)
    }

    @Test func timers() throws {
      let timer = descriptor(c.call(.timerfd_create, 1, 0x80000))
      defer { c.call(.close, timer) }
      c.put((0, 0, 0, 1_000_000), at: c.base)
      #expect(c.call(.timerfd_settime, timer, 0, c.base, c.base + 100) == 0)
      #expect(c.call(.read, timer, c.base + 200, 8) == 8)
      #expect(try c.get(c.base + 200, as: UInt64.self) == 1)
      #expect(c.call(.timerfd_gettime, timer, c.base) == 0)
      #expect(c.call(.getitimer, 0, c.base) == 0)
    }

    @Test func sleeping() throws {
      c.put((0, 5_000_000), at: c.base)
      let start = MonotonicTime.now.advanced(milliseconds: 5)
      #expect(c.call(.nanosleep, c.base, 0) == 0)
      #expect(start.timeLeft.tv_nsec == 0)
      #expect(c.call(.clock_nanosleep, 0, 0, c.base, c.base) == 0)
      #expect(c.call(.clock_nanosleep, 1, 1, c.base, 0) == 0)
      #expect(c.call(.clock_nanosleep, 99, 0, c.unmapped, 0) == failure(.EINVAL))
      #expect(c.call(.time, c.base) == c.call(.time, 0))
      #expect(c.call(.times, c.base) > 0)
    }

    @Test func messages() throws {
      #expect(c.call(.socketpair, 1, 2 | 0x80000, 0, c.base) == 0)
      let (one, two) = (UInt64(try c.get(c.base, as: UInt32.self)), UInt64(try c.get(c.base + 4, as: UInt32.self)))
      defer { [one, two].forEach { c.call(.close, $0) } }
      c.put("first", at: c.base + 1000)
      c.put("second", at: c.base + 1100)
      c.put((c.base + 1000, 5 as UInt64, c.base + 1100, 6 as UInt64), at: c.base + 200)
      // Two struct mmsghdr.
      for (index, vector): (UInt64, UInt64) in [(0, c.base + 200), (1, c.base + 216)] {
        let header = (0 as UInt64, 0 as UInt64, vector, 1 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64, 0 as UInt64)
        c.put(header, at: c.base + 300 + index * 64)
      }
      #expect(c.call(.sendmmsg, one, c.base + 300, 2, 0) == 2)
      #expect(try c.get(c.base + 356, as: UInt32.self) == 5)
      #expect(try c.get(c.base + 420, as: UInt32.self) == 6)
      c.put((c.base + 2000, 100 as UInt64, c.base + 2100, 100 as UInt64), at: c.base + 200)
      #expect(c.call(.recvmmsg, two, c.base + 300, 2, 0x40, 0) == 2)
      #expect(try c.bytes(c.base + 2000, 5) == Array("first".utf8))
      #expect(try c.bytes(c.base + 2100, 6) == Array("second".utf8))
      #expect(c.call(.recvmmsg, two, c.base + 300, 2, 0x40, 0) == failure(.EAGAIN))
      #expect(c.call(.sendto, one, c.base + 1000, 5, 0, 0, 0) == 5)
      #expect(c.call(.recvfrom, two, c.base + 2000, 3, 0x20, 0, 0) == 5)
      #expect(c.call(.sendto, one, c.lastByte, 5, 0, 0, 0) == 5)
      #expect(c.call(.sendto, one, c.inaccessible - 1, 5, 0, 0, 0) == failure(.EFAULT))
    }

    @Test func internet() throws {
      let listener = descriptor(c.call(.socket, 2, 1 | 0x80000, 0))
      defer { c.call(.close, listener) }
      c.put((2 as UInt16, 0 as UInt16, UInt32(0x7f00_0001).bigEndian, 0 as UInt64), at: c.base)
      #expect(c.call(.bind, listener, c.base, 16) == 0)
      #expect(c.call(.listen, listener, 1) == 0)
      c.put(100 as UInt32, at: c.base + 100)
      #expect(c.call(.getsockname, listener, c.base, c.base + 100) == 0)
      #expect(try c.get(c.base + 100, as: UInt32.self) == 16)
      let client = descriptor(c.call(.socket, 2, 1 | 0x80000, 0))
      defer { c.call(.close, client) }
      #expect(c.call(.connect, client, c.base, 16) == 0)
      c.put(16 as UInt32, at: c.base + 100)
      let server = descriptor(c.call(.accept4, listener, c.base + 200, c.base + 100, 0x80000))
      defer { c.call(.close, server) }
      c.put(1 as UInt32, at: c.base + 300)
      #expect(c.call(.setsockopt, client, 6, 1, c.base + 300, 4) == 0)
      c.put(4 as UInt32, at: c.base + 304)
      #expect(c.call(.getsockopt, client, 6, 1, c.base + 300, c.base + 304) == 0)
      #expect(c.call(.shutdown, client, 1) == 0)
      #expect(c.call(.read, server, c.base, 10) == 0)
    }

    @Test func notification() throws {
      let directory = try TemporaryDirectory()
      let inotify = descriptor(c.call(.inotify_init1, 0x80000))
      defer { c.call(.close, inotify) }
      c.put(directory.path, at: c.base)
      #expect(c.call(.inotify_add_watch, inotify, c.base, 0x100) == 1)
      c.put(directory.path + "/a", at: c.base)
      c.call(.close, descriptor(c.call(.creat, c.base, 0o600)))
      #expect(c.call(.read, inotify, c.base, 100) == 32)
      #expect(try c.text(c.base + 16) == "a")
    }

    @Test func futexes() throws {
      c.put(5 as UInt32, at: c.base)
      #expect(c.call(.futex, c.base, 1, 1) == 0)
      #expect(c.call(.futex, c.base, 0, 6, 0) == failure(.EAGAIN))
      c.put((0, 1_000_000), at: c.base + 100)
      #expect(c.call(.futex, c.base, 128, 5, c.base + 100) == failure(.ETIMEDOUT))
      #expect(c.call(.futex, c.unmapped, 0, 5, c.base + 100) == failure(.EFAULT))
      #expect(c.call(.futex, c.base + 1, 0, 5, c.base + 100) == failure(.EINVAL))
    }
  }
}
