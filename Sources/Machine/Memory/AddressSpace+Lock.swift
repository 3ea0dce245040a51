import LinuxABI

/// Locking memory. Pages are made resident, and counted against RLIMIT_MEMLOCK; the host is not asked to lock them.
extension AddressSpace {
  /// mlock(2) and mlock2(2) (do_mlock).
  package func lock(_ address: UInt64, _ length: UInt64, flags: UInt64 = 0) throws(Errno) {
    guard flags & ~mlockOnFault == 0 else { throw .EINVAL }
    let bits: VMAFlags = flags & mlockOnFault != 0 ? [.locked, .lockOnFault] : .locked
    guard mayLockAtAll else { throw .EPERM }
    let (start, size) = Self.lockRange(address, length)
    try locked { () throws(Errno) in
      if !limits.mayLockBeyondLimit {
        let wanted = usage.locked &+ size >> GuestAddress.pageShift &- lockedPages(start, start &+ size)
        guard wanted <= limits.locked >> GuestAddress.pageShift else { throw .ENOMEM }
      }
      let (end, overflow) = start.addingReportingOverflow(size)
      guard !overflow else { throw .EINVAL }
      try setLocked(start, end, bits)
      guard bits.contains(.lockOnFault) || populate(start, end) else { throw .ENOMEM }
    }
  }

  /// munlock(2).
  package func unlock(_ address: UInt64, _ length: UInt64) throws(Errno) {
    let (start, size) = Self.lockRange(address, length)
    let (end, overflow) = start.addingReportingOverflow(size)
    guard !overflow else { throw .EINVAL }
    try locked { () throws(Errno) in try setLocked(start, end, []) }
  }

  /// mlockall(2).
  package func lockAll(_ flags: LockAllFlags) throws(Errno) {
    guard !flags.isEmpty, flags.isSubset(of: [.current, .future, .onFault]), flags != .onFault else { throw .EINVAL }
    guard mayLockAtAll else { throw .EPERM }
    try locked { () throws(Errno) in
      if flags.contains(.current), !limits.mayLockBeyondLimit {
        guard usage.total <= limits.locked >> GuestAddress.pageShift else { throw .ENOMEM }
      }
      let bits: VMAFlags = flags.contains(.onFault) ? [.locked, .lockOnFault] : .locked
      defaultFlags = flags.contains(.future) ? bits : []
      guard flags.contains(.current) else { return }
      setAllLocked(bits)
      guard !flags.contains(.onFault) else { return }
      // Errors are ignored, as apply_mlockall_flags ignores them.
      for vma in tree.vmas { populate(vma.start, vma.end) }
    }
  }

  /// munlockall(2).
  package func unlockAll() {
    locked {
      defaultFlags = []
      setAllLocked([])
    }
  }

  /// can_do_mlock.
  private var mayLockAtAll: Bool { limits.locked != 0 || limits.mayLockBeyondLimit }

  /// The pages that an mlock argument means.
  private static func lockRange(_ address: UInt64, _ length: UInt64) -> (start: UInt64, size: UInt64) {
    (GuestAddress.pageStart(address), GuestAddress.pageAlign(length &+ (address & GuestAddress.pageMask)))
  }

  /// Pages of [start, end) that are locked already (count_mm_mlocked_page_nr).
  private func lockedPages(_ start: UInt64, _ end: UInt64) -> UInt64 {
    guard start < end else { return 0 }
    return tree.overlapping(start, end).reduce(0) { total, index in
      guard tree[index].flags.contains(.locked) else { return total }
      return total &+ (min(end, tree[index].end) &- max(start, tree[index].start)) >> GuestAddress.pageShift
    }
  }

  /// apply_vma_lock_flags: what comes before a gap stays changed.
  private func setLocked(_ start: UInt64, _ end: UInt64, _ bits: VMAFlags) throws(Errno) {
    defer { checkInvariants() }
    var position = start
    while position < end {
      guard let index = tree.index(containing: position) else { throw .ENOMEM }
      let stop = min(end, tree[index].end)
      if !tree[index].isSpecial { try setLocked(index, position, stop, bits) }
      position = stop
    }
  }

  /// mlock_fixup.
  private func setLocked(_ index: Int, _ start: UInt64, _ end: UInt64, _ bits: VMAFlags) throws(Errno) {
    let flags = tree[index].flags.subtracting(.lockedMask).union(bits)
    guard flags != tree[index].flags else { return }
    try checkSplitCount(index, start, end)
    var part = tree[index]
    (part.start, part.end) = (start, end)
    account(part, adding: false)
    part.flags = flags
    account(part, adding: true)
    tree.modify(index, start, end) { $0.flags = flags }
  }

  private func setAllLocked(_ bits: VMAFlags) {
    var position: UInt64 = 0
    while true {
      let index = tree.firstIndex(endingAfter: position)
      guard index < tree.count else { break }
      let end = tree[index].end
      if !tree[index].isSpecial { try? setLocked(index, tree[index].start, end, bits) }
      position = end
    }
    checkInvariants()
  }
}
