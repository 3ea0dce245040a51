import CMachine

/// Where indirect branches went lately: a direct-mapped table of (guest address, micro-op) pairs.
enum JumpCache {
  static let entryCount = 4096

  /// Index of the pair for `target`, in 64-bit words.
  @inline(__always) static func slot(_ target: UInt64) -> Int {
    Int(truncatingIfNeeded: (target ^ (target >> 12)) & UInt64(entryCount - 1)) &* 2
  }
}
