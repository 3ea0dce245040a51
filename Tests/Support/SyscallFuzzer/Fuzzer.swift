import CHost
import Decode
import Glibc
import Kernel
import LinuxABI
import Machine

/// Makes random system calls with hostile arguments, in a process of its own that it is likely to wreck.
///
/// Nothing outside its working directory comes to harm: as root it gives up its privileges first; the strings in its
/// memory hold neither dots nor slashes; and calls that send signals to other processes, or change them, are left out
/// or name itself.
final class Fuzzer {
  private let process: Process
  private var random: Random
  private var base: UInt64 = 0
  private var cpu: CPU { process.mainThread }

  private static let pageSize: UInt64 = 4096

  /// Never called.
  private static let excluded: Set<SyscallNumber> = [
    .kill, .tkill, .tgkill, .rt_sigqueueinfo, .rt_tgsigqueueinfo, .pidfd_send_signal, .timer_create, .setpriority,
    .ioprio_set, .setrlimit,
  ]
  /// The first argument names a process: this one.
  private static let ofItself: Set<SyscallNumber> = [
    .prlimit64, .sched_setaffinity, .sched_setparam, .sched_setscheduler, .sched_setattr, .setpgid, .process_vm_readv,
    .process_vm_writev, .wait4, .getpgid, .getsid,
  ]

  init?(seed: UInt64) {
    guard Self.shutIn(), let decoder = try? CapstoneDecoder(),
      let process = try? Process.make(decoder: decoder, settings: .init())
    else { return nil }
    self.process = process
    process.memory.limits.addressSpace = 256 << 20
    random = Random(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
  }

  /// No privileges, no terminal, no descriptors, small files.
  private static func shutIn() -> Bool {
    if getuid() == 0 {
      let nobody = 65534
      guard swemu_syscall(SyscallNumber.setgroups.rawValue, 0, 0, 0, 0, 0, 0) == 0,
        swemu_syscall(SyscallNumber.setresgid.rawValue, nobody, nobody, nobody, 0, 0, 0) == 0,
        swemu_syscall(SyscallNumber.setresuid.rawValue, nobody, nobody, nobody, 0, 0, 0) == 0
      else { return false }
    }
    setsid()
    for descriptor: Int32 in 3..<256 { close(descriptor) }
    for descriptor: Int32 in 0...1 {
      close(descriptor)
      _ = open("/dev/null", O_RDWR)
    }
    signal(SIGXFSZ, SIG_IGN)
    for (resource, size): (UInt32, rlim_t) in [(1, 1 << 20), (4, 0), (7, 200)] {
      var limit = rlimit(rlim_cur: size, rlim_max: size)
      setrlimit(__rlimit_resource_t(resource), &limit)
    }
    return true
  }

  // MARK: - The run

  func run(_ count: Int) {
    let rows = SyscallTable.rows.compactMap { $0 }.filter { !Self.excluded.contains($0.number) }
    let own = getpid()
    Watch(cpu).start()
    for iteration in 0..<count {
      if iteration % 500 == 0 { prepareMemory() }
      scribble()
      Watch.enableSignal()
      let row = random.choose(rows)
      var number = UInt64(row.number.rawValue)
      if random.below(100) == 0 { number |= random.next() << 32 }
      if random.below(100) == 0 {
        number = UInt64(random.choose([-1, 512, 600, 1 << 30, Int(Int32.min)]).magnitude) &+ 470
      }
      cpu.rax = number
      for register in [7, 6, 2, 10, 8, 9] { cpu[gpr: register] = argument() }
      if Self.ofItself.contains(row.number) { cpu.rdi = 0 }
      cpu.pointee.attention = 0
      cpu.pointee.rip = base
      process.system.tracer =
        random.below(4) == 0 ? StracePrinter(memory: process.memory) { line in precondition(!line.isEmpty) } : nil
      Watch.calls &+= 1
      _ = process.serveSystemCall(cpu)
      // A child has done its part by being there.
      if getpid() != own {
        process.releaseVforkParent()
        _exit(0)
      }
      while waitpid(-1, nil, WNOHANG) > 0 {}
    }
  }

  // MARK: - Arguments

  private func prepareMemory() {
    process.memory.removeAll()
    let address = try? process.memory.map(
      at: 0x2000_0000, length: 16 * Self.pageSize, protection: [.read, .write], flags: [.private, .anonymous])
    base = address ?? 0
    try? process.memory.protect(base + 12 * Self.pageSize, Self.pageSize, .read)
    try? process.memory.protect(base + 13 * Self.pageSize, Self.pageSize, [])
  }

  /// Short lower-case strings, pointers, and small numbers.
  private func scribble() {
    for _ in 0..<8 {
      let at = base + UInt64(random.below(12 * 4096 - 64))
      switch random.below(3) {
      case 0:
        let text = (0..<random.below(12)).map { _ in UInt8(97 + random.below(26)) } + [0]
        try? process.memory.copyOut(text, to: at)
      case 1: try? process.memory.write(argument(), to: at & ~7)
      default: try? process.memory.write(random.next() % 200, to: at & ~7)
      }
    }
  }

  private func argument() -> UInt64 {
    switch random.below(12) {
    case 0...3: base + UInt64(random.below(16 * 4096))
    case 4: base + 12 * Self.pageSize - UInt64(random.below(32))
    case 5: UInt64(random.below(20))
    case 6: 1 << UInt64(random.below(64))
    case 7: (1 << UInt64(random.below(64))) &- 1
    case 8: random.next()
    case 9: random.choose([UInt64.max, UInt64.max - 99, 1 << 46, (1 << 46) - 1, 0x7fff_ffff_f000, 0x1000, 1 << 63])
    case 10: random.next() % 5000
    default: 0
    }
  }
}

/// xorshift64*: the same calls for the same seed.
struct Random {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func choose<T>(_ values: [T]) -> T { values[below(values.count)] }
}

/// A thread that interrupts calls that wait, as `--timeout` would.
struct Watch {
  nonisolated(unsafe) static var calls = 0
  nonisolated(unsafe) private static var cpu: CPU?
  nonisolated(unsafe) private static var main = pthread_t()

  init(_ cpu: CPU) {
    Self.cpu = cpu
    Self.main = pthread_self()
  }

  func start() {
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in Watch.interrupt() }, nil)
  }

  private static func interrupt() -> Never {
    var last = -1
    var quiet = 0
    while true {
      usleep(3000)
      quiet = calls == last ? quiet + 1 : 0
      last = calls
      // A call that waits with every signal blocked ends the run; that is no fault.
      if quiet > 700 { _exit(0) }
      if quiet > 0 {
        cpu?.pointee.attention = 1
        pthread_kill(main, SIGVTALRM)
      }
    }
  }

  /// Makes the signal work whatever the calls before did to it.
  static func enableSignal() {
    // Without SA_RESTART, so that calls come back.
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGVTALRM, &action, nil)
    var mask: UInt64 = ~(1 << UInt64(SIGVTALRM - 1))
    _ = withUnsafeMutablePointer(to: &mask) {
      swemu_syscall(SyscallNumber.rt_sigprocmask.rawValue, 2, Int(bitPattern: $0), 0, 8, 0, 0)
    }
  }
}
