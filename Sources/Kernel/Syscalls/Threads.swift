import Glibc
import LinuxABI
import Machine

/// What a thread tells the kernel about itself, and futexes (man 2 arch_prctl, set_tid_address, futex).
enum ThreadCalls {
  static let rows: [SyscallRow] = [
    SyscallRow(.arch_prctl, [.symbol(.archPrctl), .pointer], archPrctl),
    SyscallRow(.set_tid_address, [.pointer], setTIDAddress),
    SyscallRow(.set_robust_list, [.pointer, .size], setRobustList),
    SyscallRow(.get_robust_list, [.int, .out(.unsignedLong), .out(.unsignedLong)], getRobustList),
    SyscallRow(.rseq, [.pointer, .unsigned, .flags(.rseq), .hex], .refused, rseq),
    SyscallRow(.futex, [.pointer, .symbol(.futex), .int, .hex, .pointer, .hex], futex),
    SyscallRow(.futex_waitv, [.pointer, .unsigned, .hex, .pointer, .int], futexWaitv),
    SyscallRow(.modify_ldt, [.int, .pointer, .size], .refused, DescriptorCalls.refuse),
    SyscallRow(.set_thread_area, [.pointer], .refused, DescriptorCalls.refuse),
    SyscallRow(.get_thread_area, [.pointer], .refused, DescriptorCalls.refuse),
  ]

  /// asm/prctl.h. The processor model has neither shadow stacks nor faulting CPUID nor dynamic XSAVE features.
  private enum ArchPrctl {
    static let setGS: Int32 = 0x1001, setFS: Int32 = 0x1002, getFS: Int32 = 0x1003, getGS: Int32 = 0x1004
    static let getCPUID: Int32 = 0x1011, setCPUID: Int32 = 0x1012
  }

  private static func archPrctl(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let value = c.raw(1)
    switch c.int(0) {
    case ArchPrctl.setGS:
      guard value < GuestAddress.taskSize else { throw .EPERM }
      c.cpu.pointee.gs_base = value
    case ArchPrctl.setFS:
      guard value < GuestAddress.taskSize else { throw .EPERM }
      c.cpu.pointee.fs_base = value
    case ArchPrctl.getFS: try c.store(c.cpu.pointee.fs_base, to: value)
    case ArchPrctl.getGS: try c.store(c.cpu.pointee.gs_base, to: value)
    case ArchPrctl.getCPUID: return .value(1)
    case ArchPrctl.setCPUID: throw .ENODEV
    default: throw .EINVAL
    }
    return .zero
  }

  private static func setTIDAddress(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    c.thread.clearChildTID = c.raw(0)
    c.thread.tellHostOfEnd()
    return .value(Int(c.thread.number))
  }

  // MARK: - Robust futexes

  /// sizeof(struct robust_list_head).
  private static let robustHeadSize: UInt64 = 24

  private static func setRobustList(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    guard c.raw(1) == robustHeadSize else { throw .EINVAL }
    c.thread.robustList = c.raw(0)
    c.thread.tellHostOfEnd()
    return .zero
  }

  private static func getRobustList(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let thread = Int(c.int(0))
    let own = try c.host(.gettid)
    guard thread == 0 || thread == own else {
      // The host knows whether it exists and may be looked at, and where the list is.
      return try c.pass(thread, c.output(1, 8), c.output(2, 8))
    }
    try c.store(robustHeadSize, to: c.raw(2))
    try c.store(c.thread.robustList, to: c.raw(1))
    return .zero
  }

