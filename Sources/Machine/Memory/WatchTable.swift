/// A range of guest memory that a debugger wants to hear of.
package struct Watch: Sendable, Equatable {
  /// The debugger's number for it.
  package var identifier: Int
  package var start: UInt64
  package var end: UInt64
  /// Whether reads count as well as writes.
  package var includesReads: Bool

  package init(identifier: Int, start: UInt64, end: UInt64, includesReads: Bool) {
    self.identifier = identifier
    self.start = start
    self.end = end
    self.includesReads = includesReads
  }
}

/// An access to a watched range.
package struct WatchHit: Sendable {
  package var watch: Watch
  /// What of the watched range was touched.
  package var address: UInt64
  /// What those bytes were before, at most `WatchTable.recordedBytes` of them.
  package var before: [UInt8]
  package var count: UInt64
  /// An instruction that reads and writes the same operand counts as one that writes.
  package var isWrite: Bool
  /// Made by a system call; then a write says only that the call could write there.
  package var isKernel: Bool
  /// The instruction, which has completed; 0 for a system call.
  package var rip: UInt64
}

/// The watched ranges of an address space, by address.
///
/// `@unchecked Sendable`: the ranges do not change after `init`; `kernelHits` is guarded by the lock of the address
/// space, under which both its writers and `AddressSpace.takeKernelHits` run.
package final class WatchTable: @unchecked Sendable {
  package let watches: [Watch]
  /// The longest range; bounds the search for overlaps.
  private let longest: UInt64
  /// For each watched page the rights that it must not show.
  let withheld: [UInt64: UInt8]
  fileprivate var kernelHits: [WatchHit] = []

  /// How many bytes of a touched range are kept.
  package static let recordedBytes: UInt64 = 4096
  /// Hits kept of one system call.
  private static let hitLimit = 1024

  init(_ watches: [Watch]) {
    self.watches = watches.filter { $0.start < $0.end }.sorted { $0.start < $1.start }
    longest = self.watches.reduce(0) { max($0, $1.end &- $1.start) }
    var pages: [UInt64: UInt8] = [:]
    for watch in self.watches where watch.start < GuestAddress.ceiling {
      let rights = PageBits.writable | (watch.includesReads ? PageBits.readable : 0)
      let last = (min(watch.end, GuestAddress.ceiling) &- 1) >> GuestAddress.pageShift
      for page in watch.start >> GuestAddress.pageShift...last { pages[page, default: 0] |= rights }
    }
    withheld = pages
  }

  /// Calls `body` for each watched range that overlaps the access.
  @inline(__always)
  func forEachOverlap(_ address: UInt64, _ count: UInt64, isWrite: Bool, _ body: (Watch) -> Void) {
    let end = address &+ count
    guard end > address else { return }
    var low = 0
    var high = watches.count
    while low < high {
      let middle = (low + high) / 2
      if watches[middle].start < end { low = middle + 1 } else { high = middle }
    }
    while low > 0 {
      low -= 1
      let watch = watches[low]
      if end &- watch.start > longest &+ count { return }
      if watch.end > address, isWrite || watch.includesReads { body(watch) }
    }
  }

  /// The hit that an access makes; its bytes must be readable at their own address.
  static func hit(_ watch: Watch, _ address: UInt64, _ count: UInt64, isWrite: Bool, rip: UInt64, isKernel: Bool)
    -> WatchHit
  {
    let start = max(address, watch.start)
    let end = min(address &+ count, watch.end)
    let kept = min(end &- start, recordedBytes)
    let bytes = [UInt8](UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: UInt(start)), count: Int(kept)))
    return WatchHit(
      watch: watch, address: start, before: bytes, count: end &- start, isWrite: isWrite, isKernel: isKernel, rip: rip)
  }

  /// A system call is about to access bytes that are there.
  func noteKernelAccess(_ address: UInt64, _ count: UInt64, isWrite: Bool) {
    forEachOverlap(address, count, isWrite: isWrite) { watch in
      guard kernelHits.count < Self.hitLimit else { return }
      kernelHits.append(Self.hit(watch, address, count, isWrite: isWrite, rip: 0, isKernel: true))
    }
  }
}

extension AddressSpace {
  /// Watches these ranges and no others. No guest thread may run.
  ///
  /// Pages that hold one lose the rights that accesses to it need, so that those come to the slow path, which compares
  /// addresses. All other pages are as before.
  package func setWatches(_ ranges: [Watch]) {
    locked {
      for (page, _) in watches?.withheld ?? [:] { table[page] &= ~PageBits.watched }
      let new = WatchTable(ranges)
      watches = new.watches.isEmpty ? nil : new
      for (page, rights) in new.withheld { table[page] = (table[page] | PageBits.watched) & ~rights }
    }
  }

  /// The watched ranges that system calls accessed since this was asked last.
  package func takeKernelHits() -> [WatchHit] {
    guard let watches else { return [] }
    return locked {
      defer { watches.kernelHits = [] }
      return watches.kernelHits
    }
  }

  /// What a page with the `watched` bit must not show; nothing, if it has the bit because it was moved here.
  func withheldRights(_ page: UInt64) -> UInt8 {
    guard let watches else { return PageBits.readable | PageBits.writable }
    return watches.withheld[page] ?? 0
  }

  /// Drops the blocks that cover a byte of [start, end), so that they are built anew.
  package func dropCode(_ start: UInt64, _ end: UInt64) {
    locked { revokeCode(GuestAddress.pageStart(start), GuestAddress.pageAlign(end)) }
  }

  /// The `PageBits` of the page at `address`; 0 where no page can be.
  package func pageBits(at address: UInt64) -> UInt8 {
    address < GuestAddress.ceiling ? table[address >> GuestAddress.pageShift] : 0
  }
}
