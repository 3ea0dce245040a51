import CMachine
import X86

/// The lines of the vector table (CMachine/Vector), found by name and vector length.
enum VectorTable {
  typealias Entry = UnsafePointer<swemu_vector_entry>

  /// What encodes the instruction: legacy SSE, VEX.128 or VEX.256.
  enum Length: UInt8 {
    case legacy, vex128, vex256

    init(_ instruction: Instruction) {
      self = !instruction.vex.isPresent ? .legacy : instruction.vex.l ? .vex256 : .vex128
    }
  }

  static var entries: UnsafeBufferPointer<swemu_vector_entry> {
    UnsafeBufferPointer(start: swemu_vector_entries(), count: Int(swemu_vector_entry_count()))
  }

  static func find(_ name: String, _ length: Length) -> Entry? {
    var name = name
    return name.withUTF8 { bytes in
      var slot = hash(bytes, length.rawValue)
      while true {
        let number = Int(index[slot])
        if number == 0 { return nil }
        let entry = swemu_vector_entries() + (number - 1)
        if entry.pointee.length == length.rawValue, isNamed(entry, bytes) { return entry }
        slot = (slot + 1) & (slotCount - 1)
      }
    }
  }

  private static let slotCount = 4096

  /// Open addressing over the names: entry numbers plus one. Made when the first vector instruction is met.
  private static let index: [UInt16] = {
    var index = [UInt16](repeating: 0, count: slotCount)
    for (number, entry) in entries.enumerated() {
      var slot = withUnsafeBytes(of: entry.name) { bytes in
        hash(bytes.prefix { $0 != 0 }, entry.length)
      }
      while index[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
      index[slot] = UInt16(truncatingIfNeeded: number + 1)
    }
    return index
  }()

  /// FNV-1a.
  private static func hash(_ bytes: some Sequence<UInt8>, _ length: UInt8) -> Int {
    var value: UInt32 = 0x811c_9dc5 ^ UInt32(length)
    for byte in bytes { value = (value ^ UInt32(byte)) &* 0x0100_0193 }
    return Int((value ^ value >> 15) & UInt32(slotCount - 1))
  }

  private static func isNamed(_ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    withUnsafeBytes(of: entry.pointee.name) { name in
      bytes.count < name.count && name[bytes.count] == 0 && name.prefix(bytes.count).elementsEqual(bytes)
    }
  }
}
