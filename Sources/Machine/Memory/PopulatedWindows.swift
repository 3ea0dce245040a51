/// Ranges of file pages that the host has lately mapped whole: the last few, so that a program that jumps about in its
/// text asks the host once for each of them.
struct PopulatedWindows {
  /// 64 windows of 64 KiB are more text than most programs touch.
  private static let capacity = 64

  private var windows: [(start: UInt64, end: UInt64)] = []
  /// The one that is replaced next, when all are in use.
  private var oldest = 0

  func contains(_ address: UInt64) -> Bool {
    for window in windows where address >= window.start && address < window.end { return true }
    return false
  }

  mutating func insert(_ start: UInt64, _ end: UInt64) {
    guard windows.count == Self.capacity else {
      windows.append((start, end))
      return
    }
    windows[oldest] = (start, end)
    oldest = (oldest + 1) % Self.capacity
  }

  /// Mappings have changed, or a file has.
  mutating func removeAll() {
    guard !windows.isEmpty else { return }
    windows.removeAll(keepingCapacity: true)
    oldest = 0
  }
}
