import LinuxABI

extension AddressSpace {
  /// msync(2).
  package func sync(_ address: UInt64, _ unalignedLength: UInt64, _ flags: SyncFlags) throws(Errno) {
    guard flags.isSubset(of: [.async, .invalidate, .sync]), GuestAddress.isAligned(address),
      !flags.isSuperset(of: [.async, .sync])
    else { throw .EINVAL }
    let length = GuestAddress.pageAlign(unalignedLength)
    let (end, overflow) = address.addingReportingOverflow(length)
    guard !overflow else { throw .ENOMEM }
    guard length != 0 else { return }
    // Only the writing out takes long, and it needs no lock: a range that goes away meanwhile is the guest's own race.
    var parts: [(start: UInt64, end: UInt64)] = []
    var hasGap = false
    try locked { () throws(Errno) in
      var position = address
      for index in tree.overlapping(address, end) {
        if tree[index].start > position {
          hasGap = true
          if flags == .async { throw .ENOMEM }
        }
        if flags.contains(.invalidate), tree[index].flags.contains(.locked) { throw .EBUSY }
        position = min(end, tree[index].end)
        parts.append((max(address, tree[index].start), position))
      }
      if position < end { hasGap = true }
    }
    for part in parts where flags.contains(.sync) {
      try HostMemory.sync(part.start, part.end &- part.start, Int32(truncatingIfNeeded: flags.rawValue))
    }
    if hasGap { throw .ENOMEM }
  }

  /// mincore(2): writes one byte per page to guest memory at `vector`.
  package func inCore(_ address: UInt64, _ length: UInt64, vector: UInt64) throws(Errno) {
    guard GuestAddress.isAligned(address) else { throw .EINVAL }
    guard length <= GuestAddress.taskSize, address <= GuestAddress.taskSize &- length else { throw .ENOMEM }
    var left = GuestAddress.pageAlign(length) >> GuestAddress.pageShift
    guard vector <= GuestAddress.taskSize, left <= GuestAddress.taskSize &- vector else { throw .EFAULT }
    var position = address
    var output = vector
    while left != 0 {
      let count = min(left, GuestAddress.pageSize)
      let bytes = try residency(position, count)
      try copyOut(bytes, to: output)
      position &+= count << GuestAddress.pageShift
      output &+= count
      left &-= count
    }
  }

  private func residency(_ address: UInt64, _ count: UInt64) throws(Errno) -> [UInt8] {
    try locked { () throws(Errno) -> [UInt8] in
      let end = address &+ count << GuestAddress.pageShift
      var position = address
      while position < end {
        guard let index = tree.index(containing: position) else { throw .ENOMEM }
        position = min(end, tree[index].end)
      }
      var bytes = [UInt8](repeating: 0, count: Int(count))
      var failure: Errno?
      bytes.withUnsafeMutableBufferPointer { buffer in
        do throws(Errno) {
          try HostMemory.residency(address, end &- address, into: buffer.baseAddress!)
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      return bytes
    }
  }
}
