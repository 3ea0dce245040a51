/// The VMAs of an address space in the order of their addresses, split and merged as Linux does it (mm/vma.c).
///
/// A sorted array: lookups are binary searches, neighbours are next to each other.
struct VMATree {
  private(set) var vmas: [VMA] = []

  var count: Int { vmas.count }
  var indices: Range<Int> { vmas.indices }

  subscript(index: Int) -> VMA {
    _read { yield vmas[index] }
    _modify { yield &vmas[index] }
  }

  /// The index of the first VMA that ends above `address` (the kernel's find_vma), `count` if there is none.
  func firstIndex(endingAfter address: UInt64) -> Int {
    var low = 0
    var high = vmas.count
    while low < high {
      let middle = (low &+ high) >> 1
      if vmas[middle].end > address { high = middle } else { low = middle &+ 1 }
    }
    return low
  }

  /// The index of the VMA that contains `address`.
  func index(containing address: UInt64) -> Int? {
    let index = firstIndex(endingAfter: address)
    return index < vmas.count && vmas[index].start <= address ? index : nil
  }

  /// The VMAs that overlap [start, end).
  func overlapping(_ start: UInt64, _ end: UInt64) -> Range<Int> {
    let first = firstIndex(endingAfter: start)
    var last = first
    while last < vmas.count, vmas[last].start < end { last &+= 1 }
    return first..<last
  }

  func hasOverlap(_ start: UInt64, _ end: UInt64) -> Bool {
    let index = firstIndex(endingAfter: start)
    return index < vmas.count && vmas[index].start < end
  }

  /// Pages of VMAs inside [start, end) (count_vma_pages_range).
  func pages(_ start: UInt64, _ end: UInt64) -> UInt64 {
    overlapping(start, end).reduce(0) { total, index in
      total &+ (min(end, vmas[index].end) &- max(start, vmas[index].start)) >> GuestAddress.pageShift
    }
  }

  /// Makes `address` a boundary where it lies inside a VMA.
  mutating func split(at address: UInt64) {
    guard let index = index(containing: address), vmas[index].start < address else { return }
    var upper = vmas[index]
    upper.pageOffset = upper.pageOffset(of: address)
    upper.start = address
    vmas[index].end = address
    vmas.insert(upper, at: index + 1)
  }

  /// Removes whatever lies in [start, end), splitting at its ends.
  mutating func remove(_ start: UInt64, _ end: UInt64) {
    split(at: start)
    split(at: end)
    vmas.removeSubrange(overlapping(start, end))
  }

  /// Adds a VMA where nothing is, merging it with its neighbours (vma_merge_new_range). Returns where it went.
  ///
  /// - Parameter expandOnly: merge with the lower neighbour alone, as brk does.
  @discardableResult
  mutating func insert(_ vma: VMA, expandOnly: Bool = false) -> Int {
    let index = firstIndex(endingAfter: vma.start)
    let below = index - 1
    let left = below >= 0 && Self.merges(vma, after: vmas[below])
    let right =
      !expandOnly && index < vmas.count && Self.merges(vma, before: vmas[index])
      && (!left || Self.anonymousAgree(vmas[below], vmas[index]))
    switch (left, right) {
    case (true, true):
      adoptAnonymous(below, from: vmas[index].anonymous != 0 ? vmas[index] : vma)
      vmas[below].end = vmas[index].end
      vmas.remove(at: index)
      return below
    case (true, false):
      adoptAnonymous(below, from: vma)
      vmas[below].end = vma.end
      return below
    case (false, true):
      adoptAnonymous(index, from: vma)
      vmas[index].start = vma.start
      vmas[index].pageOffset = vma.pageOffset
      return index
    case (false, false):
      vmas.insert(vma, at: index)
      return index
    }
  }

  /// Whether `modify` would add a VMA, which the bound on their number can forbid.
  func splitsNeeded(_ index: Int, _ start: UInt64, _ end: UInt64) -> Int {
    (vmas[index].start < start ? 1 : 0) + (vmas[index].end > end ? 1 : 0)
  }

