import LinuxABI
import Machine

/// What the kernel keeps about a process for its system calls.
///
/// It belongs to the thread that serves a call; nothing in it is touched while guest code runs.
package final class SyscallState {
  /// Dispositions of signals.
  package let signals = SignalState()
  /// Limits that are not the host's.
  var limits = ResourceLimits()
  private var hasLimits = false
  /// The execution domain (man 2 personality).
  package var personality: UInt32 = 0
  /// Numbers of the timers that timer_create made: exec deletes them, and children have none.
  var timers: Set<Int32> = []
  /// Prints each call (`--strace`).
  package var tracer: StracePrinter?
  /// Judges each call (`--sandbox`).
  package var sandbox: Sandbox?

  /// Calls served, by number.
  let counts: UnsafeMutablePointer<UInt64>
  /// Calls without a row, and refused ones, by number, for `--stats`.
  package private(set) var unknown: [Int: UInt64] = [:]
  /// Requests of ioctl, fcntl and prctl that are not served: "ioctl 0x5401".
  package private(set) var unknownRequests: [String: UInt64] = [:]

  package init() {
    counts = .allocate(capacity: SyscallTable.capacity)
    counts.initialize(repeating: 0, count: SyscallTable.capacity)
  }

  deinit { counts.deallocate() }

  /// In the child of a fork: it counts its own calls.
  func becomeForkChild() {
    counts.update(repeating: 0, count: SyscallTable.capacity)
    (unknown, unknownRequests) = ([:], [:])
    timers = []
  }

  /// At the point of no return of an exec.
  func becomeNewProgram() {
    signals.resetHandlers()
    for timer in timers { hostCall(.timer_delete, Int(timer)) }
    timers = []
  }

  func countUnknown(_ number: Int) {
    if unknown.count < 1024 || unknown[number] != nil { unknown[number, default: 0] &+= 1 }
  }

  func countUnknownRequest(_ call: String, _ request: UInt64) {
    let name = "\(call) 0x\(String(request, radix: 16))"
    if unknownRequests.count < 1024 || unknownRequests[name] != nil { unknownRequests[name, default: 0] &+= 1 }
  }

  /// Fetches the limits that the program starts with, once.
  func adoptLimits(_ memory: AddressSpace) {
    guard !hasLimits else { return }
    hasLimits = true
    limits = ResourceLimits(memory: memory.limits)
  }

  /// How many system calls were made.
  package var totalCount: UInt64 { (0..<SyscallTable.capacity).reduce(0) { $0 &+ counts[$1] } }

  /// How often each system call was made, for `--stats`.
  package var served: [(name: String, count: UInt64)] {
    (0..<SyscallTable.capacity).compactMap { number in
      counts[number] == 0 ? nil : (SyscallTable.name(number), counts[number])
    }
  }
}
