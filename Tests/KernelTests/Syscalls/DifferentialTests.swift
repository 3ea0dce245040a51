import Glibc
import LinuxABI
import Machine
import Testing

@testable import Kernel

extension SyscallTests {
  /// Calls that leave nothing behind give the same result natively and served, whatever their arguments.
  @Suite struct Differential {
    /// A pointer of each kind.
    static func pointers(_ c: Caller) -> [UInt64] {
      [
        c.base, c.base + 1, c.lastByte, c.lastByte - 7, c.readOnly, c.readOnly + 4095, c.inaccessible, c.unmapped, 0, 1,
        0x1000, 1 << 46, 1 << 47, 0x7fff_ffff_f000, 0x8000_0000_0000, UInt64.max, UInt64.max - 7,
        0xffff_8000_0000_0000,
      ]
    }

    static let descriptors: [UInt64] = [0, 1, 2, 3, 200, word(-1), word(-100), 0x7fff_ffff, UInt64.max >> 1, 1 << 32]
    static let numbers: [UInt64] = [0, 1, 2, 7, 64, 4095, 4096, word(-1), 1 << 31, 1 << 32, UInt64.max >> 1, 1 << 63]

    /// Compares one call natively and served: results, and what they leave in memory unless that is random.
    func compare(_ c: Caller, _ number: SyscallNumber, _ arguments: UInt64...) {
      let before = c.snapshot()
      let native = c.native(number, arguments)
      let after = c.snapshot()
      c.restore(before)
      c.outcome(number.rawValue, arguments)
      let served = Int64(bitPattern: c.process.mainThread.rax)
      #expect(served == native, "\(number)(\(arguments.map { String($0, radix: 16) }))")
      // A call that fails may leave part of its result; Linux does, where a structure crosses into a bad page.
      if native >= 0, !Self.changing.contains(number), c.snapshot() != after {
        Issue.record("\(number)(\(arguments.map { String($0, radix: 16) })) leaves other bytes in memory")
      }
    }

    /// Calls whose results differ from one moment to the next.
    static let changing: Set<SyscallNumber> = [
      .getrandom, .clock_gettime, .gettimeofday, .getrusage, .sysinfo, .getcpu, .nanosleep, .clock_nanosleep, .ppoll,
      .times,
    ]

    @Test func paths() throws {
      let c = try Caller()
      c.put("/tmp", at: c.base)
      c.put("x", at: c.lastByte - 1)
      for pointer in Self.pointers(c) {
        for number: SyscallNumber in [
          .access, .stat, .lstat, .statfs, .readlink, .chdir, .truncate, .rmdir, .unlink, .removexattr, .getxattr,
        ] where pointer != c.base {
          compare(c, number, pointer, c.base + 4096, 100)
        }
        for number: SyscallNumber in [.stat, .lstat, .statfs, .newfstatat, .readlink] {
          compare(c, number, c.base, pointer, 100)
        }
        compare(c, .newfstatat, word(-100), c.base, pointer, 0)
        compare(c, .newfstatat, word(-100), pointer, c.base + 4096, 0x1000)
        compare(c, .statx, word(-100), c.base, 0, 0xfff, pointer)
        compare(c, .statx, word(-100), c.base, 0x4000_0000, 0xfff, pointer)
        compare(c, .faccessat2, word(-100), pointer, 0, 0x1000)
        compare(c, .open, pointer, 0x8000_0000_0000_0000 | 0o10000000, 0, 0)
        compare(c, .readlinkat, word(-100), c.base, pointer, 0)
        compare(c, .getcwd, pointer, 1)
        compare(c, .rename, pointer, pointer)
        compare(c, .link, pointer, pointer)
        compare(c, .utimensat, word(-100), c.base + 100, pointer, 0)
      }
    }

    @Test func longPaths() throws {
      let c = try Caller()
      for length in [4094, 4095, 4096, 5000] {
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length) + [0]
        try c.process.memory.copyOut(bytes, to: c.base + 1)
        compare(c, .access, c.base + 1, 0)
        // Up to the end of what is mapped, with and without a NUL.
        let start = c.lastByte + 1 - UInt64(length)
        try c.process.memory.copyOut(Array(bytes.dropLast()), to: start)
        compare(c, .access, start, 0)
      }
      let slashes = [UInt8](repeating: UInt8(ascii: "/"), count: 4095) + [0]
      try c.process.memory.copyOut(slashes, to: c.base)
      compare(c, .access, c.base, 0)
    }

