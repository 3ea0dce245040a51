import LinuxABI

extension AddressSpace {
  /// munmap(2) (do_vmi_munmap).
  package func unmap(_ address: UInt64, _ length: UInt64) throws(Errno) {
    try locked { () throws(Errno) in try unmapLocked(address, length) }
  }

  func unmapLocked(_ address: UInt64, _ unalignedLength: UInt64) throws(Errno) {
    guard GuestAddress.isAligned(address), address <= GuestAddress.taskSize,
      unalignedLength <= GuestAddress.taskSize &- address
    else { throw .EINVAL }
    let length = GuestAddress.pageAlign(unalignedLength)
    guard length != 0 else { throw .EINVAL }
    try unmapRange(address, address &+ length)
    checkInvariants()
  }

  /// Unmaps whatever lies in [start, end).
  func unmapRange(_ start: UInt64, _ end: UInt64) throws(Errno) {
    let range = tree.overlapping(start, end)
    guard let first = range.first, let last = range.last else { return }
    try checkUnmapCount(start, end)
    // No further than the VMAs reach: they are what the host has mapped.
    let start = max(start, tree[first].start)
    let end = min(end, tree[last].end)
    revoke(start, end)
    try HostMemory.unmap(start, end &- start)
    forget(start, end)
  }

  /// A hole inside one VMA makes two, which the bound on their number can forbid.
  func checkUnmapCount(_ start: UInt64, _ end: UInt64) throws(Errno) {
    guard let index = tree.index(containing: start) else { return }
    if tree[index].start < start, end < tree[index].end, tree.count >= limits.mapCount { throw .ENOMEM }
  }

  /// Takes cached code and page table bits away from a range that is about to be unmapped or replaced.
  func revoke(_ start: UInt64, _ end: UInt64) {
    stopThreads(start, end)
    for index in tree.overlapping(start, end) {
      let (low, high) = (max(start, tree[index].start), min(end, tree[index].end))
      revokeCode(low, high)
      table.clear(low >> GuestAddress.pageShift, high >> GuestAddress.pageShift)
    }
    populated.removeAll()
  }

  /// Drops the VMAs of a range that the host no longer has, or has replaced.
  func forget(_ start: UInt64, _ end: UInt64) {
    tree.split(at: start)
    tree.split(at: end)
    for index in tree.overlapping(start, end) { account(tree[index], adding: false) }
    tree.remove(start, end)
    noteGap(start)
  }
}
