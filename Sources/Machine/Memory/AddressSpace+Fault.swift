import Glibc
import LinuxABI

/// Why an access cannot be made, in the terms of the signal that it becomes.
package enum FaultReason: UInt8, Sendable {
  /// SIGSEGV, SEGV_MAPERR: no VMA.
  case mapError
  /// SIGSEGV, SEGV_ACCERR: the VMA does not grant the right.
  case accessError
  /// SIGBUS, BUS_ADRERR: the page lies beyond the end of the file.
  case busError
  /// SIGSEGV, SI_KERNEL: a non-canonical address (#GP; #SS through the stack segment).
  case generalProtection
}

/// What became of a page fault.
package enum FaultOutcome: Sendable {
  /// The access is allowed and every page of it is there, whether or not the page table shows the right: it withholds
  /// the rights of watched pages.
  case resolved
  /// The guest gets a signal; the address is what Linux reports in si_addr (CR2).
  case failed(FaultReason, UInt64)
}

/// One page fault, as `--trace=faults` shows it.
package struct FaultEvent: Sendable {
  package enum Kind: Sendable, Equatable {
    case minor, major, copyOnWrite, stackGrowth, codeWrite
    case failed(FaultReason)
  }
  package var address: UInt64
  package var access: Access
  package var kind: Kind
}

extension AddressSpace {
  /// Serves a page fault of the guest, or tells why it cannot be served.
  ///
  /// - Parameter size: bytes from `address` on that the access touches; it may reach into the next page.
  package func fault(address: UInt64, access: Access, size: Int) -> FaultOutcome {
    let last = address &+ UInt64(truncatingIfNeeded: max(size, 1) &- 1)
    // The processor checks all bytes for canonical form before it looks at any page.
    guard GuestAddress.isCanonical(address), GuestAddress.isCanonical(last) else {
      return locked { fail(.generalProtection, 0, access) }
    }
    return locked {
      var byte = address
      while true {
        if let reason = resolve(byte, access) { return fail(reason, byte, access) }
        guard byte >> GuestAddress.pageShift != last >> GuestAddress.pageShift else { return .resolved }
        byte = (byte | GuestAddress.pageMask) &+ 1
      }
    }
  }

  /// The error code that a failed access pushes (Intel SDM volume 3A, 4.7), as Linux shows it in a signal frame.
  package func faultErrorCode(address: UInt64, access: Access) -> UInt32 {
    var code: UInt32 = 4
    if access == .write { code |= 2 }
    if access == .execute { code |= 16 }
    // Linux sets P for kernel addresses, so that nobody learns what is mapped there (set_signal_archinfo).
    if address >= GuestAddress.taskSize { return code | 1 }
    if address < GuestAddress.ceiling, table[address >> GuestAddress.pageShift] & PageBits.present != 0 { code |= 1 }
    return code
  }

  private func fail(_ reason: FaultReason, _ address: UInt64, _ access: Access) -> FaultOutcome {
    statistics.failedFaults &+= 1
    report(address, access, .failed(reason))
    return .failed(reason, address)
  }

  private func report(_ address: UInt64, _ access: Access, _ kind: FaultEvent.Kind) {
    faultObserver?(FaultEvent(address: address, access: access, kind: kind))
  }

  /// Makes one page ready for an access; nil, or why that cannot be (do_user_addr_fault, handle_mm_fault).
  func resolve(_ address: UInt64, _ access: Access) -> FaultReason? {
    guard address < GuestAddress.ceiling else { return .mapError }
    var index = tree.firstIndex(endingAfter: address)
    guard index < tree.count else { return .mapError }
    if tree[index].start > address {
      guard tree[index].flags.contains(.growsDown), growStack(index, to: address) else { return .mapError }
      report(address, access, .stackGrowth)
      index = tree.firstIndex(endingAfter: address)
    }
    // access_error: x86 reads whatever is accessible at all.
    let flags = tree[index].flags
    guard !flags.isDisjoint(with: access == .write ? .write : .access) else { return .accessError }

    let page = address >> GuestAddress.pageShift
    var bits = table[page]
    if bits & PageBits.present == 0 {
      var kind = FaultEvent.Kind.minor
      if let backing = tree[index].backing {
        guard let found = populateFile(index, backing, address) else { return .busError }
        kind = found
      }
      if kind == .major { statistics.majorFaults &+= 1 } else { statistics.minorFaults &+= 1 }
      report(address, access, kind)
      bits |= PageBits.present
      // What was mapped anew at a watched place is watched.
      if watches?.withheld[page] != nil { bits |= PageBits.watched }
    } else if access == .write, bits & PageBits.dirty == 0 {
      statistics.minorFaults &+= 1
      statistics.copyOnWriteFaults &+= 1
      report(address, access, .copyOnWrite)
    }
    bits |= PageBits.accessed
    let withheld = bits & PageBits.watched == 0 ? 0 : withheldRights(page)
    bits |= PageBits.readable & ~withheld
    if flags.contains(.execute) { bits |= PageBits.executable }
    if access == .write {
      if let writeLog, !flags.contains(.shared) { writeLog.note(page) }
      bits |= PageBits.dirty
      if !flags.contains(.shared) {
        assignAnonymous(index)
      }
      if codeChanges(page, bits, index) {
        report(address, access, .codeWrite)
        bits &= ~PageBits.hasCode
      }
      bits |= PageBits.writable & ~withheld
    }
    table[page] = bits
    // A fetch finds NX only once the page is there.
    return access == .execute && !flags.contains(.execute) ? .accessError : nil
  }

