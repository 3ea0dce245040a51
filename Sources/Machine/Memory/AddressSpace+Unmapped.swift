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
    if let address = highestGap(length, low) { return address }
    // A large stack limit leaves little below mmapBase: the whole space then, upwards.
    return try searchUpwards(hint, length, layout.legacyMmapBase, GuestAddress.ceiling &- GuestAddress.pageSize)
  }

  /// Whether a hint can be honoured.
  private func isFree(_ address: UInt64, _ length: UInt64) -> Bool {
    guard length <= GuestAddress.ceiling, address <= GuestAddress.ceiling &- length else { return false }
    let next = tree.firstIndex(endingAfter: address)
    return next == tree.count || address &+ length <= tree[next].startWithGap
  }

  /// The highest free range below `gaps.ceiling` (vm_unmapped_area, VM_UNMAPPED_AREA_TOPDOWN).
  ///
  /// What a search has learnt spares the next one the walk over the same VMAs: see `GapCache`.
  private func highestGap(_ length: UInt64, _ low: UInt64) -> UInt64? {
    let resumes = length > gaps.largest && !gaps.hasStacks
    var high = resumes ? gaps.floor : gaps.ceiling
    var largest = resumes ? gaps.largest : 0
    var index = tree.firstIndex(endingAfter: high &- 1)
    while true {
      let bottom = index > 0 ? max(low, tree[index - 1].end) : low
      var top = index < tree.count ? min(high, tree[index].start) : high
      if top >= bottom, top &- bottom >= length, index < tree.count, tree[index].startWithGap < top {
        // A stack above wants its distance; from here on the kernel looks below that only.
        high = tree[index].startWithGap
        top = high
      }
      if top >= bottom, top &- bottom >= length {
        if top <= gaps.floor { (gaps.floor, gaps.largest) = (top, largest) }
        return top &- length
      }
      if top > bottom { largest = max(largest, top &- bottom) }
      guard index > 0, bottom > low else { return nil }
      index -= 1
    }
  }

  /// Notes the gap that unmapping [start, end) made or widened.
  func noteGap(_ start: UInt64) {
    let next = tree.firstIndex(endingAfter: start)
    let top = next < tree.count ? tree[next].start : gaps.ceiling
    let bottom = next > 0 ? tree[next - 1].end : 0
    if top > gaps.floor, top > bottom { gaps.largest = max(gaps.largest, top &- bottom) }
  }

  /// What is known of the free ranges below `ceiling`: none that lies, even in part, above `floor` is larger than
  /// `largest`. Mapping something keeps that true; `noteGap` does when something is unmapped.
  struct GapCache {
    /// mmap_base, or less where memory that is not the guest's was met below it.
    var ceiling: UInt64
    var floor: UInt64
    var largest: UInt64 = 0
    /// Growsdown mappings were made, whose guard gaps make a search depend on more; then none is cut short.
    var hasStacks = false

    init(ceiling: UInt64) {
      self.ceiling = ceiling
      floor = ceiling
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
