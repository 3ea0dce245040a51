import LinuxABI

extension AddressSpace {
  /// Notes that blocks were made from the page, so that a write to it, through whatever mapping, comes to `fault`.
  ///
  /// - Parameter page: an address shifted right by 12.
  package func markCode(page: UInt64) {
    guard page < GuestAddress.ceiling >> GuestAddress.pageShift, table[page] & PageBits.hasCode == 0 else { return }
    locked {
      let address = page << GuestAddress.pageShift
      guard let index = tree.index(containing: address), tree[index].flags.contains(.execute) else { return }
      let bits = table[page]
      // A store that was checked before must be done before the code is read.
      if bits & PageBits.writable != 0 { stopThreads(address, address &+ GuestAddress.pageSize) }
      table[page] = (bits | PageBits.hasCode) & ~PageBits.writable
      codePages += 1
      // A private page that was written is the process's own; any other is what the file's shared mappings show.
      guard let key = tree[index].backing?.key, tree[index].isShared || bits & PageBits.dirty == 0 else { return }
      codeBackings.insert(key)
      let offset = tree[index].pageOffset(of: address)
      forEachAlias(key, offset, offset &+ 1) { start, _, vma in
        if vma.flags.contains(.shared) { table[start >> GuestAddress.pageShift] &= ~PageBits.writable }
      }
    }
  }

  /// A file was written or truncated by a system call: drops the code of its pages in [start, end) bytes.
  ///
  /// Also makes pages beyond the end of a truncated file fault again: pass the new size as `start` and `.max` as `end`.
  package func fileWritten(device: UInt64, inode: UInt64, start: UInt64, end: UInt64, truncated: Bool = false) {
    locked {
      let key = FileBacking.Key(device: device, inode: inode)
      guard start < end, truncated || codeBackings.contains(key) else { return }
      let first = start >> GuestAddress.pageShift
      let last = (end &- 1) >> GuestAddress.pageShift &+ 1
      revokeAliases(key, first, last)
      guard truncated else { return }
      populated.removeAll()
      // The page that the end lies in stays.
      let gone = (start &+ GuestAddress.pageMask) >> GuestAddress.pageShift
      forEachAlias(key, gone, last) { low, high, _ in
        table.clear(low >> GuestAddress.pageShift, high >> GuestAddress.pageShift)
      }
    }
  }

  /// Watches [start, end), or stops doing so: watched pages have neither `readable` nor `writable`, so each access comes
  /// to the slow path.
  package func setWatched(_ start: UInt64, _ end: UInt64, _ watched: Bool) {
    locked {
      let (first, last) = pages(start, min(GuestAddress.pageAlign(end), GuestAddress.ceiling))
      guard first < last else { return }
      for page in first..<last {
        let bits = table[page]
        if watched {
          table[page] = (bits | PageBits.watched) & ~(PageBits.readable | PageBits.writable)
        } else if bits & PageBits.watched != 0 {
          table[page] = bits & ~PageBits.watched
        }
      }
    }
  }

  /// Calls `body` with each mapped range of the pages [first, end) of a file or shared object, and its VMA.
  func forEachAlias(
    _ key: FileBacking.Key, _ first: UInt64, _ end: UInt64, _ body: (_ start: UInt64, _ end: UInt64, VMA) -> Void
  ) {
    for index in tree.indices where tree[index].backing?.key == key {
      let vma = tree[index]
      let low = max(first, vma.pageOffset)
      let high = min(end, vma.pageOffset &+ vma.pages)
      guard low < high else { continue }
      body(
        vma.start &+ (low &- vma.pageOffset) << GuestAddress.pageShift,
        vma.start &+ (high &- vma.pageOffset) << GuestAddress.pageShift, vma)
    }
  }

  /// Drops the code of every mapping of the pages [first, end) of a file or shared object. Returns whether any had some.
  @discardableResult
  func revokeAliases(_ key: FileBacking.Key, _ first: UInt64, _ end: UInt64) -> Bool {
    let before = codePages
    forEachAlias(key, first, end) { start, end, _ in revokeCode(start, end) }
    return codePages != before
  }

  /// Tells the observer of cached code in [start, end), and takes `hasCode` away.
  func revokeCode(_ start: UInt64, _ end: UInt64) {
    guard codePages > 0 else { return }
    table.forEachTouchedRun(start >> GuestAddress.pageShift, end >> GuestAddress.pageShift) { run, first in
      var index = 0
      while index < run.count {
        guard run[index] & PageBits.hasCode != 0 else {
          index &+= 1
          continue
        }
        let low = index
        while index < run.count, run[index] & PageBits.hasCode != 0 {
          run[index] &= ~PageBits.hasCode
          index &+= 1
        }
        codePages &-= index &- low
        let page = first &+ UInt64(truncatingIfNeeded: low)
        codeObserver?(
          page << GuestAddress.pageShift,
          (page &+ UInt64(truncatingIfNeeded: index &- low)) << GuestAddress.pageShift)
      }
    }
  }
}
