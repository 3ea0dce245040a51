/// A list of plain values at addresses that the caller may use directly until the next `append`.
struct Growing<Element: BitwiseCopyable> {
  private var base: UnsafeMutablePointer<Element>
  private var capacity = 1024
  private(set) var count = 0

  init() { base = .allocate(capacity: 1024) }

  /// Must be called by the owner at its end.
  func free() { base.deallocate() }

  mutating func append(_ element: Element) {
    if count == capacity {
      let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: base, count: count)
      base.deallocate()
      base = larger
      capacity *= 2
    }
    (base + count).initialize(to: element)
    count += 1
  }

  @inline(__always) subscript(index: Int) -> UnsafeMutablePointer<Element> { base + index }
}
