import LinuxABI

extension AddressSpace {
  /// mremap(2): resizes or moves a mapping and returns where it is (mm/mremap.c of Linux 6.17).
  package func remap(
    _ address: UInt64, _ oldLength: UInt64, _ newLength: UInt64, _ flags: RemapFlags, to newAddress: UInt64 = 0
  ) throws(Errno) -> UInt64 {
    var request = RemapRequest(
      address: address, oldLength: GuestAddress.pageAlign(oldLength), newLength: GuestAddress.pageAlign(newLength),
      flags: flags, newAddress: newAddress)
    try request.checkArguments()
    return try locked { () throws(Errno) -> UInt64 in
      defer {
        populated.removeAll()
        checkInvariants()
      }
      if request.impliesNewAddress {
        guard tree.count &+ 2 < limits.mapCount &- 3 else { throw .ENOMEM }
      }
      if flags.contains(.fixed), request.oldLength == request.newLength { return try moveAll(request) }
      try prepare(&request)
      return request.impliesNewAddress ? try moveTo(&request) : try resize(&request)
    }
  }

  /// The VMA that the request is about.
  private func source(_ request: RemapRequest) throws(Errno) -> VMA {
    guard let index = tree.index(containing: request.address) else { throw .EFAULT }
    return tree[index]
  }

  /// remap_move: a move without a change of size takes every VMA of the range along, and the gaps between them.
  private func moveAll(_ whole: RemapRequest) throws(Errno) -> UInt64 {
    let (end, overflow) = whole.address.addingReportingOverflow(whole.oldLength)
    guard !overflow else { throw .EFAULT }
    // An old length of 0 names the VMA at the address, to be mapped a second time.
    guard whole.oldLength != 0 else { throw .EFAULT }
    let parts = tree.overlapping(whole.address, end).map { index in
      (start: max(whole.address, tree[index].start), end: min(end, tree[index].end))
    }
    guard let first = parts.first, first.start == whole.address else { throw .EFAULT }
    for part in parts {
      var request = whole
      request.address = part.start
      request.oldLength = part.end &- part.start
      request.newLength = request.oldLength
      request.newAddress = whole.newAddress &+ (part.start &- whole.address)
      try prepare(&request)
      _ = try moveTo(&request)
    }
    return whole.newAddress
  }

  /// check_prep_vma.
  private func prepare(_ request: inout RemapRequest) throws(Errno) {
    let vma = try source(request)
    if !request.impliesNewAddress { request.newAddress = request.address }
    guard request.expands || request.impliesNewAddress else { return }
    // Nothing of a private mapping can be duplicated.
    if request.oldLength == 0, !vma.isShared { throw .EINVAL }
    if request.flags.contains(.dontUnmap), vma.isSpecial { throw .EINVAL }
    guard min(request.oldLength, request.newLength) <= vma.end &- request.address else { throw .EFAULT }
    guard request.newLength != request.oldLength else { return }
    if vma.pageOffset(of: request.address).addingReportingOverflow(request.newLength >> 12).overflow { throw .EINVAL }
    guard !vma.isSpecial else { throw .EFAULT }
    guard request.expands else { return }
    guard mayLock(vma.flags, request.growth) else { throw .EAGAIN }
    guard mayExpand(vma.flags, request.growth) else { throw .ENOMEM }
  }

  /// mremap_to.
  private func moveTo(_ request: inout RemapRequest) throws(Errno) -> UInt64 {
    if request.flags.contains(.fixed) { try unmapLocked(request.newAddress, request.newLength) }
    _ = try source(request)
    if request.oldLength > request.newLength {
      try unmapLocked(request.address &+ request.newLength, request.oldLength &- request.newLength)
      request.oldLength = request.newLength
    }
    if request.flags.contains(.dontUnmap) {
      guard mayExpand(try source(request).flags, request.oldLength >> 12) else { throw .ENOMEM }
    }
    try chooseAddress(&request)
    return try move(request)
  }

  /// mremap_at.
  private func resize(_ request: inout RemapRequest) throws(Errno) -> UInt64 {
    if request.oldLength > request.newLength {
      try unmapLocked(request.address &+ request.newLength, request.oldLength &- request.newLength)
    }
    guard request.expands else { return request.address }
    let vma = try source(request)
    if vma.end &- request.address == request.oldLength, canExpand(vma, by: request.newLength &- request.oldLength) {
      try expand(vma, by: request.newLength &- request.oldLength)
      return request.address
    }
    guard request.flags.contains(.mayMove) else { throw .ENOMEM }
    try chooseAddress(&request)
    return try move(request)
  }

  /// vrm_set_new_addr.
  private func chooseAddress(_ request: inout RemapRequest) throws(Errno) {
    var flags: MapFlags = []
    if request.flags.contains(.fixed) { flags.insert(.fixed) }
    request.newAddress = try unmappedArea(
      hint: request.impliesNewAddress ? request.newAddress : 0, length: request.newLength, flags: flags,
      alignsHuge: try source(request).isAnonymous)
  }

