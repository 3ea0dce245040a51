import Glibc
import LinuxABI
import Machine
import Testing

@testable import Kernel

extension SyscallTests {
  /// Memory, limits, attributes: what is kept here and not by the host.
  @Suite struct State {
    let c: Caller
    init() throws { c = try Caller() }

    @Test func mapping() throws {
      let address = c.call(.mmap, 0, 8192, 3, 0x22, word(-1), 0)
      #expect(address > 0)
      let pages = word(Int(address))
      c.put(7 as UInt8, at: pages + 4096)
      #expect(c.call(.mprotect, pages, 4096, 1) == 0)
      #expect(c.call(.mprotect, pages + 1, 4096, 1) == failure(.EINVAL))
      #expect(c.call(.madvise, pages + 4096, 4096, 4) == 0)
      #expect(try c.get(pages + 4096, as: UInt8.self) == 0)
      #expect(c.call(.madvise, pages, 4096, 12345) == failure(.EINVAL))
      #expect(c.call(.msync, pages, 4096, 4) == 0)
      #expect(c.call(.msync, pages, 4096, 5) == failure(.EINVAL))
      #expect(c.call(.mincore, pages, 8192, c.base) == 0)
      #expect(c.call(.mincore, pages, 8192, c.unmapped) == failure(.EFAULT))
      #expect(c.call(.mlock, pages, 4096) == 0)
      #expect(c.call(.mlock2, pages, 4096, 2) == failure(.EINVAL))
      #expect(c.call(.munlock, pages, 4096) == 0)
      #expect(c.call(.munlockall) == 0)
      #expect(c.call(.mlockall, 0) == failure(.EINVAL))
      let moved = word(Int(c.call(.mremap, pages + 4096, 4096, 16384, 1)))
      #expect(Int64(bitPattern: moved) > 0)
      #expect(c.call(.munmap, moved, 16384) == 0)
      #expect(c.call(.munmap, moved, 0) == failure(.EINVAL))
      #expect(c.call(.mmap, 0, 0, 3, 0x22, word(-1), 0) == failure(.EINVAL))
      #expect(c.call(.mmap, 0, 4096, 3, 0x2, 999, 0) == failure(.EBADF))
      #expect(c.call(.pkey_mprotect, pages, 4096, 3, word(-1)) == 0)
      #expect(c.call(.pkey_mprotect, pages, 4096, 3, 1) == failure(.EINVAL))
    }

    @Test func brk() throws {
      c.process.memory.setBreak(0x1000_0000)
      let start = c.call(.brk, 0)
      #expect(start == 0x1000_0000)
      #expect(c.call(.brk, word(Int(start)) + 5000) == start + 5000)
      c.put(1, at: word(Int(start)) + 4000)
      #expect(c.call(.brk, 1 << 60) == start + 5000)
      #expect(c.call(.brk, word(Int(start))) == start)
    }

    @Test func limitsOfMemory() throws {
      #expect(c.call(.getrlimit, 3, c.base) == 0)
      #expect(try c.get(c.base, as: UInt64.self) == c.process.memory.limits.stack)
      c.put((8 << 20 as UInt64, UInt64.max), at: c.base)
      #expect(c.call(.prlimit64, 0, 9, c.base, c.base + 16) == 0)
      #expect(try c.get(c.base + 16, as: UInt64.self) == .max)
      #expect(c.process.memory.limits.addressSpace == 8 << 20)
      #expect(c.call(.mmap, 0, 16 << 20, 3, 0x22, word(-1), 0) == failure(.ENOMEM))
      c.put((2 as UInt64, 1 as UInt64), at: c.base)
      #expect(c.call(.setrlimit, 9, c.base) == failure(.EINVAL))
      #expect(c.call(.setrlimit, 9, c.unmapped) == failure(.EFAULT))
      #expect(c.call(.setrlimit, 99, c.base) == failure(.EINVAL))
      // The emulator itself is not bound.
      var host = rlimit()
      getrlimit(__rlimit_resource_t(UInt32(9)), &host)
      #expect(host.rlim_cur == rlim_t.max)
    }

