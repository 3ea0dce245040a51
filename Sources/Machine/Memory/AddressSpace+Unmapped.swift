import LinuxABI

extension AddressSpace {
  /// Chooses or checks the address of a mapping (__get_unmapped_area, arch_get_unmapped_area_topdown).
  ///
  /// - Parameter alignsHuge: anonymous memory in multiples of 2 MiB without a hint is aligned to 2 MiB.
  func unmappedArea(
    hint: UInt64, length: UInt64, flags: MapFlags, alignsHuge: Bool = false
  ) throws(Errno) -> UInt64 {
    guard length <= GuestAddress.taskSize else { throw .ENOMEM }
    let address: UInt64
    if flags.contains(.fixed) {
      address = hint
    } else if alignsHuge, hint == 0, length & Self.hugeMask == 0, !flags.contains(.below2GiB),
      let aligned = try? search(hint: 0, length: length &+ Self.hugePage, flags: flags)
    {
      // __thp_get_unmapped_area: one huge page more, then the aligned part of it.
      let slack = (0 &- aligned) & Self.hugeMask
      address = slack == 0 ? aligned &+ Self.hugePage : aligned &+ slack
    } else {
      address = try search(hint: hint, length: length, flags: flags)
    }
    guard address <= GuestAddress.taskSize &- length else { throw .ENOMEM }
    guard GuestAddress.isAligned(address) else { throw .EINVAL }
    guard address >= limits.minimumAddress else { throw .EPERM }
    guard address &+ length <= GuestAddress.ceiling else { throw .ENOMEM }
    return address
  }

  private static let hugePage: UInt64 = 2 << 20
  private static let hugeMask: UInt64 = (2 << 20) &- 1

  private func search(hint: UInt64, length: UInt64, flags: MapFlags) throws(Errno) -> UInt64 {
    if flags.contains(.below2GiB) {
      return try searchUpwards(hint, length, 0x4000_0000 &+ layout.below2GiBOffset, 0x8000_0000)
    }
    if hint != 0, isFree(hint, length) { return hint }
    let low = flags.contains(.above4GiB) ? 1 << 32 : limits.minimumAddress
    if let address = highestGap(length, low, layout.mmapBase) { return address }
    // A large stack limit leaves little below mmapBase: the whole space then, upwards.
    return try searchUpwards(hint, length, layout.legacyMmapBase, GuestAddress.ceiling &- GuestAddress.pageSize)
  }

  /// Whether a hint can be honoured.
  private func isFree(_ address: UInt64, _ length: UInt64) -> Bool {
    guard length <= GuestAddress.ceiling, address <= GuestAddress.ceiling &- length else { return false }
    let next = tree.firstIndex(endingAfter: address)
    return next == tree.count || address &+ length <= tree[next].startWithGap
  }

  /// The highest free range below `high` (vm_unmapped_area, VM_UNMAPPED_AREA_TOPDOWN).
  private func highestGap(_ length: UInt64, _ low: UInt64, _ high: UInt64) -> UInt64? {
    var index = tree.firstIndex(endingAfter: high &- 1)
    var top = high
    if index < tree.count { top = min(top, tree[index].startWithGap) }
    while true {
      let bottom = index > 0 ? max(low, tree[index - 1].end) : low
      if top >= bottom, top &- bottom >= length { return top &- length }
      guard index > 0, bottom > low else { return nil }
      index -= 1
      top = min(high, tree[index].startWithGap)
    }
  }

  private func searchUpwards(_ hint: UInt64, _ length: UInt64, _ begin: UInt64, _ end: UInt64) throws(Errno) -> UInt64 {
    guard length <= end else { throw .ENOMEM }
    if hint != 0, hint <= end &- length, isFree(hint, length) { return hint }
    var bottom = begin
    var index = tree.firstIndex(endingAfter: begin)
    while bottom <= end, end &- bottom >= length {
      let top = index < tree.count ? tree[index].startWithGap : end
      if top >= bottom, top &- bottom >= length { return bottom }
      guard index < tree.count else { break }
      bottom = max(bottom, tree[index].end)
      index += 1
    }
    throw .ENOMEM
  }
}
