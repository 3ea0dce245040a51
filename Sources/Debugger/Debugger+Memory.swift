import Machine

// Memory, as debuggers see it: whatever its rights.
extension Debugger {
  /// The bytes from `address` on, as many of `count` as are there.
  package func read(_ address: UInt64, _ count: Int) -> [UInt8] {
    count > 0 ? memory.peek(address, count: UInt64(count)) : []
  }

  /// Changes memory; code made of it is dropped. False unless all of it is there.
  package func write(_ address: UInt64, _ bytes: [UInt8]) -> Bool {
    memory.poke(address, bytes) == UInt64(bytes.count)
  }

  /// The word of eight bytes at `address`; nil where it is not there.
  package func word(_ address: UInt64) -> UInt64? {
    let bytes = read(address, 8)
    return bytes.count == 8 ? bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } : nil
  }
}