    @Test func reading() throws {
      let c = try Caller()
      let null = open("/dev/null", O_RDWR | O_CLOEXEC)
      let zero = open("/dev/zero", O_RDWR | O_CLOEXEC)
      let directory = open("/", O_RDONLY | O_CLOEXEC)
      let path = open("/", 0o10000000 | O_CLOEXEC)
      let file = memoryFile()
      #expect(ftruncate(file, 100_000) == 0)
      defer { for descriptor in [null, zero, directory, path, file] { close(descriptor) } }
      let special: [UInt64] = [null, zero, directory, path, file].map { UInt64($0) }
      for descriptor in special + [200, word(-1)] {
        for pointer in Self.pointers(c) {
          for count: UInt64 in [0, 1, 8, 5000, 70_000, 0x7fff_f000, 0x8000_0000, 1 << 46, 1 << 63, UInt64.max]
          where descriptor != UInt64(zero) || count < 1 << 20 {
            compare(c, .pread64, descriptor, pointer, count, 0)
            compare(c, .pread64, descriptor, pointer, count, word(-1))
            if descriptor != UInt64(file) { compare(c, .write, descriptor, pointer, count) }
            compare(c, .pwrite64, descriptor, pointer, min(count, 100_000), word(-5))
          }
          for count in Self.numbers {
            compare(c, .readv, descriptor, pointer, count)
            compare(c, .preadv, descriptor, pointer, count, 0, 0)
            compare(c, .preadv2, descriptor, pointer, count, 0, 0, 0)
            compare(c, .preadv2, descriptor, pointer, count, 0, 0, 0x1000)
          }
          compare(c, .lseek, descriptor, pointer, 9)
        }
      }
    }

    /// Vectors whose elements are good, bad, too long, too many.
    @Test func vectors() throws {
      let c = try Caller()
      let file = memoryFile()
      #expect(ftruncate(file, 100_000) == 0)
      defer { close(file) }
      let lengths: [UInt64] = [0, 1, 100, 5000, 0x7fff_f000, 1 << 62, 1 << 63, UInt64.max]
      for first in Self.pointers(c) {
        for second in [c.base + 8192, c.unmapped, UInt64.max] {
          for length in lengths {
            c.put(c.base + 4096, at: c.base)
            c.put(10 as UInt64, at: c.base + 8)
            c.put(first, at: c.base + 16)
            c.put(length, at: c.base + 24)
            c.put(second, at: c.base + 32)
            c.put(20 as UInt64, at: c.base + 40)
            // The native call may overwrite the vector, when it lies in a buffer of its own.
            let overlaps = first <= c.base + 48 && length > 0
            if overlaps { continue }
            for count: UInt64 in [0, 1, 2, 3, 1025, word(-1)] {
              compare(c, .preadv, UInt64(file), c.base, count, 0, 0)
              compare(c, .pwritev, UInt64(file), c.base, count, 0, 0)
            }
          }
        }
      }
    }

    @Test func descriptorControl() throws {
      let c = try Caller()
      let file = memoryFile(flags: 3)
      defer { close(file) }
      for descriptor in Self.descriptors + [UInt64(file)] where descriptor != 3 {
        for command: UInt64 in [1, 3, 5, 9, 11, 16, 17, 36, 1025, 1032, 1034, 1035, 1037] {
          for pointer in Self.pointers(c) { compare(c, .fcntl, descriptor, command, pointer) }
        }
        for pointer in Self.pointers(c) {
          compare(c, .fstat, descriptor, pointer)
          compare(c, .fstatfs, descriptor, pointer)
          for request: UInt64 in [0x5401, 0x5413, 0x541b, 0x540f, 0x5460, 0x8004_5430] {
            compare(c, .ioctl, descriptor, request, pointer)
          }
        }
        compare(c, .ioctl, descriptor, 0xdead_beef, 0)
        compare(c, .fsync, descriptor)
        compare(c, .flock, descriptor, 99)
        compare(c, .fadvise64, descriptor, 0, 0, 77)
        compare(c, .dup3, descriptor, descriptor, 0)
        compare(c, .dup2, descriptor, word(-1))
        compare(c, .getdents64, descriptor, c.unmapped, 100)
      }
      // F_DUPFD beyond every limit.
      compare(c, .fcntl, UInt64(file), 0, 1 << 31)
      compare(c, .fcntl, UInt64(file), 0, 1 << 30)
    }

    @Test func directories() throws {
      let c = try Caller()
      for pointer in Self.pointers(c) {
        for count: UInt64 in [0, 1, 24, 100, 4096, 1 << 31, 1 << 32] {
          let directory = open("/proc/self/ns", O_RDONLY | O_CLOEXEC | O_DIRECTORY)
          let other = open("/proc/self/ns", O_RDONLY | O_CLOEXEC | O_DIRECTORY)
          let native = c.native(.getdents64, [UInt64(directory), pointer, count])
          #expect(c.call(.getdents64, UInt64(other), pointer, count) == native)
          close(directory)
          close(other)
        }
      }
    }

