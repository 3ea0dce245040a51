import CHost
import CMachine
import LinuxABI
import Machine

/// A thread of the guest: its registers, and what the kernel keeps for each thread (the kernel's task_struct).
///
/// It runs on a host thread of its own, whose number is the guest thread's too. Everything here belongs to that host
/// thread; others only ask for its attention.
package final class GuestThread {
  package unowned let process: Process
  package let cpu: CPU
  /// The thread's number (man 2 gettid), which is the host's.
  package internal(set) var number: Int32
  /// Blocked signals, bit n - 1 for signal n. The host's mask is the same (`SignalState.hostMask`).
  package internal(set) var mask: UInt64
  /// The mask of a call such as sigsuspend that waits under another one; a handler that ends the wait starts from it.
  var temporaryMask: UInt64?
  /// The alternate stack (man 2 sigaltstack).
  package internal(set) var alternateStack = AlternateStack()
  /// What the host's signal handlers record.
  let slot: UnsafeMutablePointer<swemu_signal_slot>
  /// The last exception, which every signal frame shows.
  var lastTrap = TrapRecord()

  /// Where a 0 goes, and a futex is woken, when the thread ends (man 2 set_tid_address).
  package var clearChildTID: UInt64 = 0
  /// Head of the list of robust futexes (man 2 set_robust_list).
  package var robustList: UInt64 = 0
  /// What restart_syscall goes on with.
  var restartBlock: RestartBlock?
  /// Why the last system call was not finished and is about to be made again; a handler may change that.
  var interruptedCall: Errno?
  /// Memory that lasts until the call is served.
  let scratch = Scratch()

  init(process: Process, cpu: CPU, mask: UInt64) {
    self.process = process
    self.cpu = cpu
    self.mask = mask
    number = Int32(truncatingIfNeeded: hostCall(.gettid))
    slot = .allocate(capacity: 1)
    slot.initialize(to: swemu_signal_slot())
    slot.pointee.attention = cpu.attentionWord
    slot.pointee.cpu = UnsafeMutableRawPointer(cpu)
    cpu.pointee.thread = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit { slot.deallocate() }

  /// The calling host thread runs this guest thread from now on.
  func adopt() {
    number = Int32(truncatingIfNeeded: hostCall(.gettid))
    swemu_set_signal_slot(slot)
  }

  /// In the child of a fork, whose only thread this is: nothing is pending, and there are no robust futexes.
  func becomeForkChild() {
    adopt()
    slot.pointee.signal = 0
    slot.pointee.is_full = 0
    slot.pointee.own_pending = 0
    (robustList, clearChildTID, restartBlock) = (0, 0, nil)
    // The host blocks everything while a signal is recorded.
    setMask(mask)
  }

  /// At the point of no return of an exec.
  func becomeNewProgram() {
    (robustList, clearChildTID, restartBlock, interruptedCall) = (0, 0, nil, nil)
    alternateStack = AlternateStack()
  }

  /// The thread whose registers these are.
  @inline(__always) static func of(_ cpu: CPU) -> GuestThread? {
    guard let object = cpu.pointee.thread else { return nil }
    return Unmanaged<GuestThread>.fromOpaque(object).takeUnretainedValue()
  }

  // MARK: - Attention

  /// Asks the thread to leave guest code, and the system call that it may sit in.
  package func interrupt(_ reason: swemu_attention) {
    swemu_attention_set(cpu, reason.rawValue)
    _ = swemu_wake_thread(Int32(truncatingIfNeeded: hostCall(.getpid)), number)
  }
}

/// What the processor said about the last exception of a thread (thread_struct: trap_nr, error_code, cr2).
struct TrapRecord {
  var number: UInt32 = 0
  var errorCode: UInt32 = 0
  var address: UInt64 = 0
}

extension CPU {
  /// Where others ask for the thread's attention.
  @inline(__always) var attentionWord: UnsafeMutablePointer<UInt32> {
    (UnsafeMutableRawPointer(self) + (MemoryLayout<swemu_cpu>.offset(of: \.attention) ?? 0))
      .assumingMemoryBound(to: UInt32.self)
  }
}
