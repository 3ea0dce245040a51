import CHost
import CMachine
import LinuxABI
import Machine

/// The table: every family's rows, found by number.
package enum SyscallTable {
  static let families: [[SyscallRow]] = [
    FileCalls.rows, VectorCalls.rows, FileContentCalls.rows, DescriptorCalls.rows, DirectoryCalls.rows,
    MetadataCalls.rows, AttributeCalls.rows, TerminalCalls.rows, EventCalls.rows, PollCalls.rows, SocketCalls.rows,
    MemoryCalls.rows, ThreadCalls.rows, ProcessCalls.rows, ExecCalls.rows, SignalCalls.rows, ControlCalls.rows,
    IdentityCalls.rows,
    LimitCalls.rows, SchedulingCalls.rows, TimeCalls.rows, SystemCalls.rows,
    SystemVCalls.rows, PosixQueueCalls.rows, RefusedCalls.rows,
  ]

  /// One past the highest number that may have a row.
  package static let capacity = 512

  /// All rows, by number.
  package static let rows: [SyscallRow?] = {
    var table = [SyscallRow?](repeating: nil, count: capacity)
    for family in families {
      for row in family where row.number.rawValue < capacity { table[row.number.rawValue] = row }
    }
    return table
  }()

  package static func row(_ number: Int) -> SyscallRow? {
    number >= 0 && number < rows.count ? rows[number] : nil
  }

  /// The kernel's name for a number, or strace's for one without.
  package static func name(_ number: Int) -> String {
    SyscallNumber(rawValue: number).map { "\($0)" }
      ?? "syscall_0x\(String(UInt64(bitPattern: Int64(number)), radix: 16))"
  }

  /// The number of a call that has a row, by the kernel's name.
  package static func number(_ name: String) -> Int? { rows.first { $0?.name == name }??.number.rawValue }

  /// The bodies alone, `unknown` where there is no row: what serving a call looks at.
  nonisolated(unsafe) private static let bodies = makeBodies()

  private static func makeBodies() -> UnsafeMutablePointer<SyscallBody> {
    let absent = SyscallRow(.restart_syscall, [], unknown)
    let table = UnsafeMutablePointer<SyscallBody>.allocate(capacity: capacity)
    for number in 0..<capacity { (table + number).initialize(to: (rows[number] ?? absent).body) }
    return table
  }

  /// ENOSYS, counted.
  private static func unknown(_ context: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    context.system.countUnknown(context.number)
    throw .ENOSYS
  }

  /// Runs the body for the number; leaves the registers alone.
  @inline(__always)
  static func serve(_ context: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let number = context.number
    guard number >= 0, number < capacity else { return try unknown(&context) }
    if context.process.machine.isParallel {
      swemu_count(context.system.counts + number)
    } else {
      context.system.counts[number] &+= 1
    }
    return try bodies[number](&context)
  }
}

extension Process {
  /// Serves the system call that `cpu` stopped at, and puts its result into RAX.
  ///
  /// The caller looks at the outcome only for `.exit` and `.killed`.
  package func serveSystemCall(_ cpu: CPU) -> SyscallOutcome {
    var context = SyscallContext(process: self, cpu: cpu)
    if let tracer = system.tracer { return serveTraced(&context, tracer) }
    return serve(&context)
  }

  /// Serves a call, and puts its result into RAX.
  @inline(__always)
  func serve(_ context: inout SyscallContext) -> SyscallOutcome {
    let outcome: SyscallOutcome
    context.thread.temporaryMask = nil
    if machine.isParallel, system.sandbox != nil || !SyscallNumber.needsNoLock(context.number) {
      lockCalls(context.thread)
      context.isLocked = true
      // Whoever had the lock may have executed a program.
      if context.cpu.pointee.attention & SWEMU_ATTENTION_END.rawValue != 0 {
        callLock.unlock()
        return fail(.ERESTARTNOINTR, context)
      }
    }
    do throws(Errno) {
      if let sandbox = system.sandbox { try sandbox.check(context) }
      outcome = try SyscallTable.serve(&context)
      if case .value(let value) = outcome { context.cpu.rax = value }
    } catch {
      outcome = fail(error, context)
    }
    if let sandbox = system.sandbox { sandbox.finish() }
    if context.isLocked { callLock.unlock() }
    context.scratch.reset()
    return outcome
  }

  /// Takes the lock of calls; the thread is at rest while it waits.
  @inline(__always) func lockCalls(_ thread: GuestThread) {
    if callLock.tryLock() { return }
    thread.rest { callLock.lock() }
  }

  /// Puts an error into RAX, or has the call made again (arch/x86/kernel/signal.c, arch_do_signal_or_restart).
  private func fail(_ error: Errno, _ context: SyscallContext) -> SyscallOutcome {
    let cpu = context.cpu
    switch error {
    case .ERESTARTSYS, .ERESTARTNOINTR, .ERESTARTNOHAND:
      cpu.rax = UInt64(truncatingIfNeeded: context.number)
    case .ERESTART_RESTARTBLOCK:
      cpu.rax = UInt64(SyscallNumber.restart_syscall.rawValue)
    default:
      cpu.rax = UInt64(bitPattern: -Int64(error.rawValue))
      return .value(cpu.rax)
    }
    // A handler may still change it (SignalDelivery.swift). SYSCALL is two bytes long.
    context.thread.interruptedCall = error
    cpu.pointee.rip &-= 2
    return .resumed
  }
}
