import Glibc
import LinuxABI
import Machine

/// The resource limits that are kept here, because on the host they would bind the emulator (man 2 getrlimit):
/// address space, data, stack and locked memory. All others are the host's.
struct ResourceLimits {
  struct Pair: Equatable {
    var current: UInt64
    var maximum: UInt64
  }

  /// RLIMIT_DATA, RLIMIT_STACK, RLIMIT_MEMLOCK, RLIMIT_AS by number.
  static let data = 2, stack = 3, memoryLock = 8, addressSpace = 9
  /// `RLIM_NLIMITS`.
  static let count = 16

  /// As /proc/PID/limits calls them.
  static let names = [
    "Max data size": data, "Max stack size": stack, "Max locked memory": memoryLock, "Max address space": addressSpace,
  ]

  private var pairs: [Int: Pair] = [:]

  /// The limit on a resource that is kept here; nil for others.
  subscript(_ resource: Int) -> Pair? {
    get { pairs[resource] }
    set { pairs[resource] = newValue }
  }

  /// Takes over what the emulator was started with, and what the address space was told already.
  init(memory: MemoryLimits) {
    for resource in Self.names.values {
      var limit = rlimit()
      getrlimit(__rlimit_resource_t(UInt32(resource)), &limit)
      pairs[resource] = Pair(current: UInt64(limit.rlim_cur), maximum: UInt64(limit.rlim_max))
    }
    pairs[Self.stack]?.current = memory.stack
    if let maximum = pairs[Self.stack]?.maximum { pairs[Self.stack]?.maximum = max(maximum, memory.stack) }
  }

  init() {}

  /// Makes the limits count for the guest's memory.
  func apply(to memory: AddressSpace) {
    if let pair = pairs[Self.addressSpace] { memory.limits.addressSpace = pair.current }
    if let pair = pairs[Self.data] { (memory.limits.data, memory.limits.dataHard) = (pair.current, pair.maximum) }
    if let pair = pairs[Self.stack] { memory.limits.stack = pair.current }
    if let pair = pairs[Self.memoryLock] { memory.limits.locked = pair.current }
  }
}