  /// vma_expandable.
  private func canExpand(_ vma: VMA, by delta: UInt64) -> Bool {
    let (end, overflow) = vma.end.addingReportingOverflow(delta)
    return !overflow && end <= GuestAddress.ceiling && !tree.hasOverlap(vma.end, end)
  }

  /// expand_vma_in_place.
  private func expand(_ vma: VMA, by delta: UInt64) throws(Errno) {
    if vma.flags.contains(.account) {
      guard mayCommit(delta >> GuestAddress.pageShift) else { throw .ENOMEM }
    }
    try HostMemory.extend(vma.end, by: delta)
    var extension_ = vma
    extension_.pageOffset = vma.pageOffset(of: vma.end)
    (extension_.start, extension_.end) = (vma.end, vma.end &+ delta)
    tree.insert(extension_)
    account(extension_, adding: true)
    populateLocked(extension_.flags, vma.end, vma.end &+ delta)
  }

  /// move_vma: the destination is free and chosen.
  private func move(_ request: RemapRequest) throws(Errno) -> UInt64 {
    guard tree.count < limits.mapCount &- 3 else { throw .ENOMEM }
    let vma = try source(request)
    let (source, target) = (request.address, request.newAddress)
    let growth = request.newLength &- request.oldLength
    let keeps = request.flags.contains(.dontUnmap)
    if vma.flags.contains(.account) {
      guard mayCommit((keeps ? request.newLength : growth) >> GuestAddress.pageShift) else { throw .ENOMEM }
    }
    let sourceEnd = source &+ request.oldLength
    if request.oldLength == 0 {
      try HostMemory.duplicate(source, at: target, request.newLength)
    } else {
      stopThreads(source, sourceEnd)
      revokeCode(source, sourceEnd)
      try HostMemory.move(source, to: target, request.oldLength, keepingSource: keeps)
      table.move(from: source >> 12, to: target >> 12, count: request.oldLength >> 12)
      if growth != 0 {
        do throws(Errno) {
          try HostMemory.extend(target &+ request.oldLength, by: growth)
        } catch {
          // Back to where it was: that range is still the guest's, and free.
          try HostMemory.move(target, to: source, request.oldLength, keepingSource: false)
          table.move(from: target >> 12, to: source >> 12, count: request.oldLength >> 12)
          throw error
        }
      }
    }

    var moved = vma
    moved.pageOffset = vma.pageOffset(of: source)
    // copy_vma: memory that was never written gets the page offset of its new place, and so can merge there.
    if vma.isAnonymous, vma.anonymous == 0 { moved.pageOffset = target >> GuestAddress.pageShift }
    (moved.start, moved.end) = (target, target &+ request.newLength)
    tree.insert(moved)
    account(moved, adding: true)
    if keeps {
      dropLocks(vma, source, sourceEnd)
    } else if request.oldLength != 0 {
      forget(source, sourceEnd)
    }
    if growth != 0 { populateLocked(moved.flags, target &+ request.oldLength, target &+ request.newLength) }
    return target
  }

  /// dontunmap_complete: the mapping left behind is empty and no longer locked.
  private func dropLocks(_ vma: VMA, _ start: UInt64, _ end: UInt64) {
    for index in tree.overlapping(start, end) {
      account(tree[index], adding: false)
      tree[index].flags.subtract(.lockedMask)
      account(tree[index], adding: true)
    }
    if start == vma.start, end == vma.end, let index = tree.index(containing: start), tree[index].start == start,
      tree[index].end == end
    {
      tree[index].anonymous = 0
    }
  }

  private func populateLocked(_ flags: VMAFlags, _ start: UInt64, _ end: UInt64) {
    if flags.contains(.locked), !flags.contains(.lockOnFault) { populate(start, end) }
  }
}

/// The arguments of an mremap under way, lengths in whole pages.
private struct RemapRequest {
  var address: UInt64
  var oldLength: UInt64
  var newLength: UInt64
  var flags: RemapFlags
  var newAddress: UInt64

  var impliesNewAddress: Bool { !flags.isDisjoint(with: [.fixed, .dontUnmap]) }
  var expands: Bool { newLength > oldLength }
  /// Pages that come in addition.
  var growth: UInt64 { expands ? (newLength &- oldLength) >> GuestAddress.pageShift : 0 }

  /// check_mremap_params.
  func checkArguments() throws(Errno) {
    guard flags.isSubset(of: [.mayMove, .fixed, .dontUnmap]), GuestAddress.isAligned(address), newLength != 0,
      newLength <= GuestAddress.taskSize
    else { throw .EINVAL }
    guard impliesNewAddress else { return }
    guard newAddress <= GuestAddress.taskSize &- newLength, GuestAddress.isAligned(newAddress),
      flags.contains(.mayMove), !flags.contains(.dontUnmap) || oldLength == newLength, !overlaps
    else { throw .EINVAL }
  }

  /// vrm_overlaps: the new range touches the old one.
  private var overlaps: Bool {
    address &+ oldLength > newAddress && newAddress &+ newLength > address
  }
}
