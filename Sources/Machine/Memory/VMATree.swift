/// The VMAs of an address space in the order of their addresses, split and merged as Linux does it (mm/vma.c).
///
/// A gap buffer: a sorted array with its free room where the last change was. Lookups are binary searches, neighbours
/// are next to each other, and programs that map thousands of ranges one below the other move little.
struct VMATree {
  /// The VMAs below the gap, ascending.
  private var lower: [VMA] = []
  /// The VMAs above the gap, descending.
  private var upper: [VMA] = []

  var count: Int { lower.count &+ upper.count }
  var indices: Range<Int> { 0..<count }
  /// All of them, ascending.
  var vmas: [VMA] { lower + upper.reversed() }

  subscript(index: Int) -> VMA {
    _read {
      if index < lower.count { yield lower[index] } else { yield upper[count &- 1 &- index] }
    }
    _modify {
      if index < lower.count { yield &lower[index] } else { yield &upper[count &- 1 &- index] }
    }
  }

  /// Moves the gap below the VMA at `index`.
  private mutating func moveGap(to index: Int) {
    while lower.count > index, let vma = lower.popLast() { upper.append(vma) }
    while lower.count < index, let vma = upper.popLast() { lower.append(vma) }
  }

  private mutating func insert(_ vma: VMA, at index: Int) {
    moveGap(to: index)
    lower.append(vma)
  }

  private mutating func remove(at index: Int) { removeSubrange(index..<index + 1) }

  private mutating func removeSubrange(_ range: Range<Int>) {
    moveGap(to: range.lowerBound)
    upper.removeLast(range.count)
  }

  /// The index of the first VMA that ends above `address` (the kernel's find_vma), `count` if there is none.
  func firstIndex(endingAfter address: UInt64) -> Int {
    if let last = lower.last, last.end > address {
      var low = 0
      var high = lower.count &- 1
      while low < high {
        let middle = (low &+ high) >> 1
        if lower[middle].end > address { high = middle } else { low = middle &+ 1 }
      }
      return low
    }
    // In `upper`, those that end above the address come first.
    var low = 0
    var high = upper.count
    while low < high {
      let middle = (low &+ high) >> 1
      if upper[middle].end > address { low = middle &+ 1 } else { high = middle }
    }
    return count &- low
  }

  /// The index of the VMA that contains `address`.
  func index(containing address: UInt64) -> Int? {
    let index = firstIndex(endingAfter: address)
    return index < count && self[index].start <= address ? index : nil
  }

  /// The VMAs that overlap [start, end).
  func overlapping(_ start: UInt64, _ end: UInt64) -> Range<Int> {
    let first = firstIndex(endingAfter: start)
    var last = first
    while last < count, self[last].start < end { last &+= 1 }
    return first..<last
  }

  func hasOverlap(_ start: UInt64, _ end: UInt64) -> Bool {
    let index = firstIndex(endingAfter: start)
    return index < count && self[index].start < end
  }

  /// Pages of VMAs inside [start, end) (count_vma_pages_range).
  func pages(_ start: UInt64, _ end: UInt64) -> UInt64 {
    overlapping(start, end).reduce(0) { total, index in
      total &+ (min(end, self[index].end) &- max(start, self[index].start)) >> GuestAddress.pageShift
    }
  }

  /// Makes `address` a boundary where it lies inside a VMA.
  mutating func split(at address: UInt64) {
    guard let index = index(containing: address), self[index].start < address else { return }
    var upper = self[index]
    upper.pageOffset = upper.pageOffset(of: address)
    upper.start = address
    self[index].end = address
    insert(upper, at: index + 1)
  }

  /// Removes whatever lies in [start, end), splitting at its ends.
  mutating func remove(_ start: UInt64, _ end: UInt64) {
    split(at: start)
    split(at: end)
    removeSubrange(overlapping(start, end))
  }

