import Debugger
import Machine

/// Looks for bytes in the memory of a program.
enum MemorySearch {
  /// `0x…` stands for bytes in the order in which they lie in memory, anything else for its characters.
  static func pattern(_ text: String) -> [UInt8] {
    if text.hasPrefix("0x") {
      let digits = Array(text.dropFirst(2))
      let bytes = stride(from: 0, to: digits.count - digits.count % 2, by: 2).compactMap {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)
      }
      if !bytes.isEmpty, bytes.count * 2 == digits.count { return bytes }
    }
    return Array(text.utf8)
  }

  /// The first place from `start` on, in pages that are there.
  static func find(_ pattern: [UInt8], from start: UInt64, _ debugger: Debugger) -> UInt64? {
    guard let first = pattern.first else { return nil }
    for vma in debugger.memory.vmas where vma.end > start && vma.protection.contains(.read) {
      var page = max(vma.start, start & ~0xfff)
      while page < vma.end {
        guard debugger.memory.pageBits(at: page) & PageBits.present != 0 else {
          page &+= 0x1000
          continue
        }
        // A match may reach into the next page.
        let bytes = debugger.read(page, 0x1000 + pattern.count - 1)
        var index = page < start ? Int(start &- page) : 0
        while index + pattern.count <= bytes.count {
          if bytes[index] == first, bytes[index..<index + pattern.count].elementsEqual(pattern) {
            return page &+ UInt64(index)
          }
          index += 1
        }
        page &+= 0x1000
      }
    }
    return nil
  }
}
