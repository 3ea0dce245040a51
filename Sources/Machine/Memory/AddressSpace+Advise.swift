import LinuxABI

extension AddressSpace {
  /// madvise(2) (mm/madvise.c). `advice` is raw, so that unknown values are EINVAL.
  package func advise(_ address: UInt64, _ unalignedLength: UInt64, _ advice: UInt64) throws(Errno) {
    guard let advice = MemoryAdvice(rawValue: advice) else { throw .EINVAL }
    guard GuestAddress.isAligned(address) else { throw .EINVAL }
    let length = GuestAddress.pageAlign(unalignedLength)
    guard unalignedLength == 0 || length != 0 else { throw .EINVAL }
    let (end, overflow) = address.addingReportingOverflow(length)
    guard !overflow else { throw .EINVAL }
    switch advice {
    case .hardwarePoison, .softOffline:
      // They take real memory from the host (CAP_SYS_ADMIN): never for a guest.
      throw .EPERM
    case .guardInstall, .guardRemove:
      // As before Linux 6.13.
      throw .EINVAL
    default: break
    }
    guard length != 0 else { return }
    try locked { () throws(Errno) in
      defer { checkInvariants() }
      if advice == .populateRead || advice == .populateWrite {
        return try populate(address, end, writing: advice == .populateWrite)
      }
      try forEachPart(address, end) { (index, start, end) throws(Errno) in
        try advise(index, start, end, advice)
      }
    }
  }

  /// Calls `body` with each VMA's share of [start, end); gaps are skipped, and ENOMEM in the end (madvise_walk_vmas).
  func forEachPart(
    _ start: UInt64, _ end: UInt64, _ body: (_ index: Int, _ start: UInt64, _ end: UInt64) throws(Errno) -> Void
  ) throws(Errno) {
    var position = start
    var hasGap = false
    while position < end {
      let index = tree.firstIndex(endingAfter: position)
      guard index < tree.count, tree[index].start < end else { throw .ENOMEM }
      if tree[index].start > position {
        hasGap = true
        position = tree[index].start
      }
      let stop = min(end, tree[index].end)
      try body(index, position, stop)
      position = stop
    }
    if hasGap { throw .ENOMEM }
  }

  private func advise(_ index: Int, _ start: UInt64, _ end: UInt64, _ advice: MemoryAdvice) throws(Errno) {
    let vma = tree[index]
    switch advice {
    case .dontNeed, .free, .remove:
      if vma.flags.contains(.locked) { throw .EINVAL }
    case .wipeOnFork:
      guard vma.isAnonymous, !vma.isShared else { throw .EINVAL }
    case .doFork, .doDump:
      guard !vma.isSpecial else { throw .EINVAL }
    default: break
    }
    // Contents change: cached code goes first.
    switch advice {
    case .dontNeed, .dontNeedLocked, .free: revokeCode(start, end)
    case .remove: revokeShared(vma, start, end)
    default: break
    }
    let flags = Self.flags(vma.flags, after: advice)
    if flags != vma.flags { try checkSplitCount(index, start, end) }
    // The host's mapping is of the same kind, so the host's answer is the kernel's.
    try HostMemory.advise(start, end &- start, Int32(advice.rawValue))
    let (first, last) = pages(start, end)
    switch advice {
    case .dontNeed, .dontNeedLocked, .remove:
      populated.removeAll()
      table.clearKeepingWatch(first, last)
    case .free: table.clean(first, last)
    default: break
    }
    if flags != vma.flags { tree.modify(index, start, end) { $0.flags = flags } }
  }

  /// The flags that a VMA has after advice about how it will be used (madvise_vma_behavior).
  private static func flags(_ flags: VMAFlags, after advice: MemoryAdvice) -> VMAFlags {
    switch advice {
    case .normal: flags.subtracting([.randomRead, .sequentialRead])
    case .sequential: flags.subtracting(.randomRead).union(.sequentialRead)
    case .random: flags.subtracting(.sequentialRead).union(.randomRead)
    case .dontFork: flags.union(.dontCopy)
    case .doFork: flags.subtracting(.dontCopy)
    case .wipeOnFork: flags.union(.wipeOnFork)
    case .keepOnFork: flags.subtracting(.wipeOnFork)
    case .dontDump: flags.union(.dontDump)
    case .doDump: flags.subtracting(.dontDump)
    case .mergeable: flags.union(.mergeable)
    case .unmergeable: flags.subtracting(.mergeable)
    case .hugePage: flags.subtracting(.noHugePage).union(.hugePage)
    case .noHugePage: flags.subtracting(.hugePage).union(.noHugePage)
    default: flags
    }
  }

  /// The bound on the number of VMAs, where a part of one gets flags of its own (split_vma).
  func checkSplitCount(_ index: Int, _ start: UInt64, _ end: UInt64) throws(Errno) {
    guard tree.count &+ tree.splitsNeeded(index, start, end) <= limits.mapCount else { throw .ENOMEM }
  }

  /// Drops the code of all mappings of the shared pages behind a range.
  private func revokeShared(_ vma: VMA, _ start: UInt64, _ end: UInt64) {
    revokeCode(start, end)
    guard let key = vma.backing?.key, codeBackings.contains(key) else { return }
    revokeAliases(key, vma.pageOffset(of: start), vma.pageOffset(of: end))
  }

  /// MADV_POPULATE_READ and _WRITE (madvise_populate): page by page, up to the first that cannot be had.
  private func populate(_ start: UInt64, _ end: UInt64, writing: Bool) throws(Errno) {
    var position = start
    while position < end {
      guard let index = tree.index(containing: position) else { throw .ENOMEM }
      // Rights as the kernel's own access sees them: it may not read what is only executable (check_vma_flags).
      guard tree[index].flags.contains(writing ? .write : .read), !tree[index].isSpecial else { throw .EINVAL }
      let stop = min(end, tree[index].end)
      // The host populates all at once; the page table then shows each page.
      let advice: MemoryAdvice = writing ? .populateWrite : .populateRead
      try HostMemory.advise(position, stop &- position, Int32(advice.rawValue))
      while position < stop {
        guard resolve(position, writing ? .write : .read) == nil else { throw .EFAULT }
        position &+= GuestAddress.pageSize
      }
    }
  }
}
