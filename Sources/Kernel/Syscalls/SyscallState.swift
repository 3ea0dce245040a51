import LinuxABI

/// What the kernel keeps about a process for its system calls.
///
/// It belongs to the thread that serves a call; nothing in it is touched while guest code runs.
package final class SyscallState {
  let scratch = Scratch()
  /// Where a 0 goes, and a futex is woken, when the thread ends (man 2 set_tid_address).
  package var clearChildTID: UInt64 = 0
  /// Head of the list of robust futexes (man 2 set_robust_list).
  package var robustList: UInt64 = 0
  /// Calls served, by number.
  let counts: UnsafeMutablePointer<UInt64>
  /// Calls without a row, by number, for `--stats`.
  package private(set) var unknown: [Int: UInt64] = [:]

  package init() {
    counts = .allocate(capacity: SyscallTable.capacity)
    counts.initialize(repeating: 0, count: SyscallTable.capacity)
  }

  deinit { counts.deallocate() }

  func countUnknown(_ number: Int) { unknown[number, default: 0] &+= 1 }

  /// How often each system call was made, for `--stats`.
  package var served: [(name: String, count: UInt64)] {
    (0..<SyscallTable.capacity).compactMap { number in
      counts[number] == 0 ? nil : (SyscallNumber(rawValue: number).map { "\($0)" } ?? "\(number)", counts[number])
    }
  }
}
