import CHost
import CMachine
import LinuxABI
import Machine

/// A system call being served: the process, the thread's registers, the six arguments.
package struct SyscallContext {
  package let process: Process
  package let cpu: CPU
  /// The thread that makes the call.
  unowned(unsafe) let thread: GuestThread
  package let number: Int
  /// Whether `Process.callLock` is held.
  var isLocked = false
  /// RDI RSI RDX R10 R8 R9 (System V ABI, A.2.1).
  package let args: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  package init(process: Process, cpu: CPU) {
    self.process = process
    self.cpu = cpu
    thread = GuestThread.of(cpu) ?? process.leader
    // do_syscall_64 takes the number as an int.
    number = Int(Int32(truncatingIfNeeded: cpu[gpr: 0]))
    args = (cpu[gpr: 7], cpu[gpr: 6], cpu[gpr: 2], cpu[gpr: 10], cpu[gpr: 8], cpu[gpr: 9])
  }

  package var memory: AddressSpace { process.memory }
  var files: FileTable { process.files }
  var system: SyscallState { process.system }
  /// Memory that lasts until the call is served.
  var scratch: Scratch { thread.scratch }
}

// MARK: - Arguments

extension SyscallContext {
  /// Argument `index` as the register holds it.
  @inline(__always) func raw(_ index: Int) -> UInt64 {
    switch index {
    case 0: args.0
    case 1: args.1
    case 2: args.2
    case 3: args.3
    case 4: args.4
    default: args.5
    }
  }

  /// Argument `index` as it goes into a register of the host.
  @inline(__always) func arg(_ index: Int) -> Int { Int(truncatingIfNeeded: raw(index)) }

  /// Argument `index` where the kernel declares an int.
  @inline(__always) func int(_ index: Int) -> Int32 { Int32(truncatingIfNeeded: raw(index)) }

  /// Argument `index` as a descriptor for the host: the guest's numbers are the host's.
  ///
  /// A descriptor of swemu's own becomes -1, so that the host reports EBADF in its usual place.
  @inline(__always) func fd(_ index: Int) -> Int { files.visible(int(index)) }
}

// MARK: - Calls of the host

extension SyscallContext {
  /// Makes a system call of the host.
  ///
  /// - Parameter restart: what the kernel itself returns internally when a signal interrupts this call: it says
  ///   whether the guest is to see EINTR when a handler of its own runs (signal(7), "Interruption of system calls").
  @inline(__always)
  func host(
    _ number: Int, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0,
    restart: Errno = .ERESTARTSYS
  ) throws(Errno) -> Int {
    let result = make(number, a, b, c, d, e, f)
    if result >= 0 || result < -4095 { return result }
    guard result == -Int(Errno.EINTR.rawValue) else { throw Errno(Int32(truncatingIfNeeded: -result)) }
    throw interruption(restart == .ERESTARTSYS && hasTimeLimit(number, a) ? .EINTR : restart)
  }

  /// Whether a call waited on a socket with a time limit, which is never restarted (sock_intr_errno).
  @inline(never) private func hasTimeLimit(_ number: Int, _ descriptor: Int) -> Bool {
    let option: Int  // SO_RCVTIMEO, SO_SNDTIMEO
    switch SyscallNumber(rawValue: number) {
    case .read, .readv, .recvfrom, .recvmsg, .recvmmsg, .accept, .accept4: option = 20
    case .write, .writev, .sendto, .sendmsg, .sendmmsg, .connect: option = 21
    default: return false
    }
    var (seconds, microseconds, size) = (0, 0, UInt32(16))
    let time = scratch.allocate(16)
    let result = withUnsafeMutablePointer(to: &size) {
      swemu_syscall(
        SyscallNumber.getsockopt.rawValue, descriptor, 1, option, Int(bitPattern: time), Int(bitPattern: $0), 0)
    }
    guard result == 0 else { return false }
    (seconds, microseconds) = (time.load(as: Int.self), time.load(fromByteOffset: 8, as: Int.self))
    return seconds != 0 || microseconds != 0
  }

  /// A call that may wait is not made when a signal has come before (-ERESTARTNOINTR), and lets others go on meanwhile.
  @inline(__always)
  private func make(_ number: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int, _ f: Int) -> Int {
    guard SyscallNumber.mayWait(number) else { return swemu_syscall(number, a, b, c, d, e, f) }
    guard process.machine.isParallel else {
      return swemu_interruptible_syscall(cpu.attentionWord, number, a, b, c, d, e, f)
    }
    // What a sandbox has resolved for this call belongs to whoever holds the lock.
    if isLocked, system.sandbox?.isHolding ?? false {
      return thread.rest { swemu_interruptible_syscall(cpu.attentionWord, number, a, b, c, d, e, f) }
    }
    return unlocked { swemu_interruptible_syscall(cpu.attentionWord, number, a, b, c, d, e, f) }
  }

  /// Runs `body`, which waits, without the lock of calls, and at rest.
  func unlocked<Result>(_ body: () -> Result) -> Result {
    guard process.machine.isParallel else { return body() }
    if isLocked { process.callLock.unlock() }
    thread.pause()
    let result = body()
    thread.resume()
    if isLocked { process.lockCalls(thread) }
    return result
  }

  @inline(__always)
  func host(
    _ number: SyscallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0,
    restart: Errno = .ERESTARTSYS
  ) throws(Errno) -> Int {
    try host(number.rawValue, a, b, c, d, e, f, restart: restart)
  }

  /// Makes a system call of the host: the result, or the negated error. EINTR becomes what `interruption` says.
  @inline(__always)
  func hostOnce(
    _ number: SyscallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0
  ) -> Int {
    make(number.rawValue, a, b, c, d, e, f)
  }

  /// Whether the thread has something to do before it can wait.
  var isWanted: Bool { cpu.pointee.attention & UInt32(SWEMU_ATTENTION_OWN) != 0 }

  /// What becomes of a call of the host that came back with EINTR.
  ///
  /// Without a signal of the guest's the host had a reason of its own, such as SIGCONT after a stop, and the guest is
  /// told as it would be natively.
  func interruption(_ restart: Errno) -> Errno {
    isWanted ? restart : .EINTR
  }

  /// Makes the guest's own call with these arguments; its result is the guest's.
  @inline(__always)
  func pass(
    _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0, restart: Errno = .ERESTARTSYS
  ) throws(Errno) -> SyscallOutcome {
    .value(try host(number, a, b, c, d, e, f, restart: restart))
  }
}