  /// Changes the part [start, end) of the VMA at `index`, splitting and merging as vma_modify does.
  ///
  /// - Parameter change: gets a copy with the bounds of the part.
  /// - Returns: the index of the VMA that now holds `start`.
  @discardableResult
  mutating func modify(_ index: Int, _ start: UInt64, _ end: UInt64, _ change: (inout VMA) -> Void) -> Int {
    let whole = vmas[index]
    var part = whole
    part.pageOffset = whole.pageOffset(of: start)
    part.start = start
    part.end = end
    change(&part)
    let left = start == whole.start && index > 0 && Self.merges(part, after: vmas[index - 1])
    let right =
      end == whole.end && index + 1 < vmas.count && Self.merges(part, before: vmas[index + 1])
      && (!left || Self.anonymousAgree(vmas[index - 1], vmas[index + 1]))
    switch (left, right) {
    case (true, true):
      adoptAnonymous(index - 1, from: vmas[index + 1].anonymous != 0 ? vmas[index + 1] : part)
      vmas[index - 1].end = vmas[index + 1].end
      vmas.removeSubrange(index...index + 1)
      return index - 1
    case (true, false):
      adoptAnonymous(index - 1, from: part)
      vmas[index - 1].end = end
      if end == whole.end {
        vmas.remove(at: index)
      } else {
        vmas[index].pageOffset = whole.pageOffset(of: end)
        vmas[index].start = end
      }
      return index - 1
    case (false, true):
      adoptAnonymous(index + 1, from: part)
      vmas[index + 1].start = start
      vmas[index + 1].pageOffset = part.pageOffset
      if start == whole.start {
        vmas.remove(at: index)
        return index
      }
      vmas[index].end = start
      return index + 1
    case (false, false):
      var pieces: [VMA] = []
      if whole.start < start {
        var lower = whole
        lower.end = start
        pieces.append(lower)
      }
      pieces.append(part)
      if whole.end > end {
        var upper = whole
        upper.pageOffset = whole.pageOffset(of: end)
        upper.start = end
        pieces.append(upper)
      }
      if pieces.count == 1 {
        vmas[index] = part
      } else {
        vmas.replaceSubrange(index...index, with: pieces)
      }
      return whole.start < start ? index + 1 : index
    }
  }

  /// Gives the VMA at `index` its anon_vma at the first write to a private page, a neighbour's if that could merge
  /// but for its rights (find_mergeable_anon_vma, reusable_anon_vma).
  mutating func assignAnonymous(_ index: Int, fresh: () -> UInt32) {
    guard vmas[index].anonymous == 0 else { return }
    if index + 1 < vmas.count, let shared = Self.reusable(vmas[index + 1], vmas[index], vmas[index + 1]) {
      vmas[index].anonymous = shared
    } else if index > 0, let shared = Self.reusable(vmas[index - 1], vmas[index - 1], vmas[index]) {
      vmas[index].anonymous = shared
    } else {
      vmas[index].anonymous = fresh()
    }
  }

  private static func reusable(_ owner: VMA, _ lower: VMA, _ upper: VMA) -> UInt32? {
    guard owner.anonymous != 0, !owner.isForkChild, lower.end == upper.start, lower.backing === upper.backing,
      lower.flags.symmetricDifference(upper.flags).isSubset(of: .access),
      upper.pageOffset == lower.pageOffset(of: lower.end)
    else { return nil }
    return owner.anonymous
  }

  private mutating func adoptAnonymous(_ index: Int, from source: VMA) {
    guard vmas[index].anonymous == 0 else { return }
    vmas[index].anonymous = source.anonymous
    vmas[index].isForkChild = source.isForkChild
  }

  /// is_mergeable_vma and what can_vma_merge_after and _before add to it.
  private static func merges(_ lower: VMA, _ upper: VMA) -> Bool {
    lower.end == upper.start && lower.flags == upper.flags && lower.backing === upper.backing
      && lower.name == upper.name && !lower.isSpecial && !upper.isSpecial
      && upper.pageOffset == lower.pageOffset(of: lower.end)
  }

  private static func merges(_ new: VMA, after lower: VMA) -> Bool {
    merges(lower, new) && anonymousMerges(target: lower, source: new)
  }

  private static func merges(_ new: VMA, before upper: VMA) -> Bool {
    merges(new, upper) && anonymousMerges(target: upper, source: new)
  }

  /// is_mergeable_anon_vma (Linux 6.17).
  private static func anonymousMerges(target: VMA, source: VMA) -> Bool {
    if target.anonymous == 0, source.anonymous != 0 { return !source.isForkChild }
    if target.anonymous != 0, source.anonymous == 0 { return !target.isForkChild }
    return target.anonymous == source.anonymous
  }

  private static func anonymousAgree(_ lower: VMA, _ upper: VMA) -> Bool {
    lower.anonymous == 0 || upper.anonymous == 0 || lower.anonymous == upper.anonymous
  }
}
