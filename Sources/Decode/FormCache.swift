/// Forms by key: an open-addressed table that only grows.
///
/// A few hundred forms make up a program, so that a look-up is one multiplication and, nearly always, one load.
struct FormCache: ~Copyable {
  private struct Slot {
    /// Key bits plus one; 0 where free.
    var key: UInt32 = 0
    var index: UInt32 = 0
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  private(set) var forms: UnsafeMutablePointer<Form>
  private var formCapacity: Int
  private(set) var count = 0

  init() {
    mask = 1023
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(), count: mask + 1)
    formCapacity = 512
    forms = .allocate(capacity: formCapacity)
  }

  deinit {
    slots.deallocate()
    forms.deallocate()
  }

  /// The form's index in `forms`, or nil.
  @inline(__always)
  func find(_ key: FormKey) -> Int? {
    let wanted = key.bits &+ 1
    var position = Self.hash(key) & mask
    while true {
      let slot = slots[position]
      if slot.key == wanted { return Int(slot.index) }
      if slot.key == 0 { return nil }
      position = (position &+ 1) & mask
    }
  }

  mutating func insert(_ form: Form, _ key: FormKey) -> Int {
    if count == formCapacity { grow() }
    (forms + count).initialize(to: form)
    place(Slot(key: key.bits + 1, index: UInt32(count)), Self.hash(key))
    count += 1
    return count - 1
  }

  private func place(_ slot: Slot, _ hash: Int) {
    var position = hash & mask
    while slots[position].key != 0 { position = (position + 1) & mask }
    slots[position] = slot
  }

  private mutating func grow() {
    let oldForms = forms
    forms = .allocate(capacity: formCapacity * 2)
    forms.moveInitialize(from: oldForms, count: count)
    oldForms.deallocate()
    formCapacity *= 2

    let oldSlots = slots
    let oldCount = mask + 1
    mask = oldCount * 2 - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: Slot(), count: mask + 1)
    for index in 0..<oldCount where oldSlots[index].key != 0 {
      place(oldSlots[index], Self.hash(FormKey(bits: oldSlots[index].key - 1)))
    }
    oldSlots.deallocate()
  }

  /// Fibonacci hashing: the high bits of the product are well mixed.
  @inline(__always)
  private static func hash(_ key: FormKey) -> Int { Int((key.bits &* 0x9E37_79B1) >> 12) }
}
