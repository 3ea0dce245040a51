import CMachine
import Glibc

/// Where indirect branches went lately: a direct-mapped table of (guest address, micro-op) pairs.
enum JumpCache {
  static let entryCount = 4096
  private static let byteCount = entryCount * 2 * MemoryLayout<UInt64>.stride

  /// An empty cache, of pages that cost nothing before they are used; nil where the host has no memory.
  ///
  /// An empty entry holds an address that belongs to another one, and so matches nothing: zero, in the first entry one.
  static func make() -> UnsafeMutablePointer<UInt64>? {
    let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    let cache = memory.bindMemory(to: UInt64.self, capacity: entryCount * 2)
    cache[0] = 1
    return cache
  }

  /// Notes where a target's block is. Only the thread itself adds entries; others make entries empty, with the lock of
  /// the address space held.
  @inline(__always) static func remember(_ target: UInt64, _ op: OpPointer, _ cpu: CPU) {
    let entry = cpu.pointee.jump_cache + slot(target)
    entry[1] = UInt64(UInt(bitPattern: op))
    swemu_publish(entry, target)
  }

  /// Makes an entry empty. What it led to stays where it is, for the thread may be reading it.
  @inline(__always) static func forget(_ entry: Int, _ cache: UnsafeMutablePointer<UInt64>) {
    swemu_publish(cache + entry, entry == 0 ? 1 : 0)
  }

  static func forgetAll(_ cache: UnsafeMutablePointer<UInt64>) {
    for entry in 0..<entryCount { forget(entry &* 2, cache) }
  }

  /// Index of the pair for `target`, in 64-bit words.
  @inline(__always) static func slot(_ target: UInt64) -> Int {
    Int(truncatingIfNeeded: (target ^ (target >> 12)) & UInt64(entryCount - 1)) &* 2
  }
}
