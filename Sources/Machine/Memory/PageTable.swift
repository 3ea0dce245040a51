import Glibc
import LinuxABI

/// The linear page table: one byte of `PageBits` for each of the 2^34 guest pages, reserved sparse.
///
/// It is a cache of the VMAs, filled by page faults. A bitmap with one bit per 4096 bytes of table ("leaf", 16 MiB of
/// guest memory) says which of them were ever written, so that no operation reads or writes, and so allocates, a
/// part of the table that nobody uses.
struct PageTable {
  /// The byte of page 0; the hot path indexes it with `address >> 12`.
  let base: UnsafeMutablePointer<UInt8>
  private let touched: UnsafeMutablePointer<UInt64>

  private static let pageCount = GuestAddress.ceiling >> GuestAddress.pageShift
  private static let leafShift: UInt64 = 12
  private static let leafSize: UInt64 = 4096
  private static let bitmapBytes = Int(pageCount >> (leafShift + 3))
  /// From this many whole leaves on, giving them back to the host is cheaper than zeroing them
  /// (a leaf is zeroed in some 60 ns, and costs a demand-zero fault of microseconds when used again).
  private static let discardThreshold: UInt64 = 64

  /// Reserves the table; ENOMEM where the host refuses (RLIMIT_AS, or overcommit_memory 2).
  init() throws(Errno) {
    base = try Self.reserve(Int(Self.pageCount)).assumingMemoryBound(to: UInt8.self)
    do throws(Errno) {
      touched = try Self.reserve(Self.bitmapBytes).assumingMemoryBound(to: UInt64.self)
    } catch {
      munmap(base, Int(Self.pageCount))
      throw error
    }
    // One touched page must not cost two megabytes where transparent huge pages are always on.
    madvise(base, Int(Self.pageCount), MADV_NOHUGEPAGE)
  }

  func destroy() {
    munmap(base, Int(Self.pageCount))
    munmap(touched, Self.bitmapBytes)
  }

  private static func reserve(_ size: Int) throws(Errno) -> UnsafeMutableRawPointer {
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), memory != MAP_FAILED else {
      throw Errno(errno)
    }
    return memory
  }

  /// The bits of a page; `page` must be below 2^34.
  @inline(__always) subscript(page: UInt64) -> UInt8 {
    get { base[Int(truncatingIfNeeded: page)] }
    nonmutating set {
      base[Int(truncatingIfNeeded: page)] = newValue
      touched[Int(truncatingIfNeeded: page >> 18)] |= 1 << (page >> Self.leafShift & 63)
    }
  }

  /// Calls `body` with the bytes of each written leaf's share of [first, end), and the page of the first of them.
  @inline(__always)
  func forEachTouchedRun(_ first: UInt64, _ end: UInt64, _ body: (UnsafeMutableBufferPointer<UInt8>, UInt64) -> Void) {
    var page = first
    while page < end {
      let leaf = page >> Self.leafShift
      let word = touched[Int(truncatingIfNeeded: leaf >> 6)] >> (leaf & 63)
      guard word != 0 else {
        page = ((leaf | 63) &+ 1) << Self.leafShift
        continue
      }
      let skip = UInt64(truncatingIfNeeded: word.trailingZeroBitCount)
      if skip != 0 { page = (leaf &+ skip) << Self.leafShift }
      guard page < end else { return }
      let stop = min(end, (page >> Self.leafShift &+ 1) << Self.leafShift)
      body(.init(start: base + Int(truncatingIfNeeded: page), count: Int(truncatingIfNeeded: stop &- page)), page)
      page = stop
    }
  }

  /// Makes the pages [first, end) absent.
  func clear(_ first: UInt64, _ end: UInt64) {
    let firstLeaf = (first &+ Self.leafSize &- 1) >> Self.leafShift
    let endLeaf = end >> Self.leafShift
    if endLeaf > firstLeaf, endLeaf &- firstLeaf >= Self.discardThreshold {
      discard(firstLeaf, endLeaf)
    }
    forEachTouchedRun(first, end) { run, _ in memset(run.baseAddress!, 0, run.count) }
  }

  /// Makes pages absent that stay mapped: what watches them goes on doing so.
  func clearKeepingWatch(_ first: UInt64, _ end: UInt64) {
    forEachTouchedRun(first, end) { run, _ in
      for index in run.indices { run[index] &= PageBits.watched }
    }
  }

  /// Makes pages clean, so that the next store to each takes a fault.
  func clean(_ first: UInt64, _ end: UInt64) {
    forEachTouchedRun(first, end) { run, _ in
      for index in run.indices { run[index] &= ~(PageBits.dirty | PageBits.writable) }
    }
  }

  /// Gives the leaves [first, end) back to the host, if any was written.
  private func discard(_ first: UInt64, _ end: UInt64) {
    var any = false
    var leaf = first
    while leaf < end {
      let count = min(end &- leaf, 64 &- (leaf & 63))
      let mask: UInt64 = (count == 64 ? ~0 : (1 << count) &- 1) << (leaf & 63)
      let index = Int(truncatingIfNeeded: leaf >> 6)
      if touched[index] & mask != 0 {
        touched[index] &= ~mask
        any = true
      }
      leaf &+= count
    }
    guard any else { return }
    let start = base + Int(truncatingIfNeeded: first << Self.leafShift)
    madvise(start, Int(truncatingIfNeeded: (end &- first) << Self.leafShift), MADV_DONTNEED)
  }

  /// Moves the bits of `count` pages, leaving the old ones absent; the ranges must not overlap.
  func move(from first: UInt64, to target: UInt64, count: UInt64) {
    clear(target, target &+ count)
    forEachTouchedRun(first, first &+ count) { run, page in
      let destination = target &+ (page &- first)
      memcpy(base + Int(truncatingIfNeeded: destination), run.baseAddress!, run.count)
      let last = (destination &+ UInt64(truncatingIfNeeded: run.count) &- 1) >> Self.leafShift
      for leaf in destination >> Self.leafShift...last {
        touched[Int(truncatingIfNeeded: leaf >> 6)] |= 1 << (leaf & 63)
      }
      memset(run.baseAddress!, 0, run.count)
    }
  }

  /// Gives the present pages of [first, end) the rights of a VMA whose protection has changed.
  ///
  /// As in hardware, a present page stays present. It becomes writable at once only when it is dirty already, holds
  /// no code and is not watched; else the first store takes a fault, which keeps `dirty` exact.
  func protect(_ first: UInt64, _ end: UInt64, _ protection: Protection) {
    let accessible: UInt8 = protection.isEmpty ? 0 : PageBits.readable
    let executable: UInt8 = protection.contains(.execute) ? PageBits.executable : 0
    let writable: UInt8 = protection.contains(.write) ? PageBits.writable : 0
    let rights = PageBits.readable | PageBits.writable | PageBits.executable
    forEachTouchedRun(first, end) { run, _ in
      for index in run.indices {
        let bits = run[index]
        let present = 0 &- (bits >> 7)
        let unwatched = (bits >> 4 & 1) &- 1
        let dirty = 0 &- (bits >> 6 & 1)
        let uncoded = (bits >> 3 & 1) &- 1
        let granted = accessible & unwatched | executable | writable & unwatched & dirty & uncoded
        run[index] = bits & ~rights | present & granted
      }
    }
  }

  /// How many of the pages [first, end) have all of `bits`.
  func count(_ first: UInt64, _ end: UInt64, having bits: UInt8) -> UInt64 {
    var total: UInt64 = 0
    forEachTouchedRun(first, end) { run, _ in
      for byte in run where byte & bits == bits { total &+= 1 }
    }
    return total
  }
}
