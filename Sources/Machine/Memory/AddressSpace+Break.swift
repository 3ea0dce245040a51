import Glibc
import LinuxABI

extension AddressSpace {
  /// Sets where the heap begins, at exec; it is empty.
  package func setBreak(_ address: UInt64) {
    locked { (breakStart, breakEnd) = (address, address) }
  }

  /// brk(2): moves the end of the heap. Returns the new end, or the old one where that is impossible.
  package func setBreakEnd(_ address: UInt64) -> UInt64 {
    locked {
      if (try? moveBreak(address)) != nil { breakEnd = address }
      checkInvariants()
      return breakEnd
    }
  }

  private func moveBreak(_ address: UInt64) throws(Errno) {
    guard address >= breakStart, address <= GuestAddress.taskSize else { throw .ENOMEM }
    // check_data_rlimit: the heap and the program's own data together.
    let (size, overflow) = (address &- breakStart).addingReportingOverflow(programDataSize)
    guard limits.data == .max || !overflow && size <= limits.data else { throw .ENOMEM }
    let old = GuestAddress.pageAlign(breakEnd)
    let new = GuestAddress.pageAlign(address)
    if old == new { return }
    if address <= breakEnd {
      // Something else may have been mapped over the heap; the kernel then shrinks nothing.
      let index = tree.firstIndex(endingAfter: new)
      guard index < tree.count, tree[index].start < old else { throw .ENOMEM }
      return try unmapRange(new, old)
    }
    let pages = (new &- old) >> GuestAddress.pageShift
    guard old >= limits.minimumAddress, new <= GuestAddress.ceiling else { throw .ENOMEM }
    let flags = VMAFlags.dataDefault.union(.account).union(defaultFlags)
    guard mayLock(flags, pages) else { throw .EAGAIN }
    // A page, and a stack's guard gap, must stay free above.
    let next = tree.firstIndex(endingAfter: old)
    if next < tree.count, new &+ GuestAddress.pageSize > tree[next].startWithGap { throw .ENOMEM }
    guard mayExpand(flags, pages), mayCommit(pages), tree.count <= limits.mapCount else { throw .ENOMEM }
    try HostMemory.map(old, new &- old, [.read, .write], flags: MAP_PRIVATE | MAP_ANONYMOUS, replacing: false)
    let vma = VMA(start: old, end: new, flags: flags, pageOffset: old >> GuestAddress.pageShift, backing: nil)
    tree.insert(vma, expandOnly: true)
    account(vma, adding: true)
    if flags.contains(.locked), !flags.contains(.lockOnFault) { populate(old, new) }
  }
}