    @Test func time() throws {
      let c = try Caller()
      for pointer in Self.pointers(c) {
        c.clear()
        for clock in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 99, -1, -6, 1 << 31] {
          compare(c, .clock_getres, word(clock), pointer)
          // The time itself differs; whether there is one does not.
          compare(c, .clock_gettime, word(clock), pointer)
          c.clear()
          if clock != 11 { compare(c, .clock_nanosleep, word(clock), 0, pointer, 0) }
        }
        compare(c, .gettimeofday, pointer, 0)
        compare(c, .gettimeofday, c.base, pointer)
        c.clear()
        compare(c, .nanosleep, pointer, 0)
        compare(c, .getitimer, 0, pointer)
        compare(c, .getitimer, 7, pointer)
        compare(c, .timer_gettime, 12345, pointer)
        compare(c, .timer_create, 99, pointer, pointer)
        if pointer != 0 { compare(c, .setitimer, 5, pointer, pointer) }
      }
      for seconds: UInt64 in [0, word(-1), 1 << 63] {
        for nanoseconds: UInt64 in [0, 1, 999_999_999, 1_000_000_000, word(-1)]
        where seconds != 0 || nanoseconds > 1 << 40 {
          c.put(seconds, at: c.base)
          c.put(nanoseconds, at: c.base + 8)
          compare(c, .nanosleep, c.base, 0)
          compare(c, .clock_nanosleep, 1, 0, c.base, 0)
          compare(c, .ppoll, 0, 0, c.base, 0, 8)
          compare(c, .pselect6, 0, 0, 0, 0, c.base, 0)
          // Microseconds beyond a second count as seconds, so that this would be a long sleep.
          if nanoseconds < 1_000_000 || nanoseconds > 1 << 40 { compare(c, .select, 0, 0, 0, 0, c.base) }
        }
      }
    }

    @Test func identityAndLimits() throws {
      let c = try Caller()
      for number: SyscallNumber in [
        .getpid, .gettid, .getppid, .getuid, .geteuid, .getgid, .getegid, .getpgrp, .sched_yield,
      ] { compare(c, number) }
      for pointer in Self.pointers(c) {
        for resource: UInt64 in [0, 2, 3, 4, 7, 8, 9, 15, 16, 1 << 31, UInt64.max] {
          compare(c, .getrlimit, resource, pointer)
          if pointer != 0 { compare(c, .prlimit64, 0, resource, 0, pointer) }
        }
        for count: UInt64 in [0, 1, 65536, 1 << 31, word(-1)] { compare(c, .getgroups, count, pointer) }
        compare(c, .getresuid, pointer, c.base, c.base + 8)
        compare(c, .getresgid, c.base, c.base + 8, pointer)
        for who in [0, -1, 1, 5, -5] { compare(c, .getrusage, word(who), pointer) }
        compare(c, .sysinfo, pointer)
        compare(c, .uname, pointer)
        compare(c, .getcpu, pointer, pointer, 0)
        for size: UInt64 in [0, 7, 8, 16, 128, 4096, 1 << 32] { compare(c, .sched_getaffinity, 0, size, pointer) }
        compare(c, .sched_getparam, 0, pointer)
        compare(c, .sched_rr_get_interval, 0, pointer)
        for size: UInt64 in [0, 47, 48, 56, 4096, 5000] { compare(c, .sched_getattr, 0, pointer, size, 0) }
        compare(c, .capget, pointer, 0)
        for count: UInt64 in [0, 1, 16] { compare(c, .getrandom, pointer, count, 0) }
        compare(c, .getrandom, pointer, 16, 0x80)
        compare(c, .getrandom, pointer, UInt64.max, 0x1)
      }
      for pid in [0, 1, -1, 999_999, 1 << 31] {
        compare(c, .getpgid, word(pid))
        compare(c, .getsid, word(pid))
        compare(c, .sched_getscheduler, word(pid))
        compare(c, .sched_getparam, word(pid), c.base)
      }
      for which: UInt64 in [0, 1, 2, 3, word(-1)] { compare(c, .getpriority, which, 0) }
      for policy: UInt64 in [0, 1, 2, 3, 4, 5, 6, 7, 99, word(-1)] {
        compare(c, .sched_get_priority_max, policy)
        compare(c, .sched_get_priority_min, policy)
      }
    }

    @Test func polling() throws {
      let c = try Caller()
      let null = UInt64(open("/dev/null", O_RDWR | O_CLOEXEC))
      defer { close(Int32(null)) }
      for pointer in Self.pointers(c) {
        for count: UInt64 in [0, 1, 2, 1 << 20, 1 << 31, 1 << 32, UInt64.max] { compare(c, .poll, pointer, count, 0) }
        c.clear()
        compare(c, .ppoll, c.base, 0, pointer == 0 ? c.base : pointer, 0, 8)
        compare(c, .ppoll, c.base, 0, c.base, pointer, 8)
        compare(c, .ppoll, c.base, 0, c.base, pointer, 7)
        for count: UInt64 in [0, 1, 64, 65, 1024, word(-1), 1 << 31] {
          c.clear()
          compare(c, .select, count, pointer, 0, 0, c.base + 2048)
          compare(c, .pselect6, 0, 0, 0, 0, c.base + 2048, pointer)
        }
        compare(c, .epoll_ctl, null, 1, null, pointer)
        compare(c, .epoll_wait, null, pointer, 1, 0)
      }
      c.put(UInt64(null) | 0xff << 32, at: c.base)
      compare(c, .poll, c.base, 1, 0)
      #expect(try c.get(c.base + 6, as: UInt16.self) & 5 == 5)
      let epoll = UInt64(hostCall(.epoll_create1, 0x80000))
      defer { close(Int32(epoll)) }
      for pointer in Self.pointers(c) {
        for count in Self.numbers {
          compare(c, .epoll_wait, epoll, pointer, count, 0)
          compare(c, .epoll_pwait, epoll, pointer, count, 0, 0, 8)
        }
        compare(c, .epoll_pwait, epoll, c.base, 1, 0, pointer, 8)
        compare(c, .epoll_pwait, epoll, c.base, 1, 0, pointer, 9)
        compare(c, .epoll_ctl, epoll, 1, null, pointer)
      }
    }

    @Test func signals() throws {
      let c = try Caller()
      for pointer in Self.pointers(c) {
        for size: UInt64 in [0, 1, 8, 9] {
          compare(c, .rt_sigpending, pointer, size)
          compare(c, .rt_sigprocmask, 0, 0, pointer, size)
          if pointer != c.base { compare(c, .rt_sigprocmask, 99, pointer, 0, size) }
          compare(c, .rt_sigaction, 10, 0, pointer, size)
          for signal: UInt64 in [0, 9, 19, 65, word(-1)] {
            compare(c, .rt_sigaction, signal, pointer, 0, size)
            compare(c, .rt_sigaction, signal, 0, pointer, size)
          }
          compare(c, .rt_sigsuspend, pointer > c.readOnly ? pointer : 0, size)
        }
        compare(c, .sigaltstack, 0, pointer)
      }
      for pid in [999_999, 1 << 22] {
        compare(c, .kill, word(pid), 0)
        compare(c, .tkill, word(pid), 99)
        compare(c, .tgkill, word(pid), word(pid), 0)
        compare(c, .rt_sigqueueinfo, word(pid), 0, c.unmapped)
      }
      compare(c, .tkill, 0, 0)
      compare(c, .tkill, word(-1), 0)
      compare(c, .tgkill, 0, 0, 0)
      compare(c, .tgkill, word(-1), 5, 0)
      compare(c, .kill, UInt64(getpid()), 65)
      compare(c, .kill, UInt64(getpid()), word(-1))
      compare(c, .kill, UInt64(getpid()), 0)
    }

    @Test func sockets() throws {
      let c = try Caller()
      var pair: [Int32] = [0, 0]
      #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | 0o2000000, 0, &pair) == 0)
      defer { pair.forEach { close($0) } }
      let null = UInt64(open("/dev/null", O_RDWR | O_CLOEXEC))
      defer { close(Int32(null)) }
      for socket in [UInt64(pair[0]), null, 200] {
        for pointer in Self.pointers(c) {
          c.put(110 as UInt32, at: c.base + 4096)
          compare(c, .getsockname, socket, pointer, c.base + 4096)
          c.put(110 as UInt32, at: c.base + 4096)
          compare(c, .getpeername, socket, pointer, c.base + 4096)
          c.put(4 as UInt32, at: c.base + 4096)
          compare(c, .getsockopt, socket, 1, 3, pointer, c.base + 4096)
          compare(c, .getsockopt, socket, 1, 3, c.base, pointer > c.base + 8 ? pointer : 0)
          compare(c, .setsockopt, socket, 1, 2, pointer, 4)
          compare(c, .setsockopt, socket, 1, 26, pointer, 16)
          for length: UInt64 in [0, 2, 16, 128, 129, word(-1)] {
            if length != 0 || socket != UInt64(pair[0]) { compare(c, .connect, socket, pointer, length) }
            compare(c, .bind, null, pointer, length)
          }
          compare(c, .recvfrom, socket, pointer, 10, 0x40, 0, 0)
          compare(c, .recvmsg, socket, pointer, 0x40)
          compare(c, .sendmsg, null, pointer, 0x40)
          compare(c, .socketpair, 1, 1, 0, pointer < c.readOnly ? 0 : pointer)
          compare(c, .accept4, socket, pointer, c.base, 0x800)
        }
      }
    }
  }
}
