import CHost
import LinuxABI
import Machine

/// A system call being served: the process, the thread's registers, the six arguments.
package struct SyscallContext {
  package let process: Process
  package let cpu: CPU
  package let number: Int
  /// RDI RSI RDX R10 R8 R9 (System V ABI, A.2.1).
  package let args: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  package init(process: Process, cpu: CPU) {
    self.process = process
    self.cpu = cpu
    // do_syscall_64 takes the number as an int.
    number = Int(Int32(truncatingIfNeeded: cpu[gpr: 0]))
    args = (cpu[gpr: 7], cpu[gpr: 6], cpu[gpr: 2], cpu[gpr: 10], cpu[gpr: 8], cpu[gpr: 9])
  }

  package var memory: AddressSpace { process.memory }
  var files: FileTable { process.files }
  var system: SyscallState { process.system }
  /// Memory that lasts until the call is served.
  var scratch: Scratch { process.system.scratch }
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
  /// Makes a system call of the host, and makes it again when a signal of swemu's own interrupts it.
  ///
  /// - Parameter restart: what the kernel itself returns internally when a signal interrupts this call: it says
  ///   whether the guest is to see EINTR when a handler of its own runs (signal(7), "Interruption of system calls").
  func host(
    _ number: Int, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0,
    restart: Errno = .ERESTARTSYS
  ) throws(Errno) -> Int {
    while true {
      let result = swemu_syscall(number, a, b, c, d, e, f)
      if result >= 0 || result < -4095 { return result }
      guard result == -Int(Errno.EINTR.rawValue) else { throw Errno(Int32(truncatingIfNeeded: -result)) }
      try interrupted(restart)
    }
  }

  @inline(__always)
  func host(
    _ number: SyscallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0,
    restart: Errno = .ERESTARTSYS
  ) throws(Errno) -> Int {
    try host(number.rawValue, a, b, c, d, e, f, restart: restart)
  }

  /// Makes a system call of the host once, whatever interrupts it: the result, or the negated error.
  @inline(__always)
  func hostOnce(
    _ number: SyscallNumber, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0
  ) -> Int {
    swemu_syscall(number.rawValue, a, b, c, d, e, f)
  }

  /// A call of the host came back with EINTR: returns if it is to be made again at once.
  func interrupted(_ restart: Errno) throws(Errno) {
    if cpu.pointee.attention != 0 { throw restart }
    switch system.signals.takeInterruption() {
    case .none: return
    case .restarting where restart == .ERESTARTSYS || restart == .ERESTARTNOINTR: return
    default: throw .EINTR
    }
  }

  /// Makes the guest's own call with these arguments; its result is the guest's.
  @inline(__always)
  func pass(
    _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0, _ e: Int = 0, _ f: Int = 0, restart: Errno = .ERESTARTSYS
  ) throws(Errno) -> SyscallOutcome {
    .value(try host(number, a, b, c, d, e, f, restart: restart))
  }
}
