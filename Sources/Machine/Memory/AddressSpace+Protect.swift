import LinuxABI

extension AddressSpace {
  /// mprotect(2) (do_mprotect_pkey): what comes before the part that fails stays changed.
  package func protect(_ address: UInt64, _ unalignedLength: UInt64, _ requested: ProtectionFlags) throws(Errno) {
    let growth = requested.intersection([.growsDown, .growsUp])
    let wanted = requested.subtracting([.growsDown, .growsUp])
    guard growth != [.growsDown, .growsUp], GuestAddress.isAligned(address) else { throw .EINVAL }
    guard unalignedLength != 0 else { return }
    let end = address &+ GuestAddress.pageAlign(unalignedLength)
    guard end > address else { throw .ENOMEM }
    guard wanted.isSubset(of: [.read, .write, .execute, .semaphore]) else { throw .EINVAL }
    try locked { () throws(Errno) in try protectLocked(address, end, Protection(wanted), growth) }
  }

  private func protectLocked(
    _ address: UInt64, _ end: UInt64, _ protection: Protection, _ growth: ProtectionFlags
  ) throws(Errno) {
    defer { checkInvariants() }
    var index = tree.firstIndex(endingAfter: address)
    guard index < tree.count, tree[index].start < end else { throw .ENOMEM }
    var start = address
    if growth.contains(.growsDown) {
      start = tree[index].start
      guard tree[index].flags.contains(.growsDown) else { throw .EINVAL }
    } else {
      guard tree[index].start <= address else { throw .ENOMEM }
      guard !growth.contains(.growsUp) else { throw .EINVAL }
    }
    while start < end {
      guard index < tree.count, tree[index].start <= start else { throw .ENOMEM }
      guard protection.isSubset(of: tree[index].maxProtection) else { throw .EACCES }
      let stop = min(end, tree[index].end)
      index = try change(index, start, stop, protection)
      start = stop
      if index < tree.count, tree[index].end <= start { index += 1 }
    }
  }

  /// Changes the rights of a part of one VMA (mprotect_fixup). Returns the index of the VMA that now holds `start`.
  private func change(_ index: Int, _ start: UInt64, _ end: UInt64, _ protection: Protection) throws(Errno) -> Int {
    let vma = tree[index]
    var flags = vma.flags.with(protection)
    guard flags != vma.flags else { return index }
    let count = (end &- start) >> GuestAddress.pageShift
    if protection.contains(.write) {
      if !mayExpand(flags, count), mayExpand(vma.flags, count) { throw .ENOMEM }
      if vma.flags.isDisjoint(with: [.account, .write, .shared, .noReserve]) {
        guard mayCommit(count) else { throw .ENOMEM }
        flags.insert(.account)
      }
    } else if vma.flags.contains(.account), vma.isAnonymous, vma.anonymous == 0 {
      flags.remove(.account)
    }
    guard tree.count &+ tree.splitsNeeded(index, start, end) <= limits.mapCount else { throw .ENOMEM }

    let (first, last) = pages(start, end)
    if !protection.contains(.execute) { revokeCode(start, end) }
    let revoked = !protection.isSuperset(of: vma.protection)
    if revoked {
      stopThreads(start, end)
      table.protect(first, last, protection)
    }
    if HostMemory.protection(protection) != HostMemory.protection(vma.protection) {
      do throws(Errno) {
        try HostMemory.protect(start, end &- start, protection)
      } catch {
        if revoked { table.protect(first, last, vma.protection) }
        throw error
      }
    }
    if !revoked { table.protect(first, last, protection) }
    populated.removeAll()

    var part = vma
    (part.start, part.end) = (start, end)
    account(part, adding: false)
    part.flags = flags
    account(part, adding: true)
    let result = tree.modify(index, start, end) { $0.flags = flags }
    // Private locked memory that becomes writable is copied at once.
    if vma.flags.intersection([.write, .shared, .locked]) == .locked, protection.contains(.write) {
      populate(start, end)
    }
    return result
  }
}
