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

  /// Where a 0 goes, and a futex is woken, when the thread ends (man 2 set_tid_address). The host does it, except for
  /// a leader that ends before the other threads.
  package var clearChildTID: UInt64 = 0
  /// What clone asked for, until the thread has begun.
  var request: CloneRequest?
  /// The stack of its host thread; nil on the one that the process began with.
  var hostStack: HostStacks.Stack?
  /// Keeps the host thread from beginning until everything about it is written down.
  let gate: UnsafeMutablePointer<UInt32>
  /// Prints its system calls, once there are several threads.
  var tracer: StracePrinter?
  /// Head of the list of robust futexes (man 2 set_robust_list).
  package var robustList: UInt64 = 0
  /// What restart_syscall goes on with.
  var restartBlock: RestartBlock?
  /// Why the last system call was not finished and is about to be made again; a handler may change that.
  var interruptedCall: Errno?
  /// Memory that lasts until the call is served.
  let scratch = Scratch()

  /// - Parameter number: 0 for a thread whose host thread is to be started.
  init(process: Process, cpu: CPU, mask: UInt64, number: Int32) {
    self.process = process
    self.cpu = cpu
    self.mask = mask
    self.number = number
    gate = .allocate(capacity: 1)
    gate.initialize(to: 0)
    slot = .allocate(capacity: 1)
    slot.initialize(to: swemu_signal_slot())
    slot.pointee.attention = cpu.attentionWord
    slot.pointee.cpu = UnsafeMutableRawPointer(cpu)
    cpu.pointee.thread = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    slot.deallocate()
    gate.deallocate()
  }

  /// The calling host thread runs this guest thread from now on.
  func adopt() {
    number = Int32(truncatingIfNeeded: hostCall(.gettid))
    swemu_set_signal_slot(slot)
    slot.pointee.is_busy = 1
  }

  /// In the child of a fork, whose only thread this is: nothing is pending, and there are no robust futexes.
  func becomeForkChild() {
    adopt()
    slot.pointee.signal = 0
    slot.pointee.is_full = 0
    slot.pointee.own_pending = 0
    (robustList, clearChildTID, restartBlock, request, tracer) = (0, 0, nil, nil, nil)
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

  // MARK: - Rest

  /// Whether the thread runs guest code, or serves a call.
  var isBusy: Bool { swemu_load_word(busyWord) != 0 }

  private var busyWord: UnsafeMutablePointer<UInt32> {
    (UnsafeMutableRawPointer(slot) + (MemoryLayout<swemu_signal_slot>.offset(of: \.is_busy) ?? 0))
      .assumingMemoryBound(to: UInt32.self)
  }

  /// Runs `body`, which waits for something and touches nothing that threads share.
  @inline(__always) func rest<Result>(_ body: () -> Result) -> Result {
    guard process.machine.isParallel else { return body() }
    pause()
    defer { resume() }
    return body()
  }

  /// The thread is at rest from here on, until `resume`.
  @inline(__always) func pause() { swemu_store_word(busyWord, 0) }

  /// The thread is busy again, once nobody holds it.
  @inline(__always) func resume() {
    swemu_store_word(busyWord, 1)
    if cpu.pointee.attention & SWEMU_ATTENTION_HOLD.rawValue != 0 { standStill() }
  }

  /// Waits as long as somebody holds the threads.
  @inline(never) func standStill() {
    while cpu.pointee.attention & SWEMU_ATTENTION_HOLD.rawValue != 0 {
      pause()
      process.threads.waitUntilLetGo()
      swemu_store_word(busyWord, 1)
    }
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
