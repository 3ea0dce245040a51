/// Makes small ELF files, whole or broken. A whole one ends with status 42.
struct ELFBuilder {
  var fileClass: UInt8 = 2
  var data: UInt8 = 1
  var identVersion: UInt8 = 1
  var type: UInt16 = 2
  var machine: UInt16 = 62
  var version: UInt32 = 1
  var entry: UInt64 = 0x401000
  var headerOffset: UInt64 = 64
  var headerSize: UInt16 = 64
  var entrySize: UInt16 = 56
  /// Entries claimed; nil for as many as there are.
  var count: UInt16?
  var segments: [Segment]
  var size = 0x1010
  var code: [UInt8] = exit(42)
  var codeOffset = 0x1000
  var extra: [(offset: Int, bytes: [UInt8])] = []

  init(_ segments: Segment...) { self.segments = segments.isEmpty ? [Segment()] : segments }

  /// One program header; by default the code.
  struct Segment {
    var type: UInt32 = 1
    var flags: UInt32 = 5
    var offset: UInt64 = 0
    var address: UInt64 = 0x400000
    var fileSize: UInt64 = 0x1010
    var memorySize: UInt64 = 0x1010
    var alignment: UInt64 = 0x1000
  }

  /// mov $60, %eax; mov $status, %edi; syscall
  static func exit(_ status: UInt8) -> [UInt8] { [0xb8, 60, 0, 0, 0, 0xbf, status, 0, 0, 0, 0x0f, 0x05] }

  func with(_ change: (inout ELFBuilder) -> Void) -> ELFBuilder {
    var copy = self
    change(&copy)
    return copy
  }

  var bytes: [UInt8] {
    var head: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, fileClass, data, identVersion, 0] + [UInt8](repeating: 0, count: 8)
    head += little(type) + little(machine) + little(version) + little(entry)
    head += little(headerOffset) + little(UInt64(0)) + little(UInt32(0)) + little(headerSize)
    head += little(entrySize) + little(count ?? UInt16(segments.count)) + little(UInt16(64)) + little(UInt32(0))
    for segment in segments {
      head += little(segment.type) + little(segment.flags) + little(segment.offset) + little(segment.address)
      head += little(UInt64(0)) + little(segment.fileSize) + little(segment.memorySize) + little(segment.alignment)
    }
    var bytes = head + [UInt8](repeating: 0, count: max(0, size - head.count))
    for (offset, part) in extra + [(codeOffset, code)] {
      if bytes.count < offset + part.count {
        bytes += [UInt8](repeating: 0, count: offset + part.count - bytes.count)
      }
      bytes.replaceSubrange(offset..<offset + part.count, with: part)
    }
    return bytes
  }
}

/// The bytes of `value`, least significant first.
func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
  (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> T($0 * 8)) }
}
