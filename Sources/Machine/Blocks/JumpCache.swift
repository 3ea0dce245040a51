import CMachine
import Glibc

/// Where indirect branches went lately: a direct-mapped table of (guest address, micro-op) pairs.
enum JumpCache {
  static let entryCount = 4096
  private static let byteCount = entryCount * 2 * MemoryLayout<UInt64>.stride

  /// An empty cache, of pages that cost nothing before they are used.
  ///
  /// An empty entry is zero and matches nothing, because address 0 belongs to the first entry, which has another.
  static func make() -> UnsafeMutablePointer<UInt64> {
    let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { preconditionFailure("no memory for the jump cache") }
    let cache = memory.bindMemory(to: UInt64.self, capacity: entryCount * 2)
    cache[0] = .max
    return cache
  }

  static func free(_ cache: UnsafeMutablePointer<UInt64>) { munmap(cache, byteCount) }

  /// Index of the pair for `target`, in 64-bit words.
  @inline(__always) static func slot(_ target: UInt64) -> Int {
    Int(truncatingIfNeeded: (target ^ (target >> 12)) & UInt64(entryCount - 1)) &* 2
  }
}
