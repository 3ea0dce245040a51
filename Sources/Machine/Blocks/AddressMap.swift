/// Numbers by address or page number: an open-addressed table of its own memory, several times faster to fill than a
/// `Dictionary`, which matters at the start of a program, where every look at it is a miss.
struct AddressMap: ~Copyable {
  private struct Slot {
    /// The key plus one; 0 where free, `removed` where one was taken out.
    var key: UInt64 = 0
    var value: Int32 = 0
  }
  private static let removed = UInt64.max
  private static let firstCapacity = 1024

  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  private(set) var count = 0
  /// Slots that are not free, those of removed keys included.
  private var used = 0

  init() {
    mask = Self.firstCapacity - 1
    slots = .allocate(capacity: Self.firstCapacity)
    slots.initialize(repeating: Slot(), count: Self.firstCapacity)
  }

  deinit { slots.deallocate() }

  /// The value of `key`, which is below 2^64 - 2.
  subscript(key: UInt64) -> Int32? {
    let slot = slots + place(of: key)
    return slot.pointee.key == key &+ 1 ? slot.pointee.value : nil
  }

  mutating func set(_ key: UInt64, _ value: Int32) {
    var slot = slots + place(of: key)
    if slot.pointee.key != key &+ 1 {
      if used &* 2 > mask {
        rebuild()
        slot = slots + place(of: key)
      }
      count += 1
      used += 1
      slot.pointee.key = key &+ 1
    }
    slot.pointee.value = value
  }

  mutating func remove(_ key: UInt64) {
    let slot = slots + place(of: key)
    guard slot.pointee.key == key &+ 1 else { return }
    slot.pointee.key = Self.removed
    count -= 1
  }

  mutating func removeAll() {
    slots.update(repeating: Slot(), count: mask + 1)
    count = 0
    used = 0
  }

  func forEachKey(_ body: (UInt64) -> Void) {
    for index in 0...mask where slots[index].key != 0 && slots[index].key != Self.removed { body(slots[index].key - 1) }
  }

  /// Where `key` is, or the free slot where it would be.
  @inline(__always)
  private func place(of key: UInt64) -> Int {
    // Fibonacci hashing: the high bits of the product are well mixed.
    var place = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
    while slots[place].key != 0, slots[place].key != key &+ 1 { place = (place &+ 1) & mask }
    return place
  }

  /// Leaves the removed keys behind, and room for as many keys again.
  private mutating func rebuild() {
    let old = slots
    let oldCapacity = mask + 1
    while mask + 1 < count * 4 { mask = mask * 2 + 1 }
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(), count: mask + 1)
    for index in 0..<oldCapacity where old[index].key != 0 && old[index].key != Self.removed {
      slots[place(of: old[index].key - 1)] = old[index]
    }
    used = count
    old.deallocate()
  }
}