  /// Restartable sequences promise that a sequence starts anew when its thread is preempted in it. Guest code runs in
  /// an interpreter, of whose preemption nobody is told; without the promise two threads of one processor would break
  /// each other's data. C libraries and allocators do without when they are told so.
  private static func rseq(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome { throw .ENOSYS }

  // MARK: - Futexes

  private enum Futex {
    static let commandMask: Int32 = 0x7f
    static let wait: Int32 = 0, wake: Int32 = 1, requeue: Int32 = 3, compareRequeue: Int32 = 4, wakeOp: Int32 = 5
    static let lockPI: Int32 = 6, waitBitset: Int32 = 9, waitRequeuePI: Int32 = 11, compareRequeuePI: Int32 = 12
    static let lockPI2: Int32 = 13
  }

  /// The host's futexes work on guest memory as it is: it is the host's own, private or shared alike.
  private static func futex(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let command = c.int(1) & Futex.commandMask
    let fourth: Int
    switch command {
    case Futex.wait, Futex.waitBitset, Futex.lockPI, Futex.waitRequeuePI, Futex.lockPI2: fourth = c.input(3, 16)
    default: fourth = c.arg(3)
    }
    let second: Int
    switch command {
    case Futex.requeue, Futex.compareRequeue, Futex.wakeOp, Futex.waitRequeuePI, Futex.compareRequeuePI:
      second = c.output(4, 4)
    default: second = 0
    }
    guard command == Futex.wait, c.raw(3) != 0 else {
      // A wait until a point of time goes on after a stop, but never after a handler (futex_wait_restart).
      let hasLimit = command == Futex.waitBitset && c.raw(3) != 0
      return try c.pass(
        c.output(0, 4), c.arg(1), c.arg(2), fourth, second, c.arg(5), restart: hasLimit ? .ERESTARTNOHAND : .ERESTARTSYS
      )
    }
    return try waitRelative(c)
  }

  /// FUTEX_WAITV_MAX, and sizeof(struct futex_waitv): value, address, size and flags, a word that must be 0.
  private static let waitvLimit: UInt64 = 128, waitvSize = 24

  /// The host gets a copy in which no address leads out of guest memory.
  private static func futexWaitv(_ c: inout SyscallContext) throws(Errno) -> SyscallOutcome {
    let count = UInt64(UInt32(truncatingIfNeeded: c.raw(1)))
    guard count != 0, count <= waitvLimit, c.raw(0) != 0 else {
      return try c.pass(c.raw(0) == 0 ? 0 : SyscallContext.unmappedAddress, c.arg(1), c.arg(2), 0, c.arg(4))
    }
    let copy = try c.copyIn(c.raw(0), Int(count) * waitvSize)
    for index in 0..<Int(count) {
      let place = index * waitvSize + 8
      let address = c.structure(copy.loadUnaligned(fromByteOffset: place, as: UInt64.self), 4, .read)
      copy.storeBytes(of: address, toByteOffset: place, as: Int.self)
    }
    return try c.pass(Int(bitPattern: copy.baseAddress), c.arg(1), c.arg(2), c.input(3, 16), c.arg(4))
  }

  /// FUTEX_WAIT with a timeout, which counts from the start of the call however often it is interrupted.
  private static func waitRelative(_ c: SyscallContext) throws(Errno) -> SyscallOutcome {
    let time: timespec = try c.load(c.raw(3))
    // A bad time is the host's to refuse.
    let deadline = time.isValid ? MonotonicTime.now.advanced(time) : nil
    return try wait(c, c.raw(0), c.arg(1), c.arg(2), time, deadline)
  }

  /// FUTEX_WAIT goes on after an interruption without a handler.
  static func resumeWait(
    _ c: SyscallContext, _ address: UInt64, _ operation: Int, _ value: Int, _ deadline: MonotonicTime
  ) throws(Errno) -> SyscallOutcome {
    try wait(c, address, operation, value, deadline.timeLeft, deadline)
  }

  private static func wait(
    _ c: SyscallContext, _ address: UInt64, _ operation: Int, _ value: Int, _ time: timespec, _ deadline: MonotonicTime?
  ) throws(Errno) -> SyscallOutcome {
    let place = c.scratch.allocate(MemoryLayout<timespec>.size)
    place.storeBytes(of: time, as: timespec.self)
    let result = c.hostOnce(.futex, c.structure(address, 4, .write), operation, value, Int(bitPattern: place))
    if result >= 0 { return .value(result) }
    guard result == -Int(Errno.EINTR.rawValue) else { throw Errno(Int32(truncatingIfNeeded: -result)) }
    // A restart by the guest would wait for the whole time once more; the kernel uses a restart block, and so no
    // handler's SA_RESTART helps.
    guard let deadline else { throw .EINTR }
    c.thread.restartBlock = .futexWait(address: address, operation: operation, value: value, deadline: deadline)
    throw c.interruption(.ERESTART_RESTARTBLOCK)
  }
}
