import CHost
import Glibc
import LinuxABI

/// What a program that nobody trusts may do (`--sandbox`, `--allow`, `--allow-write`).
///
/// Each call is looked at before it is served (`check`). Paths are resolved once, by the host, to a descriptor; the
/// object that it stands for is judged, and the call gets that very object (`/proc/self/fd/N`), so exchanging a
/// directory for a link meanwhile leads nowhere.
package final class Sandbox {
  package struct Rules: Sendable, Equatable {
    /// Nothing is written but what `writable` names, and descriptors that the program was started with.
    package var isReadOnly = false
    /// No sockets but pairs.
    package var deniesNetwork = false
    /// No children, no signals or requests to other processes, no IPC objects that others can see.
    package var deniesProcesses = false
    /// The only places that exist for the program, `writable` included; nil for all.
    package var readable: [[UInt8]]?
    package var writable: [[UInt8]] = []

    package init() {}

    package var isEmpty: Bool { self == Rules() }
  }

  let rules: Rules
  /// Told of each refused call.
  private let report: (String) -> Void
  /// The paths that the call being served gets instead of its own, by argument.
  private(set) var replaced: [Int: [UInt8]] = [:]
  /// Added to the flags of open: a new file's name must not turn into a link.
  private(set) var openFlags: UInt64 = 0
  private var descriptors: [Int32] = []

  package init(_ rules: Rules, report: @escaping (String) -> Void) {
    var rules = rules
    rules.writable = rules.writable.map(Self.canonical)
    rules.readable = rules.readable.map { $0.map(Self.canonical) }
    self.rules = rules
    self.report = report
  }

  /// The path without links, or the path itself where nothing is there.
  private static func canonical(_ path: [UInt8]) -> [UInt8] {
    guard let resolved = realpath(path.map { CChar(bitPattern: $0) } + [0], nil) else { return path }
    defer { free(resolved) }
    return Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
  }

  /// A core file goes wherever the host wants: only a program that may write everywhere gets one.
  var mayWriteCore: Bool { !rules.isReadOnly && rules.readable == nil }

  // MARK: - A call

  /// Refuses the call with EACCES or EPERM, or prepares what it may touch.
  func check(_ c: SyscallContext) throws(Errno) {
    guard let number = SyscallNumber(rawValue: c.number) else { return }
    do throws(Errno) {
      try checkNetwork(number, c)
      try checkProcesses(number, c)
      try checkSystem(number, c)
      try checkFiles(number, c)
    } catch {
      finish()
      throw error
    }
  }

  /// The call is served.
  func finish() {
    for descriptor in descriptors { close(descriptor) }
    descriptors.removeAll()
    replaced.removeAll()
    openFlags = 0
  }

  func refuse(_ number: SyscallNumber, _ error: Errno, _ what: String) -> Errno {
    report("sandbox: \(number) refused with \(error.name): \(what)")
    return error
  }

  /// Whether something that the call being served needs is held.
  var isHolding: Bool { !descriptors.isEmpty || !replaced.isEmpty || openFlags != 0 }

  func replace(_ index: Int, by path: [UInt8]) { replaced[index] = path }
  func forbidLink() { openFlags = OpenFlags.noFollow }
  func hold(_ descriptor: Int32) { descriptors.append(descriptor) }

  // MARK: - What is judged by its number

  private func checkSystem(_ number: SyscallNumber, _ c: SyscallContext) throws(Errno) {
    switch number {
    case .chroot, .settimeofday, .clock_settime, .adjtimex, .clock_adjtime, .syslog, .acct, .vhangup:
      throw refuse(number, .EPERM, "it is about the whole system")
    // TIOCSTI types for the user; TIOCLINUX too.
    case .ioctl where c.raw(1) & 0xffff_ffff == 0x5412 || c.raw(1) & 0xffff_ffff == 0x541c:
      throw refuse(number, .EPERM, "it types into the terminal")
    default: return
    }
  }

  private func checkNetwork(_ number: SyscallNumber, _ c: SyscallContext) throws(Errno) {
    guard rules.deniesNetwork else { return }
    switch number {
    case .socket where c.int(0) != 1: throw refuse(number, .EACCES, "domain \(c.int(0))")
    case .connect, .bind: throw refuse(number, .EACCES, "only socket pairs are allowed")
    case .sendto where c.raw(4) != 0: throw refuse(number, .EACCES, "to an address")
    case .sendmsg:
      if (try? c.load(c.raw(1), as: UInt64.self)) ?? 0 != 0 { throw refuse(number, .EACCES, "to an address") }
    case .sendmmsg: throw refuse(number, .EACCES, "perhaps to an address")
    default: return
    }
  }

  private func checkProcesses(_ number: SyscallNumber, _ c: SyscallContext) throws(Errno) {
    guard rules.deniesProcesses else { return }
    switch number {
    case .fork, .vfork: throw refuse(number, .EPERM, "no other processes")
    case .clone where c.raw(0) & CloneFlags.thread.rawValue == 0: throw refuse(number, .EPERM, "no other processes")
    case .clone3:
      let flags = (try? c.load(c.raw(0), as: UInt64.self)) ?? 0
      if flags & CloneFlags.thread.rawValue == 0 { throw refuse(number, .EPERM, "no other processes") }
    case .kill, .tgkill, .rt_sigqueueinfo, .rt_tgsigqueueinfo, .prlimit64, .process_vm_readv, .process_vm_writev,
      .pidfd_open, .setpgid:
      let isMeant = number == .prlimit64 || number == .setpgid
      if c.int(0) != getpid(), !(isMeant && c.int(0) == 0) { throw refuse(number, .EPERM, "process \(c.int(0))") }
    case .tkill:
      if c.hostOnce(.tgkill, Int(getpid()), c.arg(0), 0) < 0 { throw refuse(number, .EPERM, "thread \(c.int(0))") }
    case .setpriority:
      if c.int(0) != 0 || c.int(1) != 0 && c.int(1) != getpid() {
        throw refuse(number, .EPERM, "which \(c.int(0)), who \(c.int(1))")
      }
    case .sched_setaffinity, .sched_setparam, .sched_setscheduler, .sched_setattr:
      if c.int(0) != 0, c.hostOnce(.tgkill, Int(getpid()), c.arg(0), 0) < 0 {
        throw refuse(number, .EPERM, "process \(c.int(0))")
      }
    case .ioprio_set:
      if c.int(0) != 1 || c.int(1) != 0 { throw refuse(number, .EPERM, "which \(c.int(0)), who \(c.int(1))") }
    case .shmget, .semget, .msgget:
      if c.int(0) != 0 { throw refuse(number, .EACCES, "key \(hex(UInt32(truncatingIfNeeded: c.raw(0))))") }
    case .shmat, .shmctl, .semop, .semtimedop, .semctl, .msgsnd, .msgrcv, .msgctl: return
    case .mq_open, .mq_unlink: throw refuse(number, .EACCES, "queues are everybody's")
    case .fcntl where c.int(1) == 8 || c.int(1) == 15:
      // F_SETOWN: a signal to whoever is named.
      if c.int(1) == 15 || c.int(2) != getpid() { throw refuse(number, .EPERM, "signals to others") }
    default: return
    }
  }
}