  func assignAnonymous(_ index: Int) {
    guard tree[index].anonymous == 0 else { return }
    tree.assignAnonymous(index) {
      nextAnonymous &+= 1
      return nextAnonymous
    }
  }

  /// Drops the code that a write to `page` changes, here and where else the same memory is mapped. Returns whether
  /// there was any.
  private func codeChanges(_ page: UInt64, _ bits: UInt8, _ index: Int) -> Bool {
    guard codePages > 0 else { return false }
    var found = bits & PageBits.hasCode != 0
    if found { revokeCode(page << GuestAddress.pageShift, (page &+ 1) << GuestAddress.pageShift) }
    if tree[index].isShared, let key = tree[index].backing?.key, codeBackings.contains(key) {
      let offset = tree[index].pageOffset(of: page << GuestAddress.pageShift)
      if revokeAliases(key, offset, offset &+ 1) { found = true }
    }
    if found { statistics.codeWrites &+= 1 }
    return found
  }

  /// Whether a file has the page at `address`, and then whether it had to be read; the host then has it mapped.
  ///
  /// The host populates a window of 64 KiB at once, as it would on its own (fault_around_bytes), so that further first
  /// touches in it cost no host call. A file truncated by another process after that still raises a host SIGBUS.
  private func populateFile(_ index: Int, _ backing: FileBacking, _ address: UInt64) -> FaultEvent.Kind? {
    if populated.contains(address) { return .minor }
    let page = GuestAddress.pageStart(address)
    var kind = FaultEvent.Kind.minor
    if !backing.isMemory {
      var resident: UInt8 = 1
      try? HostMemory.residency(page, GuestAddress.pageSize, into: &resident)
      if resident & 1 == 0 { kind = .major }
    }
    let start = max(tree[index].start, address & ~0xffff)
    let end = min(tree[index].end, (address | 0xffff) &+ 1)
    if Self.populateHost(start, end) {
      populated.insert(start, end)
      return kind
    }
    return Self.populateHost(page, page &+ GuestAddress.pageSize) ? kind : nil
  }

  /// Reads pages in, as MADV_POPULATE_READ (Linux 5.14) does. False if one of them would raise SIGBUS.
  private static func populateHost(_ start: UInt64, _ end: UInt64) -> Bool {
    while true {
      do throws(Errno) {
        try HostMemory.advise(start, end &- start, Int32(MemoryAdvice.populateRead.rawValue))
        return true
      } catch {
        switch error {
        case .EINTR, .EAGAIN: continue
        // A device, or an older kernel: then only the host's own fault will tell.
        case .EINVAL: return true
        default: return false
        }
      }
    }
  }

  /// Extends a growsdown VMA down to `address` (expand_downwards, acct_stack_growth).
  private func growStack(_ index: Int, to address: UInt64) -> Bool {
    let target = GuestAddress.pageStart(address)
    let vma = tree[index]
    guard target >= limits.minimumAddress else { return false }
    if index > 0 {
      let below = tree[index - 1]
      if !below.flags.contains(.growsDown), !below.protection.isEmpty, target &- below.end < VMA.guardGap {
        return false
      }
    }
    let growth = (vma.start &- target) >> GuestAddress.pageShift
    guard growth <= vma.pageOffset, mayExpand(vma.flags, growth), vma.end &- target <= limits.stack,
      mayLock(vma.flags, growth), mayCommit(growth),
      (try? HostMemory.map(
        target, vma.start &- target, vma.protection, flags: MAP_PRIVATE | MAP_ANONYMOUS, replacing: false)) != nil
    else { return false }
    assignAnonymous(index)
    account(vma, adding: false)
    tree[index].start = target
    tree[index].pageOffset = vma.pageOffset &- growth
    account(tree[index], adding: true)
    statistics.stackGrowths &+= 1
    return true
  }

  // MARK: - Populating

  /// Faults in [start, end) as __mm_populate does; false if a page could not be had.
  @discardableResult
  func populate(_ start: UInt64, _ end: UInt64) -> Bool {
    var address = start
    while address < end {
      guard let index = tree.index(containing: address) else { return false }
      let flags = tree[index].flags
      let access: Access = flags.contains(.write) && !flags.contains(.shared) ? .write : .read
      let stop = min(end, tree[index].end)
      // MLOCK_ONFAULT leaves nothing to do (populate_vma_page_range).
      if flags.contains(.lockOnFault) { address = stop }
      while address < stop {
        if resolve(address, access) != nil { return false }
        address &+= GuestAddress.pageSize
      }
    }
    return true
  }

  /// Makes the page table show what the host populated at once (MAP_POPULATE).
  func markPopulated(_ start: UInt64, _ end: UInt64) {
    guard let index = tree.index(containing: start) else { return }
    let vma = tree[index]
    guard !vma.protection.isEmpty else { return }
    var stop = end
    if let backing = vma.backing, !backing.isAnonymous {
      let first = vma.pageOffset(of: start)
      let last = GuestAddress.pageAlign(backing.size) >> GuestAddress.pageShift
      guard last > first else { return }
      stop = min(end, start &+ (last &- first) << GuestAddress.pageShift)
    }
    var bits = PageBits.present | PageBits.accessed | PageBits.readable
    if vma.flags.contains(.execute) { bits |= PageBits.executable }
    if vma.flags.contains(.write), !vma.flags.contains(.shared) {
      bits |= PageBits.writable | PageBits.dirty
      assignAnonymous(index)
    }
    let (first, last) = pages(start, stop)
    for page in first..<last { table[page] = bits }
    for (page, rights) in watches?.withheld ?? [:] where page >= first && page < last {
      table[page] = (bits | PageBits.watched) & ~rights
    }
    statistics.minorFaults &+= last &- first
  }
}