    @Test func registersAndLists() throws {
      let cpu = c.process.mainThread
      #expect(c.call(.arch_prctl, 0x1002, 0x1234_5678) == 0)
      #expect(cpu.pointee.fs_base == 0x1234_5678)
      #expect(c.call(.arch_prctl, 0x1001, 5) == 0)
      #expect(cpu.pointee.gs_base == 5)
      #expect(c.call(.arch_prctl, 0x1003, c.base) == 0)
      #expect(try c.get(c.base, as: UInt64.self) == 0x1234_5678)
      #expect(c.call(.arch_prctl, 0x1004, c.unmapped) == failure(.EFAULT))
      #expect(c.call(.arch_prctl, 0x1002, 1 << 63) == failure(.EPERM))
      #expect(c.call(.arch_prctl, 0x3001, c.base) == failure(.EINVAL))
      #expect(c.call(.set_tid_address, 77) == Int64(hostCall(.gettid)))
      #expect(c.process.leader.clearChildTID == 77)
      #expect(c.call(.set_robust_list, c.base, 24) == 0)
      #expect(c.call(.set_robust_list, c.base, 23) == failure(.EINVAL))
      #expect(c.call(.get_robust_list, 0, c.base, c.base + 8) == 0)
      #expect(try c.get(c.base, as: UInt64.self) == c.base)
      #expect(c.call(.rseq, c.base, 32, 0, 0x5305_3053) == failure(.ENOSYS))
    }

    @Test func namesAndPersonality() throws {
      var before = [UInt8](repeating: 0, count: 16)
      #expect(before.withUnsafeMutableBytes { hostCall(.prctl, 16, Int(bitPattern: $0.baseAddress)) } == 0)
      defer { _ = before.withUnsafeBytes { hostCall(.prctl, 15, Int(bitPattern: $0.baseAddress)) } }
      c.put("a name longer than that", at: c.base)
      #expect(c.call(.prctl, 15, c.base) == 0)
      #expect(c.process.commandName == Array("a name longer t".utf8))
      #expect(c.call(.prctl, 16, c.base + 100) == 0)
      #expect(try c.text(c.base + 100) == "a name longer t")
      #expect(c.call(.prctl, 15, c.unmapped) == failure(.EFAULT))
      #expect(c.call(.prctl, 22, 1) == failure(.EINVAL))
      #expect(c.call(.prctl, 3) >= 0)
      #expect(c.call(.prctl, 0x5356_4d41, 0, c.base, 4096, c.base) == 0)
      #expect(c.process.memory.mapsText.contains("[anon:a name longer than that]"))
      #expect(c.call(.prctl, 0x5356_4d41, 0, c.base, 4096, 0) == 0)
      c.process.image.auxiliaryVector = [6, 4096, 0, 0]
      #expect(c.call(.prctl, 0x4155_5856, c.base, 16) == 416)
      #expect(try c.get(c.base + 8, as: UInt64.self) == 4096)
      #expect(c.call(.personality, 0xffff_ffff) == 0)
      #expect(c.call(.uname, c.base) == 0)
      #expect(try c.text(c.base + 260) == "x86_64")
      #expect(c.call(.personality, 8) == 0)
      #expect(c.call(.personality, 0xffff_ffff) == 8)
      #expect(c.call(.uname, c.base) == 0)
      #expect(try c.text(c.base + 260) == "i686")
    }

    @Test func ending() throws {
      guard case .exit(0x34) = c.outcome(60, [0x1234]) else { throw Errno(1) }
      guard case .exit(255) = c.outcome(231, [word(-1)]) else { throw Errno(1) }
    }

    @Test func unknownCalls() throws {
      for number in [335, 500, 511, 512, 600, 0x4000_0000, -1, Int(Int32.min), 0x7fff_ffff] {
        c.outcome(number, [])
        #expect(Int64(bitPattern: c.process.mainThread.rax) == failure(.ENOSYS), "\(number)")
      }
      // Only the low half counts, as in the kernel.
      c.outcome(0x1_0000_0000 + SyscallNumber.getpid.rawValue, [])
      #expect(c.process.mainThread.rax == UInt64(getpid()))
      #expect(c.process.system.unknown[335] == 1)
      for number: SyscallNumber in [.io_uring_setup, .bpf, .userfaultfd, .perf_event_open, .landlock_create_ruleset] {
        #expect(c.call(number) == failure(.ENOSYS))
        #expect(SyscallTable.row(number.rawValue)?.level == .refused)
      }
    }

    @Test func rowsAreWhereTheyBelong() {
      for (number, row) in SyscallTable.rows.enumerated() {
        guard let row else { continue }
        #expect(row.number.rawValue == number)
        #expect(row.arguments.count <= 6)
      }
      let all = SyscallTable.families.joined()
      #expect(all.count == Set(all.map(\.number)).count, "two rows for one call")
      #expect(SyscallTable.name(0) == "read")
      #expect(SyscallTable.name(1000) == "syscall_0x3e8")
    }

    /// Serving one call must not cost a page, or a file, each time.
    @Test func manyCallsLeaveNothing() throws {
      c.put("/dev/null", at: c.base)
      let first = c.call(.open, c.base, 0o2000000)
      c.call(.close, word(Int(first)))
      for _ in 0..<20_000 {
        let descriptor = c.call(.open, c.base, 0o2000000)
        #expect(descriptor < first + 10)
        c.call(.close, word(Int(descriptor)))
      }
      #expect(c.process.system.counts[2] == 20_001)
    }
  }
}
