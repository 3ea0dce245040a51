/// Memory of the emulator for the length of one system call: copies of paths, vectors and structures.
///
/// Nothing is freed by hand; `reset` at the end of the call gives everything back.
final class Scratch {
  private let base: UnsafeMutableRawPointer
  private var used = 0
  /// Blocks that did not fit.
  private var large: [UnsafeMutableRawPointer] = []

  private static let capacity = 32 << 10

  init() { base = .allocate(byteCount: Self.capacity, alignment: 16) }

  deinit {
    reset()
    base.deallocate()
  }

  /// `count` bytes aligned to 16, uninitialised. The caller has bounded `count`.
  func allocate(_ count: Int) -> UnsafeMutableRawPointer {
    let size = (max(count, 1) &+ 15) & ~15
    if size <= Self.capacity &- used {
      defer { used &+= size }
      return base + used
    }
    let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    large.append(block)
    return block
  }

  /// Frees what was allocated since the last reset.
  @inline(__always) func reset() {
    used = 0
    if !large.isEmpty { freeLarge() }
  }

  private func freeLarge() {
    for block in large { block.deallocate() }
    large.removeAll()
  }
}