  /// Adds a VMA where nothing is, merging it with its neighbours (vma_merge_new_range). Returns where it went.
  ///
  /// - Parameter expandOnly: merge with the lower neighbour alone, as brk does.
  @discardableResult
  mutating func insert(_ vma: VMA, expandOnly: Bool = false) -> Int {
    let index = firstIndex(endingAfter: vma.start)
    let below = index - 1
    let left = below >= 0 && Self.merges(vma, after: self[below])
    let right =
      !expandOnly && index < count && Self.merges(vma, before: self[index])
      && (!left || Self.anonymousAgree(self[below], self[index]))
    switch (left, right) {
    case (true, true):
      adoptAnonymous(below, from: self[index].anonymous != 0 ? self[index] : vma)
      self[below].end = self[index].end
      remove(at: index)
      return below
    case (true, false):
      adoptAnonymous(below, from: vma)
      self[below].end = vma.end
      return below
    case (false, true):
      adoptAnonymous(index, from: vma)
      self[index].start = vma.start
      self[index].pageOffset = vma.pageOffset
      return index
    case (false, false):
      insert(vma, at: index)
      return index
    }
  }

  /// Whether `modify` would add a VMA, which the bound on their number can forbid.
  func splitsNeeded(_ index: Int, _ start: UInt64, _ end: UInt64) -> Int {
    (self[index].start < start ? 1 : 0) + (self[index].end > end ? 1 : 0)
  }

  /// Changes the part [start, end) of the VMA at `index`, splitting and merging as vma_modify does.
  ///
  /// - Parameter change: gets a copy with the bounds of the part.
  /// - Returns: the index of the VMA that now holds `start`.
  @discardableResult
  mutating func modify(_ index: Int, _ start: UInt64, _ end: UInt64, _ change: (inout VMA) -> Void) -> Int {
    let whole = self[index]
    var part = whole
    part.pageOffset = whole.pageOffset(of: start)
    part.start = start
    part.end = end
    change(&part)
    let left = start == whole.start && index > 0 && Self.merges(part, after: self[index - 1])
    let right =
      end == whole.end && index + 1 < count && Self.merges(part, before: self[index + 1])
      && (!left || Self.anonymousAgree(self[index - 1], self[index + 1]))
    switch (left, right) {
    case (true, true):
      adoptAnonymous(index - 1, from: self[index + 1].anonymous != 0 ? self[index + 1] : part)
      self[index - 1].end = self[index + 1].end
      removeSubrange(index..<index + 2)
      return index - 1
    case (true, false):
      adoptAnonymous(index - 1, from: part)
      self[index - 1].end = end
      if end == whole.end {
        remove(at: index)
      } else {
        self[index].pageOffset = whole.pageOffset(of: end)
        self[index].start = end
      }
      return index - 1
    case (false, true):
      adoptAnonymous(index + 1, from: part)
      self[index + 1].start = start
      self[index + 1].pageOffset = part.pageOffset
      if start == whole.start {
        remove(at: index)
        return index
      }
      self[index].end = start
      return index + 1
    case (false, false):
      self[index] = part
      if whole.end > end {
        var above = whole
        above.pageOffset = whole.pageOffset(of: end)
        above.start = end
        insert(above, at: index + 1)
      }
      if whole.start < start {
        var below = whole
        below.end = start
        insert(below, at: index)
      }
      return whole.start < start ? index + 1 : index
    }
  }

  /// Gives the VMA at `index` its anon_vma at the first write to a private page, a neighbour's if that could merge
  /// but for its rights (find_mergeable_anon_vma, reusable_anon_vma).
  mutating func assignAnonymous(_ index: Int, fresh: () -> UInt32) {
    guard self[index].anonymous == 0 else { return }
    if index + 1 < count, let shared = Self.reusable(self[index + 1], self[index], self[index + 1]) {
      self[index].anonymous = shared
    } else if index > 0, let shared = Self.reusable(self[index - 1], self[index - 1], self[index]) {
      self[index].anonymous = shared
    } else {
      self[index].anonymous = fresh()
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
    guard self[index].anonymous == 0 else { return }
    self[index].anonymous = source.anonymous
    self[index].isForkChild = source.isForkChild
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
