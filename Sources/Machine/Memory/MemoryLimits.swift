import LinuxABI

/// What bounds a guest's memory. Limits are bytes; `.max` means unlimited.
package struct MemoryLimits: Sendable {
  /// RLIMIT_AS.
  package var addressSpace: UInt64 = .max
  /// RLIMIT_DATA: private writable memory, stacks aside.
  package var data: UInt64 = .max
  /// The hard limit of RLIMIT_DATA, which counts where the soft one is 0 (may_expand_vm).
  package var dataHard: UInt64 = .max
  /// RLIMIT_STACK: how large a growsdown mapping may grow.
  package var stack: UInt64 = 8 << 20
  /// RLIMIT_MEMLOCK.
  package var locked: UInt64 = 8 << 20
  /// CAP_IPC_LOCK: `locked` does not apply.
  package var mayLockBeyondLimit = false
  /// `--max-memory`: memory that may become the guest's own (private writable and shared anonymous). It is enforced
  /// like overcommit_memory 2: at mmap, mprotect, brk and stack growth, with MAP_NORESERVE ignored.
  package var committed: UInt64 = .max
  /// vm.max_map_count.
  package var mapCount = 65530
  /// vm.mmap_min_addr.
  package var minimumAddress: UInt64 = HostMemory.minimum

  package init() {}
}

/// What is mapped, in pages; each change of a VMA keeps it.
package struct MemoryUsage: Hashable, Sendable {
  /// total_vm: everything mapped.
  package internal(set) var total: UInt64 = 0
  /// data_vm.
  package internal(set) var data: UInt64 = 0
  /// exec_vm.
  package internal(set) var code: UInt64 = 0
  /// stack_vm.
  package internal(set) var stack: UInt64 = 0
  /// locked_vm.
  package internal(set) var locked: UInt64 = 0
  /// Private writable and shared anonymous memory.
  package internal(set) var committed: UInt64 = 0

  /// Adds pages of a VMA; with a negative sign, takes them away.
  mutating func change(_ flags: VMAFlags, backing: FileBacking?, by pages: UInt64, adding: Bool) {
    let delta = adding ? pages : 0 &- pages
    total &+= delta
    if flags.isCode { code &+= delta }
    if flags.isStack { stack &+= delta } else if flags.isData { data &+= delta }
    if flags.contains(.locked) { locked &+= delta }
    if Self.commits(flags, backing) { committed &+= delta }
  }

  static func commits(_ flags: VMAFlags, _ backing: FileBacking?) -> Bool {
    flags.contains(.account) || backing?.isAnonymous == true
  }
}

/// Counts that `--stats`, getrusage and /proc/self/stat show.
package struct MemoryStatistics: Hashable, Sendable {
  /// Faults served from memory: zero pages, the page cache, copy on write.
  package internal(set) var minorFaults: UInt64 = 0
  /// Faults that had to read a file.
  package internal(set) var majorFaults: UInt64 = 0
  /// Minor faults that were the first write to a page read before.
  package internal(set) var copyOnWriteFaults: UInt64 = 0
  /// Faults that became a signal.
  package internal(set) var failedFaults: UInt64 = 0
  /// Times that a stack grew.
  package internal(set) var stackGrowths: UInt64 = 0
  /// Writes that met cached code.
  package internal(set) var codeWrites: UInt64 = 0
  /// The most pages ever mapped at a time (VmPeak).
  package internal(set) var peakPages: UInt64 = 0
}
