import LinuxABI

/// Segments of System V shared memory (man 2 shmop). The host attaches them; here they are shared mappings.
extension AddressSpace {
  /// Makes room for a segment and has the host attach it there (ipc/shm.c, do_shmat).
  ///
  /// - Parameters:
  ///   - address: where, page-aligned; 0 for any place.
  ///   - size: bytes of the segment.
  ///   - replacing: whether mappings in the way go (SHM_REMAP).
  ///   - identifier: the segment's number, which /proc/PID/maps shows as its inode.
  ///   - attach: attaches the segment at an address: that address, or the negated errno.
  package func attachSegment(
    at address: UInt64, size: UInt64, protection: Protection, replacing: Bool, identifier: UInt64, key: UInt32,
    attach: (UInt64) -> Int
  ) throws(Errno) -> UInt64 {
    let length = GuestAddress.pageAlign(size)
    guard length >= size, length != 0 else { throw .EINVAL }
    return try locked { () throws(Errno) -> UInt64 in
      let place = try unmappedArea(
        hint: address, length: length, flags: address == 0 ? .shared : [.shared, .fixed], alignsHuge: false)
      let (end, overflow) = place.addingReportingOverflow(length)
      guard !overflow, end <= GuestAddress.ceiling, place >= limits.minimumAddress else { throw .EINVAL }
      guard replacing || !tree.hasOverlap(place, end) else { throw .EINVAL }
      var flags: VMAFlags = VMAFlags([.shared, .mayShare]).union(.mayAll).union(defaultFlags).with(protection)
      if !protection.contains(.write) { flags.subtract([.shared, .mayWrite]) }
      guard tree.count <= limits.mapCount, mayExpand(flags, length >> GuestAddress.pageShift) else { throw .ENOMEM }
      try unmapRange(place, end)
      let result = attach(place)
      guard result >= 0 else { throw Errno(Int32(truncatingIfNeeded: -result)) }
      let name = String(key, radix: 16)
      let vma = VMA(
        start: place, end: end, flags: flags, pageOffset: 0,
        backing: FileBacking(
          key: .init(device: 1, inode: identifier),
          path: "/SYSV" + String(repeating: "0", count: max(0, 8 - name.utf8.count)) + name, size: size,
          isAnonymous: false, isMemory: true))
      tree.insert(vma)
      account(vma, adding: true)
      checkInvariants()
      return place
    }
  }

  /// shmdt(2): detaches the segment that begins at `address`, what is left of it (ksys_shmdt).
  package func detachSegment(_ address: UInt64) throws(Errno) {
    guard GuestAddress.isAligned(address) else { throw .EINVAL }
    try locked { () throws(Errno) in
      guard
        let first = tree.vmas.first(where: { vma in
          vma.start >= address && vma.backing?.path.hasPrefix("/SYSV") == true
            && vma.start &- vma.pageOffset << GuestAddress.pageShift == address
        }), let backing = first.backing
      else { throw .EINVAL }
      for vma in tree.vmas where vma.backing === backing { try unmapRange(vma.start, vma.end) }
    }
  }
}
